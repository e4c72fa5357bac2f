import { SECRET } from '../desired.ts';
import type { Checker } from '../record.ts';
import { SECRET_KEY } from '../stage.ts';

/** No secret stands in a journal. */
export const keepsSecrets: Checker = ({ runs }) =>
  runs.flatMap(({ run, journal }) => {
    const text = JSON.stringify(journal);
    return [SECRET, SECRET_KEY]
      .filter((secret) => text.includes(secret))
      .map((secret) => `${run} writes ${secret} down`);
  });
