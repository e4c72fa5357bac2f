import { createHash } from 'node:crypto';

export interface ManagedPrefixList {
  readonly id: string;
  readonly name: string;
  readonly cidrs: readonly string[];
}

/** Ranges of AWS's own that have a prefix list; the ids are one for each region. EST: ids and ranges are made up. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  s3: ['52.218.0.0/17', '3.5.64.0/21'],
  dynamodb: ['52.94.5.0/24', '52.94.24.0/23'],
};

/** The prefix lists that AWS keeps in a region. */
export function managedPrefixLists(region: string): ManagedPrefixList[] {
  return Object.entries(SERVICES).map(([service, cidrs]) => {
    const name = `com.amazonaws.${region}.${service}`;
    return { id: `pl-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`, name, cidrs };
  });
}
