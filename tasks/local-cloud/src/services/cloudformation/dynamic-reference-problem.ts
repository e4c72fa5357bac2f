import { evaluate, isRecord, unmadeScope } from '@roundtrip/template';
import { parameterValue } from '../../catalog/parameter-versions.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Realm, World } from '../../world.ts';
import type { Course } from './course.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html lists them. */
const SECURE: ReadonlySet<string> = new Set([
  'AWS::DirectoryService::MicrosoftAD/Properties/Password',
  'AWS::DirectoryService::SimpleAD/Properties/Password',
  'AWS::ElastiCache::ReplicationGroup/Properties/AuthToken',
  'AWS::IAM::User/Properties/LoginProfile/Password',
  'AWS::KinesisFirehose::DeliveryStream/Properties/RedshiftDestinationConfiguration/Password',
  'AWS::KinesisFirehose::DeliveryStream/Properties/RedshiftDestinationConfiguration/Username',
  'AWS::OpsWorks::App/Properties/AppSource/Password',
  'AWS::OpsWorks::Stack/Properties/CustomCookbooksSource/Password',
  'AWS::OpsWorks::Stack/Properties/RdsDbInstances/DbPassword',
  'AWS::RDS::DBCluster/Properties/MasterUserPassword',
  'AWS::RDS::DBInstance/Properties/MasterUserPassword',
  'AWS::Redshift::Cluster/Properties/MasterUserPassword',
]);

/**
 * What is wrong with a reference to a parameter: badly written, missing, secret where a plain one is meant, or secret
 * where CloudFormation does not take one. References with a version are asked for when the request comes, those without
 * one when the stack begins; those to secrets are looked up when their resource is made.
 */
export function dynamicReferenceProblem({ world, realm, prepared, scope }: Course, when: 'asked' | 'begun') {
  if (!prepared.text.includes('{{resolve:ssm')) return undefined;
  const unmade = unmadeScope(scope);
  for (const logicalId of prepared.graph(scope.conditions).keys()) {
    const { Type: type = '', Properties = {} } = prepared.template.Resources[logicalId] ?? {};
    for (const { reference, path } of referencesIn(evaluate(Properties, unmade), `${type}/Properties`)) {
      const problem = problemOf({ world, realm, reference, path, when });
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

interface Found {
  readonly reference: string;
  readonly path: string;
}

function referencesIn(value: unknown, path: string): Found[] {
  if (typeof value === 'string') {
    return [...value.matchAll(/\{\{resolve:([^{}]+)\}\}/g)].map(([, reference = '']) => ({ reference, path }));
  }
  if (Array.isArray(value)) return value.flatMap((item) => referencesIn(item, path));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => referencesIn(item, `${path}/${name}`));
}

interface Looked extends Found {
  readonly world: World;
  readonly realm: Realm;
  readonly when: 'asked' | 'begun';
}

function problemOf({ world, realm, reference, path, when }: Looked): string | undefined {
  const [, service, name = '', version] = /^(ssm|ssm-secure):([^:]+)(?::(.*))?$/.exec(reference) ?? [];
  if (service === undefined) return undefined;
  if (!/^[a-zA-Z0-9_.\-/]+$/.test(name) || !/^\d*$/.test(version ?? '')) {
    return `Incorrect format is used in the following SSM reference: [{{resolve:${reference}}}]`;
  }
  if ((version === undefined) !== (when === 'begun')) return undefined;
  if (service === 'ssm-secure' && !SECURE.has(path)) return `SSM Secure reference is not supported in: [${path}]`;
  const value = parameterValue(world, realm, version === undefined ? name : `${name}:${version}`);
  if (value === undefined) return `Parameters: [${reference}] cannot be found.`;
  const record = findRecord(world, realm, 'AWS::SSM::Parameter', name);
  if (service === 'ssm' && record?.properties['Type'] === 'SecureString') {
    return `Non-secure ssm prefix was used for secure parameter ${name}`;
  }
  return undefined;
}
