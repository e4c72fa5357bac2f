interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Who asks to assume a role, and what is known of the request: `sts:ExternalId`, `<provider>:sub`. */
export interface Asking {
  readonly action: string;
  readonly kind: 'AWS' | 'Federated';
  readonly principals: readonly string[];
  readonly context: Readonly<Record<string, string>>;
}

/** Whether a trust policy lets somebody in: allowed by one statement, denied by none. */
export function isTrusted(document: unknown, asking: Asking): boolean {
  const statements = statementsOf(document).filter((statement) => applies(statement, asking));
  const has = (effect: string): boolean => statements.some(({ Effect }) => Effect === effect);
  return has('Allow') && !has('Deny');
}

function statementsOf(document: unknown): readonly Statement[] {
  const value = typeof document === 'string' ? (JSON.parse(document) as unknown) : document;
  const { Statement: found } = (value ?? {}) as { Statement?: Statement | readonly Statement[] };
  return found === undefined ? [] : Array.isArray(found) ? (found as Statement[]) : [found as Statement];
}

function applies({ Action, Principal, Condition = {} }: Statement, asking: Asking): boolean {
  return (
    listOf(Action).some((action) => isLike(asking.action.toLowerCase(), action.toLowerCase())) &&
    isPrincipal(Principal, asking) &&
    Object.entries(Condition).every(([operator, wanted]) => holds(operator, wanted, asking.context))
  );
}

function isPrincipal(principal: Statement['Principal'], { kind, principals }: Asking): boolean {
  if (typeof principal === 'string') return principal === '*';
  const wanted = listOf(principal?.[kind]);
  return wanted.some((each) => each === '*' || principals.includes(each));
}

/** Operators that are not known hold: a simulation that locks people out for a condition it cannot read helps nobody. */
function holds(
  operator: string,
  wanted: Readonly<Record<string, string | readonly string[]>>,
  context: Asking['context'],
): boolean {
  const known = /^(?:ForAnyValue:|ForAllValues:)?(String(?:Not)?(?:Equals|Like))(IfExists)?$/.exec(operator);
  if (known === null) return true;
  const isNegative = known[1]?.includes('Not') ?? false;
  return Object.entries(wanted).every(([key, values]) => {
    const value = context[key];
    if (value === undefined) return isNegative || known[2] !== undefined || !key.includes(':');
    const matches = listOf(values).some((each) => (operator.includes('Like') ? isLike(value, each) : value === each));
    return matches !== isNegative;
  });
}

function isLike(text: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}
