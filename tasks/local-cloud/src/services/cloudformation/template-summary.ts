import type { GetTemplateSummaryOutput, ResourceIdentifierSummary } from '@aws-sdk/client-cloudformation';
import { resourceType } from '@roundtrip/spec';
import { isRecord } from '@roundtrip/template';
import type { Template } from '@roundtrip/template';
import { isRecognized } from './prepared-template.ts';

/** What GetTemplateSummary says of a template's resources; loops that are not written out count by what is in them. */
export function resourceSummary(
  template: Template,
): Pick<GetTemplateSummaryOutput, 'ResourceTypes' | 'ResourceIdentifierSummaries'> {
  const members = Object.entries(template.Resources);
  const written = members.filter(([, member]) => isRecord(member) && typeof member.Type === 'string');
  const types = [...new Set([...written.map(([, { Type }]) => Type), ...members.flatMap(([, one]) => typesIn(one))])];
  const summaries = types.map((type): ResourceIdentifierSummary => ({
    ResourceType: type,
    LogicalResourceIds: written.filter(([, { Type }]) => Type === type).map(([logicalId]) => logicalId),
    ResourceIdentifiers: [...(resourceType(type)?.primaryIdentifier ?? [])],
  }));
  return { ResourceTypes: types, ResourceIdentifierSummaries: summaries };
}

/** Types of the fragments of a loop. */
function typesIn(member: unknown): string[] {
  if (!Array.isArray(member)) return [];
  const fragment: unknown = member[2];
  if (!isRecord(fragment)) return [];
  return Object.values(fragment).flatMap((one) =>
    isRecord(one) && typeof one['Type'] === 'string' ? [one['Type']] : typesIn(one),
  );
}

export function unrecognizedTypes(template: Template): string[] {
  return (resourceSummary(template).ResourceTypes ?? []).filter((type) => !isRecognized(type));
}
