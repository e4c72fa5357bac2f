import { stackName } from '../desired.ts';
import type { CallRecord, Checker } from '../record.ts';
import { ACCOUNT, REGION } from '../stage.ts';
import { isRead } from './reads.ts';

/** Nothing is written outside of the account, the region, the environment and the tool's own bucket. */
export const onlyItsOwn: Checker = ({ calls, scenario }) => {
  const own = new Set(['roundtrip-bucket', ...scenario.stacks.map(stackName)]);
  return calls
    .filter((call) => !isRead(call) && !isOwn(call, own))
    .map(
      ({ run, operation, subject, account, region }) => `${run} sent ${operation} ${subject} in ${account} ${region}`,
    );
};

function isOwn({ account, region, service, subject, operation }: CallRecord, own: ReadonlySet<string>): boolean {
  if (account !== ACCOUNT || region !== REGION) return false;
  if (service === 's3') {
    const bucket = subject.split('/')[1] ?? '';
    return bucket === `roundtrip-${ACCOUNT}-${REGION}` || [...own].some((stack) => bucket.startsWith(`${stack}-`));
  }
  if (operation === 'DeleteResource') return true;
  const name = subject.split(':stack/')[1]?.split('/')[0] ?? subject;
  return own.has(name);
}
