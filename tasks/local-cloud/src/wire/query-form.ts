import { FromStringShapeDeserializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { ServiceError } from '../world.ts';

/** A form's fields by the parts of their dotted names. */
interface FormNode {
  text?: string;
  readonly parts: Map<string, FormNode>;
}

const PARTS_MAX = 32;

const scalars = new FromStringShapeDeserializer({
  timestampFormat: { useTrait: true, default: 5 },
  httpBindings: false,
});

/**
 * Reads a structure from a form: `Tags.member.1.Key=a`. The inverse of the SDK's QueryShapeSerializer, which exists
 * there for clients only. EC2's dialect has no `member` and its names begin with a capital.
 *
 * @throws ServiceError MalformedInput where a field's name is nested beyond all measure
 */
export function readForm(form: URLSearchParams, schema: NormalizedSchema, isEc2: boolean): object {
  const root: FormNode = { parts: new Map() };
  for (const [name, text] of form) place(root, name, text);
  return readStruct(root, schema, isEc2);
}

function place(root: FormNode, name: string, text: string): void {
  const parts = name.split('.');
  if (parts.length > PARTS_MAX) throw new ServiceError('MalformedInput', `Parameter name has over ${PARTS_MAX} parts`);
  let node = root;
  for (const part of parts) {
    let next = node.parts.get(part);
    if (next === undefined) node.parts.set(part, (next = { parts: new Map() }));
    node = next;
  }
  node.text = text;
}

function readStruct(node: FormNode, schema: NormalizedSchema, isEc2: boolean): object {
  const value: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const child = node.parts.get(memberName(name, member, isEc2));
    if (child !== undefined) value[name] = readValue(child, member, isEc2);
  }
  return value;
}

function readValue(node: FormNode, schema: NormalizedSchema, isEc2: boolean): unknown {
  if (schema.isStructSchema()) return readStruct(node, schema, isEc2);
  if (schema.isListSchema()) return readList(node, schema, isEc2);
  if (schema.isMapSchema()) return readMap(node, schema, isEc2);
  return scalars.read(schema, node.text ?? '');
}

function readList(node: FormNode, schema: NormalizedSchema, isEc2: boolean): unknown[] {
  const member = schema.getValueSchema();
  const isFlat = isEc2 || schema.getMergedTraits().xmlFlattened;
  const items = isFlat ? node : node.parts.get(member.getMergedTraits().xmlName ?? 'member');
  return inOrder(items).map((item) => readValue(item, member, isEc2));
}

function readMap(node: FormNode, schema: NormalizedSchema, isEc2: boolean): object {
  const key = schema.getKeySchema().getMergedTraits().xmlName ?? 'key';
  const value = schema.getValueSchema().getMergedTraits().xmlName ?? 'value';
  const entries = schema.getMergedTraits().xmlFlattened ? node : node.parts.get('entry');
  return Object.fromEntries(
    inOrder(entries).map((entry) => [
      entry.parts.get(key)?.text ?? '',
      readValue(entry.parts.get(value) ?? { parts: new Map() }, schema.getValueSchema(), isEc2),
    ]),
  );
}

/** Items come numbered, from 1, in any order and with gaps. */
function inOrder(node: FormNode | undefined): FormNode[] {
  return [...(node?.parts ?? [])]
    .map(([index, item]) => [Number(index), item] as const)
    .filter(([index]) => Number.isSafeInteger(index))
    .sort(([left], [right]) => left - right)
    .map(([, item]) => item);
}

function memberName(name: string, member: NormalizedSchema, isEc2: boolean): string {
  const traits = member.getMergedTraits();
  if (!isEc2) return traits.xmlName ?? name;
  if (typeof traits.ec2QueryName === 'string') return traits.ec2QueryName;
  const plain = traits.xmlName ?? name;
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
