import type { Checker } from '../record.ts';
import { isRead } from './reads.ts';

/** An environment that is protected is refused its teardown before anything is written. */
export const protectedStays: Checker = ({ scenario, runs, calls }) => {
  const last = runs.find(({ act, run }) => act === scenario.acts.length + 4 && run.endsWith('-a0'));
  if (last === undefined) return ['the protected environment was never asked to go'];
  const written = calls.filter((call) => call.run === last.run && !isRead(call));
  return [
    ...(last.outcome.kind === 'refused'
      ? []
      : [`the protected environment's teardown ends ${JSON.stringify(last.outcome)}`]),
    ...written.map(({ operation, subject }) => `${operation} ${subject} was sent for a protected environment`),
  ];
};
