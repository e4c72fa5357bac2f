import { stackName } from '../desired.ts';
import type { CallRecord, Checker, Observation } from '../record.ts';
import { ACCOUNT, REGION } from '../stage.ts';
import { isRead } from './reads.ts';

/**
 * Nothing is written outside of the account, the region, the environment and the tool's own bucket; who comes with
 * another account's credentials is refused.
 */
export const onlyItsOwn: Checker = (observation) => {
  const { calls, runs, scenario } = observation;
  const owned = ownedBy(observation);
  const written = calls.filter((call) => !isRead(call) && !isOwn(call, owned));
  const stranger = runs.find(({ act }) => act === scenario.acts.length + 5);
  return [
    ...written.map(
      ({ run, operation, subject, account, region }) => `${run} sent ${operation} ${subject} in ${account} ${region}`,
    ),
    ...(stranger?.outcome.kind === 'refused'
      ? []
      : [`a run with another account's credentials ends ${JSON.stringify(stranger?.outcome)}`]),
  ];
};

interface Owned {
  readonly stacks: ReadonlySet<string>;
  /** Whether something that is no stack is the environment's. */
  isThing(id: string): boolean;
}

/** What a stack has held is its environment's; of everything else the ledger, the tag and the name have to say so. */
function ownedBy({ scenario, makers, sights }: Observation): Owned {
  const stacks = new Set(scenario.stacks.map(stackName));
  const seen = [...sights.values()];
  return {
    stacks,
    isThing(id) {
      const holders = makers.get(id);
      if (holders !== undefined) return holders.some((stack) => stacks.has(stack));
      return (
        seen.some(({ ledger, tagged }) => ledger.includes(id) || tagged.some((arn) => arn.endsWith(id))) ||
        id.split(/[/:]/).some((part) => [...stacks].some((stack) => part === stack || part.startsWith(`${stack}-`)))
      );
    },
  };
}

function isOwn({ account, region, service, subject, operation }: CallRecord, owned: Owned): boolean {
  if (account !== ACCOUNT || region !== REGION) return false;
  if (service === 's3') {
    const bucket = subject.split('/')[1] ?? '';
    return bucket === `roundtrip-${ACCOUNT}-${REGION}` || owned.isThing(bucket);
  }
  if (operation === 'DeleteResource') return owned.isThing(subject);
  const name = subject.split(':stack/')[1]?.split('/')[0] ?? subject;
  return name === 'roundtrip-bucket' || owned.stacks.has(name);
}
