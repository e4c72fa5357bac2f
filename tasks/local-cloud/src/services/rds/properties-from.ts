import { resourceType } from '@roundtrip/spec';

/** The API's names where CloudFormation has others. */
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS::RDS::DBInstance': { VpcSecurityGroupIds: 'VPCSecurityGroups' },
  'AWS::RDS::DBCluster': { EnablePerformanceInsights: 'PerformanceInsightsEnabled' },
};
/** RDS never gives a password back, so none is kept; tags stand beside the properties. */
const LEFT_OUT: ReadonlySet<string> = new Set(['MasterUserPassword', 'Tags', 'ApplyImmediately']);

/** What an API's input says of a thing, in the words of CloudFormation's properties. */
export function propertiesFrom(type: string, input: object): Record<string, unknown> {
  const known = resourceType(type)?.properties ?? {};
  const named = Object.entries(input).map(
    ([name, value]) => [RENAMED[type]?.[name] ?? name, value as unknown] as const,
  );
  const given = named.filter(([name, value]) => value !== undefined && name in known && !LEFT_OUT.has(name));
  return Object.fromEntries(given);
}
