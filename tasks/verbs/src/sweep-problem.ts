import type { CloudError } from '@roundtrip/engine';
import { EXIT, ProblemError } from '@roundtrip/problem';
import { accessProblem } from './access-problem.ts';
import { ledgerGarbage } from './ledger-problem.ts';
import type { OpenEnvironment } from './open-environment.ts';

/** Why a sweep cannot look, in plain words. */
export function sweepProblem(error: CloudError, open: OpenEnvironment): ProblemError {
  if (error.kind !== 'denied' && error.kind !== 'invalid') return accessProblem(error, open);
  const { role, facts } = open.environment;
  const garbage = ledgerGarbage(error, open, `make sweep ENV=${facts.name}`);
  if (garbage !== undefined) return new ProblemError(garbage, EXIT.refused, { cause: error });
  const whose = role === undefined ? 'the credentials' : `the role ${role}`;
  return new ProblemError(
    {
      code: 'cannot-look',
      what: `The sweep cannot look at everything: ${error.message} (${error.code})`,
      why: 'half a look proves nothing',
      next:
        error.kind === 'denied'
          ? `give ${whose} the right that is named there, then repeat the command`
          : 'look by hand',
    },
    EXIT.refused,
    { cause: error },
  );
}
