import type { StackFacts } from '../blockers/stack-facts.ts';

/** Who asks for a name. */
export interface NameWish {
  readonly environment: string;
  readonly stack: string;
  readonly name: string;
}

/** What bears a name that somebody else wants, and what is to become of it: a run clears it, or a person types `next`. */
export interface NameBearer {
  readonly what: string;
  readonly remedy: { readonly clear: string } | { readonly next: string };
}

/** Knows who bears names of one type of resource. Methods reject with what the SDK throws. */
export interface NameKind {
  /** The property of the template that names it. */
  readonly property: string;
  /** Undefined where nobody bears it, or the stack itself does. */
  bearer(wish: NameWish): Promise<NameBearer | undefined>;
  clear(name: string): Promise<void>;
}

/** Whose a thing is: a stack's, an environment's by its tag, or nobody's. */
export type Owner = { readonly stack: string } | { readonly environment: string } | 'nobody';

/** A stack that holds it now goes before a tag that it has had since then. */
export async function ownerOf(facts: StackFacts, physicalId: string, environment: string | undefined): Promise<Owner> {
  const stack = await facts.holder(physicalId);
  if (stack !== undefined) return { stack };
  return environment === undefined ? 'nobody' : { environment };
}

/** What is said of a thing that is not ours to clear away. */
export function ownerText(owner: Owner): string {
  if (owner === 'nobody') return 'exists, and nothing says whose it is';
  return 'stack' in owner ? `belongs to the stack ${owner.stack}` : `belongs to the environment ${owner.environment}`;
}
