/** A stack as the account shows it. */
export interface ObservedStack {
  readonly name: string;
  /** The ARN: another stack of the same name has another id. */
  readonly id: string;
  readonly status: string;
  readonly reason?: string;
  /** As the stack was last given them; `****` where the template says NoEcho. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt?: number;
  /** Of a nested stack: the id of the stack that makes it and takes it away, also when that one is gone and left it. */
  readonly parentId?: string;
}

export interface StackOutput {
  /** Full stack name. */
  readonly stack: string;
  readonly output: string;
}

/** A stack as an environment wants it; parameters may wait for outputs of stacks that come before it. */
export interface DesiredStack {
  readonly name: string;
  readonly layer: string;
  /** Path of the template, relative to the project's root: for messages only. */
  readonly templateFile: string;
  readonly templateBody: string;
  readonly parameters: Readonly<Record<string, string | StackOutput>>;
  readonly capabilities: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
  /** Full names of stacks of the same layer that come first. */
  readonly dependsOn: readonly string[];
}

/** A desired stack whose parameters are all known. */
export interface ResolvedStack extends Omit<DesiredStack, 'parameters'> {
  readonly parameters: Readonly<Record<string, string>>;
}

export const TAG = {
  environment: 'roundtrip:environment',
  layer: 'roundtrip:layer',
  fingerprint: 'roundtrip:fingerprint',
} as const;

/**
 * Finds the outermost stack that stands of those that a stack is nested in: itself where it is in none, and where the
 * one that it was in is gone.
 */
export function outermostIn(stacks: Iterable<ObservedStack>): (stack: ObservedStack) => ObservedStack {
  const byId = new Map([...stacks].map((stack) => [stack.id, stack]));
  const outermost = (stack: ObservedStack): ObservedStack => {
    const parent = stack.parentId === undefined ? undefined : byId.get(stack.parentId);
    return parent === undefined ? stack : outermost(parent);
  };
  return outermost;
}

/**
 * Fills the parameters from the outputs of observed stacks.
 * @returns the resolved stack, or the outputs that nobody has yet (the stacks that give them do not exist so far).
 */
export function resolveStack(
  desired: DesiredStack,
  observed: ReadonlyMap<string, ObservedStack>,
): { readonly stack: ResolvedStack } | { readonly missing: readonly StackOutput[] } {
  const parameters: Record<string, string> = {};
  const missing: StackOutput[] = [];
  for (const [key, value] of Object.entries(desired.parameters)) {
    if (typeof value === 'string') {
      parameters[key] = value;
      continue;
    }
    const found = observed.get(value.stack)?.outputs[value.output];
    if (found === undefined) missing.push(value);
    else parameters[key] = found;
  }
  return missing.length > 0 ? { missing } : { stack: { ...desired, parameters } };
}
