import type { Resource } from '../../resource.ts';
import type { Making, Refusal } from '../behaviour.ts';
import { alreadyThere, invalid } from '../ec2/refusals.ts';

const NAME_MAX = 32;

type Noun = 'load balancer' | 'target group';

/** Why a name cannot be one; a generated one always can. */
export function nameRefusal(noun: Noun, name: string | undefined): Refusal | undefined {
  if (name === undefined) return undefined;
  const subject = `${noun === 'load balancer' ? 'The load balancer name' : 'Target group name'} '${name}'`;
  if (name.length > NAME_MAX) return wrong(`${subject} cannot be longer than '${NAME_MAX}' characters`);
  if (!/^[a-zA-Z0-9-]*$/.test(name)) {
    return wrong(`${subject} can only contain characters that are alphanumeric characters and hyphens(-)`);
  }
  if (/^-|-$/.test(name)) return wrong(`${subject} cannot begin or end with '-'`);
  if (noun === 'load balancer' && name.startsWith('internal-'))
    return wrong(`${subject} cannot begin with 'internal-'`);
  return undefined;
}

/** @param others what is there already of the same noun */
export function takenName({ text }: Making, noun: Noun, others: readonly Resource[]): Refusal | undefined {
  const name = text('Name');
  if (name === undefined || !others.some(({ properties }) => properties['Name'] === name)) return undefined;
  const code = noun === 'load balancer' ? 'DuplicateLoadBalancerName' : 'DuplicateTargetGroupName';
  return alreadyThere(code, `A ${noun} with the same name '${name}' exists, but with different settings`);
}

/** What Elastic Load Balancing says of input that makes no sense. */
export function wrong(text: string): Refusal {
  return invalid('ValidationError', text);
}
