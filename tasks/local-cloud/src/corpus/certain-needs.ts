import { isRecord } from '@roundtrip/template';
import type { Template } from '@roundtrip/template';

/**
 * What each resource needs whatever the conditions are: DependsOn, Ref, Fn::GetAtt and Fn::Sub outside of every Fn::If.
 * Found by another way than the local cloud's own, so that each is a check of the other.
 */
export function certainNeeds({ Resources: resources }: Template): Map<string, ReadonlySet<string>> {
  const isResource = (name: string) => resources[name] !== undefined;
  return new Map(
    Object.entries(resources).map(([logicalId, { DependsOn = [], Properties = {} }]) => {
      const names = [...[DependsOn].flat(), ...namesIn(Properties)];
      return [logicalId, new Set(names.filter(isResource))];
    }),
  );
}

function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, argument]) => {
    if (key === 'Fn::If') return [];
    if (key === 'Ref') return [String(argument)];
    if (key === 'Fn::GetAtt') return [String(argument).split(/[.,]/)[0] ?? ''];
    if (key === 'Fn::Sub') return [...namesInText(argument), ...namesIn(argument)];
    return namesIn(argument);
  });
}

/** A variable of its own may have a resource's name; then its value decides, which `namesIn` has looked at. */
function namesInText(argument: unknown): string[] {
  const [text, own] = Array.isArray(argument) ? (argument as [string, object?]) : [String(argument), {}];
  const names = [...text.matchAll(/\$\{([^!}.][^}.]*)/g)].map(([, name = '']) => name.trim());
  return names.filter((name) => !Object.hasOwn(own ?? {}, name));
}
