import type { Template } from '@roundtrip/template';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const COUNTS = { Resources: 500, Parameters: 200, Outputs: 200, Mappings: 200 } as const;
const MAPPING_ATTRIBUTES_MAX = 200;
const NAME_LENGTH_MAX = 255;
const VALUE_LENGTH_MAX = 4096;
const DESCRIPTION_BYTES_MAX = 1024;

/** Types that DeletionPolicy Snapshot means something for. */
const SNAPSHOTS: ReadonlySet<string> = new Set([
  ...['AWS::DocDB::DBCluster', 'AWS::EC2::Volume', 'AWS::ElastiCache::CacheCluster'],
  ...['AWS::ElastiCache::ReplicationGroup', 'AWS::Neptune::DBCluster', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  'AWS::Redshift::Cluster',
]);

/** The first limit that a template passes, or rule for names and policies that it breaks, in CloudFormation's words. */
export function limitProblem(template: Template): string | undefined {
  return (
    countProblem(template) ??
    nameProblem(template) ??
    mappingProblem(template) ??
    descriptionProblem(template) ??
    defaultProblem(template) ??
    policyProblem(template)
  );
}

function countProblem(template: Template): string | undefined {
  for (const [section, limit] of Object.entries(COUNTS)) {
    const count = Object.keys(template[section as keyof typeof COUNTS] ?? {}).length;
    if (count > limit) {
      return `Template format error: Number of ${section.toLowerCase()}, ${count}, is greater than maximum allowed, ${limit}`;
    }
  }
  return undefined;
}

function nameProblem(template: Template): string | undefined {
  for (const [section, what] of [
    ['Resources', 'Resource'],
    ['Parameters', 'Parameter'],
    ['Outputs', 'Output'],
    ['Mappings', 'Mapping'],
  ] as const) {
    for (const name of Object.keys(template[section] ?? {})) {
      if (!/^[A-Za-z0-9]+$/.test(name)) return `Template format error: ${what} name ${name} is non alphanumeric.`;
      if (name.length > NAME_LENGTH_MAX) {
        return `Template format error: ${what} name '${name}' length is greater than ${NAME_LENGTH_MAX}.`;
      }
    }
  }
  const common = Object.keys(template.Resources).filter((name) => template.Parameters?.[name] !== undefined);
  if (common.length === 0) return undefined;
  return `Template error: all resources and parameters must have unique names. Common name(s):[${common.join(', ')}]`;
}

function mappingProblem({ Mappings: mappings = {} }: Template): string | undefined {
  for (const [name, mapping] of Object.entries(mappings)) {
    const count = Object.keys(mapping).length;
    if (count <= MAPPING_ATTRIBUTES_MAX) continue;
    return `Template format error: Number of mapping attributes in ${name}, ${count}, is greater than maximum allowed, ${MAPPING_ATTRIBUTES_MAX}`;
  }
  return undefined;
}

function descriptionProblem({ Description: description }: Template): string | undefined {
  if (description === undefined) return undefined;
  if (typeof description !== 'string') return 'Template format error: Description must be a string';
  if (Buffer.byteLength(description) <= DESCRIPTION_BYTES_MAX) return undefined;
  return `Template format error: 'Description' length is greater than ${DESCRIPTION_BYTES_MAX}.`;
}

function defaultProblem({ Parameters: parameters = {} }: Template): string | undefined {
  const long = Object.entries(parameters).find(([, { Default }]) => String(Default ?? '').length > VALUE_LENGTH_MAX);
  if (long === undefined) return undefined;
  return `Template format error: Parameter '${long[0]}' default value '[****]' length is greater than ${VALUE_LENGTH_MAX}.`;
}

const POLICIES = {
  DeletionPolicy: ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'],
  UpdateReplacePolicy: ['Delete', 'Retain', 'Snapshot'],
} as const;

function policyProblem({ Resources: resources }: Template): string | undefined {
  for (const [logicalId, resource] of Object.entries(resources)) {
    for (const name of ['DeletionPolicy', 'UpdateReplacePolicy'] as const) {
      const policy: unknown = resource[name];
      if (typeof policy !== 'string') continue;
      const accepted: readonly string[] = POLICIES[name];
      if (!accepted.includes(policy)) {
        return `Template format error: Unrecognized ${name} ${policy} for resource ${logicalId}`;
      }
      if (policy !== 'Snapshot' || SNAPSHOTS.has(resource.Type)) continue;
      const words = name === 'DeletionPolicy' ? 'deletion policy' : 'update replace policy';
      return `Template error: resource type ${resource.Type} does not support ${words} Snapshot`;
    }
  }
  return undefined;
}
