import type { TemplateResource } from './template.ts';

/**
 * What becomes of a resource that is removed: its DeletionPolicy, or AWS's default, which is Snapshot for RDS clusters
 * and stand-alone instances.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export function leftBehind({ DeletionPolicy, Type, Properties }: TemplateResource): string {
  if (DeletionPolicy !== undefined) return DeletionPolicy;
  if (Type === 'AWS::RDS::DBCluster') return 'Snapshot';
  return Type === 'AWS::RDS::DBInstance' && Properties?.['DBClusterIdentifier'] === undefined ? 'Snapshot' : 'Delete';
}

/** What becomes of the old resource when a new one takes its place. */
export function leftByReplacement({ UpdateReplacePolicy }: TemplateResource): string {
  return UpdateReplacePolicy ?? 'Delete';
}
