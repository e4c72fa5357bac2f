import {
  attachedPolicies,
  inlinePolicies,
  MANAGED_POLICY,
  ownPolicies,
  putOwnPolicies,
} from '../../catalog/iam-policies.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { findRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import type { Call, World } from '../../world.ts';
import { encodedDocument, isAwsPolicy, markedPage, noSuchEntity, parsedDocument, roleOf, userOf } from './entity.ts';
import { checkedRole } from './roles.ts';

type Holder = 'Role' | 'User';

interface Input {
  readonly RoleName?: string;
  readonly UserName?: string;
  readonly PolicyArn?: string;
  readonly PolicyName?: string;
  readonly PolicyDocument?: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

/** The policy operations of roles and of users, which differ in their names only. */
export function holderPolicies(holder: Holder) {
  const held = (world: World, input: Input, call: Call, isChange: boolean): Resource => {
    if (holder === 'User') return userOf(world, call, input.UserName);
    return isChange ? checkedRole(world, call, input.RoleName) : roleOf(world, call, input.RoleName);
  };
  return {
    [`Attach${holder}Policy`]: (world: World, input: Input, call: Call) =>
      attach(world, call, held(world, input, call, true), input.PolicyArn ?? ''),
    [`Detach${holder}Policy`]: (world: World, input: Input, call: Call) =>
      detach(world, call, held(world, input, call, true), input.PolicyArn ?? ''),
    [`ListAttached${holder}Policies`](world: World, input: Input, call: Call) {
      const all = attachedPolicies(world, call.realm, held(world, input, call, false));
      const { items, ...page } = markedPage(all, input);
      return { AttachedPolicies: items.map((PolicyArn) => ({ PolicyName: lastPart(PolicyArn), PolicyArn })), ...page };
    },
    [`Put${holder}Policy`](world: World, input: Input, call: Call) {
      const record = held(world, input, call, true);
      const document = parsedDocument(input.PolicyDocument);
      removeInline(world, call, record, input.PolicyName ?? '');
      const own = ownPolicies(world, call.realm, record);
      const inline = { ...own.inline, [input.PolicyName ?? '']: document };
      putOwnPolicies(world, call.realm, record, { ...own, inline });
      return {};
    },
    [`Get${holder}Policy`](world: World, input: Input, call: Call) {
      const record = held(world, input, call, false);
      const document = inlineOf(world, call, record, input.PolicyName);
      const name = { [`${holder}Name`]: record.id, PolicyName: input.PolicyName };
      return { ...name, PolicyDocument: encodedDocument(document) };
    },
    [`Delete${holder}Policy`](world: World, input: Input, call: Call) {
      const record = held(world, input, call, true);
      inlineOf(world, call, record, input.PolicyName);
      removeInline(world, call, record, input.PolicyName ?? '');
      return {};
    },
    [`List${holder}Policies`](world: World, input: Input, call: Call) {
      const all = Object.keys(inlinePolicies(world, call.realm, held(world, input, call, false))).toSorted();
      const { items, ...page } = markedPage(all, input);
      return { PolicyNames: [...items], ...page };
    },
  };
}

function attach(world: World, call: Call, holder: Resource, arn: string): object {
  if (!isAwsPolicy(arn) && findRecord(world, call.realm, MANAGED_POLICY, arn) === undefined) {
    throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  }
  if (attachedPolicies(world, call.realm, holder).includes(arn)) return {};
  const own = ownPolicies(world, call.realm, holder);
  putOwnPolicies(world, call.realm, holder, { ...own, attached: [...own.attached, arn] });
  return {};
}

/** Takes a policy off wherever its being attached is written down. */
function detach(world: World, call: Call, holder: Resource, arn: string): object {
  if (!attachedPolicies(world, call.realm, holder).includes(arn)) {
    throw noSuchEntity(`Policy ${arn} was not found.`);
  }
  const own = ownPolicies(world, call.realm, holder);
  putOwnPolicies(world, call.realm, holder, { ...own, attached: own.attached.filter((each) => each !== arn) });
  withoutItem(world, call, holder, 'ManagedPolicyArns', arn);
  const policy = findRecord(world, call.realm, MANAGED_POLICY, arn);
  if (policy !== undefined) withoutItem(world, call, policy, `${kindOf(holder)}s`, holder.id);
  return {};
}

function inlineOf(world: World, call: Call, holder: Resource, name = ''): unknown {
  const document = inlinePolicies(world, call.realm, holder)[name];
  if (document !== undefined) return document;
  throw noSuchEntity(`The ${kindOf(holder).toLowerCase()} policy with name ${name} cannot be found.`);
}

function removeInline(world: World, call: Call, holder: Resource, name: string): void {
  const own = ownPolicies(world, call.realm, holder);
  const { [name]: _removed, ...inline } = own.inline;
  putOwnPolicies(world, call.realm, holder, { ...own, inline });
  const given = (holder.properties['Policies'] ?? []) as readonly { PolicyName?: string }[];
  if (given.some(({ PolicyName }) => PolicyName === name)) {
    const Policies = given.filter(({ PolicyName }) => PolicyName !== name);
    setProperties(world, call.realm, holder, { Policies });
  }
  for (const policy of [...resourcesOf(world, call.realm, 'AWS::IAM::Policy')]) {
    if (policy.properties['PolicyName'] === name) withoutItem(world, call, policy, `${kindOf(holder)}s`, holder.id);
  }
}

function withoutItem(world: World, call: Call, record: Resource, property: string, item: string): void {
  const list = record.properties[property];
  if (!Array.isArray(list) || !list.includes(item)) return;
  setProperties(world, call.realm, record, { [property]: list.filter((each) => each !== item) });
}

function kindOf({ type }: Resource): Holder {
  return type.endsWith('User') ? 'User' : 'Role';
}

function lastPart(arn: string): string {
  return arn.split('/').at(-1) ?? arn;
}
