/** An engine as far as versions, families and ports go. Newest minor version of each major one, oldest first. */
export interface Engine {
  readonly name: string;
  readonly description: string;
  readonly port: number;
  readonly licence: string;
  readonly versions: readonly string[];
  /** `17` of `17.4`; undefined where there is no such version. */
  majorOf(version: string): string | undefined;
}

/** EST: RDS drops and adds versions all the time. */
export const ENGINES: readonly Engine[] = [
  engine('postgres', 'PostgreSQL', 5432, ['13.22', '14.19', '15.14', '16.10', '17.6']),
  engine('mysql', 'MySQL Community Edition', 3306, ['5.7.44', '8.0.43', '8.4.6']),
  engine('mariadb', 'MariaDB Community Edition', 3306, ['10.5.29', '10.6.22', '10.11.13', '11.4.7', '11.8.3']),
  engine('aurora-postgresql', 'Aurora PostgreSQL', 5432, ['13.21', '14.18', '15.13', '16.9', '17.5']),
  engine('aurora-mysql', 'Aurora MySQL', 3306, ['5.7.mysql_aurora.2.12.5', '8.0.mysql_aurora.3.10.1']),
];

export function engineNamed(name: string | undefined): Engine | undefined {
  return ENGINES.find((one) => one.name === name);
}

/** Also for engines that are not listed. */
export function portOf(name: string): number {
  const known = engineNamed(name)?.port;
  if (known !== undefined) return known;
  if (name.startsWith('oracle')) return 1521;
  return name.startsWith('sqlserver') ? 1433 : 5432;
}

/** The minor version that a version, or its lack, stands for. */
export function wholeVersion(name: string, version: string | undefined): string | undefined {
  const { versions = [] } = engineNamed(name) ?? {};
  if (version === undefined) return versions.at(-1);
  return versions.find((one) => one === version) ?? versions.find((one) => one.startsWith(`${version}.`)) ?? version;
}

/** `postgres17`, `mysql8.0`: the family of parameter groups. */
export function familyOf(name: string, version: string | undefined): string {
  return `${name}${engineNamed(name)?.majorOf(wholeVersion(name, version) ?? '') ?? ''}`;
}

function engine(name: string, description: string, port: number, versions: readonly string[]): Engine {
  const majors = versions.map((version) => majorIn(name, version));
  return {
    ...{ name, description, port, versions },
    licence: name.includes('postgres') ? 'postgresql-license' : 'general-public-license',
    majorOf: (version) => majors.find((major) => version === major || version.startsWith(`${major}.`)),
  };
}

function majorIn(name: string, version: string): string {
  const parts = version.split('.');
  return name.includes('postgres') ? (parts[0] ?? version) : parts.slice(0, 2).join('.');
}
