import { validationError } from '../validation-error.ts';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export type PolicyAction = 'Update:Modify' | 'Update:Replace' | 'Update:Delete';

export interface PolicySubject {
  readonly logicalId: string;
  readonly type: string;
}

/**
 * Why a stack policy keeps an update from touching a resource; undefined where it does not. A policy denies what it
 * does not allow, and what it denies is denied whatever else it allows.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
 */
export function policyRefusal(
  policy: string | undefined,
  action: PolicyAction,
  subject: PolicySubject,
): string | undefined {
  if (policy === undefined) return undefined;
  const statements = statementsOf(policy);
  const resource = `LogicalResourceId/${subject.logicalId}`;
  const applies = (statement: Statement) => concerns(statement, action, resource, subject.type);
  const denying = statements.findIndex((statement) => statement.Effect === 'Deny' && applies(statement));
  if (denying >= 0) {
    return `Action denied by stack policy: Statement [#${denying + 1}] does not allow [${action}] for resource [${resource}];`;
  }
  const isAllowed = statements.some((statement) => statement.Effect === 'Allow' && applies(statement));
  return isAllowed ? undefined : `Action not allowed by stack policy: [${action}] for resource [${resource}]`;
}

/** @throws ValidationError where the text is no stack policy */
export function checkPolicy(policy: string): string {
  const statements = statementsOf(policy);
  for (const { Effect: effect, Action: action, NotAction: other, Resource: on, NotResource: not } of statements) {
    const isWhole = (action ?? other) !== undefined && (on ?? not) !== undefined;
    if (!isWhole || !['Allow', 'Deny'].includes(effect)) throw invalid();
    if (action !== undefined && many(action).some((one) => !/^(?:\*|Update:[\w*]+)$/.test(one))) throw invalid();
  }
  return policy;
}

function statementsOf(policy: string): readonly Statement[] {
  try {
    const { Statement: statement } = JSON.parse(policy) as { readonly Statement?: Statement | readonly Statement[] };
    if (typeof statement !== 'object') throw invalid();
    return [statement].flat();
  } catch {
    throw invalid();
  }
}

function invalid(): Error {
  return validationError('Error validating stack policy: Invalid stack policy');
}

function concerns(statement: Statement, action: string, resource: string, type: string): boolean {
  const { Action, NotAction, Resource, NotResource, Condition } = statement;
  const isMeant =
    (Action === undefined ? !isAny(action, NotAction ?? []) : isAny(action, Action)) &&
    (Resource === undefined ? !isAny(resource, NotResource ?? []) : isAny(resource, Resource));
  return isMeant && Object.values(Condition ?? {}).every(({ ResourceType }) => isAny(type, ResourceType ?? []));
}

function isAny(text: string, patterns: string | readonly string[]): boolean {
  return many(patterns).some((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`).test(text);
  });
}

function many(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
