import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';

const DONE = { until: { 'Operation.Status': 'SUCCESS' } };
const operation = { save: { operation: 'OperationId' } };
const done = ['GetOperation', { OperationId: '<operation>' }, DONE] as const;
const INSTANCE = { ServiceId: '<service>', InstanceId: 'one' };

export const cloudMapRoute: Route = {
  name: 'Cloud Map',
  steps: [
    ...stepsOf('ec2', [['CreateVpc', { CidrBlock: '10.0.0.0/16' }, { save: { vpc: 'Vpc.VpcId' } }]]),
    ...stepsOf('servicediscovery', [
      ['CreatePrivateDnsNamespace', { Name: 'tour.internal', Vpc: '<vpc>' }, operation],
      ['GetOperation', { OperationId: '<operation>' }, { ...DONE, save: { namespace: 'Operation.Targets.NAMESPACE' } }],
      [
        'GetNamespace',
        { Id: '<namespace>' },
        {
          expect: { 'Namespace.Type': 'DNS_PRIVATE' },
          save: { arn: 'Namespace.Arn', zone: 'Namespace.Properties.DnsProperties.HostedZoneId' },
        },
      ],
      ['CreateHttpNamespace', { Name: 'calls' }, operation],
      ['GetOperation', { OperationId: '<operation>' }, { ...DONE, save: { calls: 'Operation.Targets.NAMESPACE' } }],
      ['CreateHttpNamespace', { Name: 'calls' }, { fails: 'NamespaceAlreadyExists' }],
      ['CreatePublicDnsNamespace', { Name: 'tour.example' }, operation],
      ['GetOperation', { OperationId: '<operation>' }, { ...DONE, save: { open: 'Operation.Targets.NAMESPACE' } }],
      [
        'ListNamespaces',
        { Filters: [{ Name: 'TYPE', Values: ['HTTP'] }] },
        { expect: { 'Namespaces.0.Name': 'calls' } },
      ],
      ['ListOperations', { Filters: [{ Name: 'STATUS', Values: ['SUCCESS'] }] }, { expect: { Operations: /SUCCESS/ } }],
      [
        'CreateService',
        {
          Name: 'api',
          NamespaceId: '<namespace>',
          DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 10 }] },
          HealthCheckCustomConfig: { FailureThreshold: 1 },
        },
        { save: { service: 'Service.Id' } },
      ],
      ['GetService', { Id: '<service>' }, { expect: { 'Service.Type': 'DNS_HTTP' } }],
      ['ListServices', {}, { expect: { 'Services.0.Name': 'api' } }],
      ['UpdateService', { Id: '<service>', Service: { Description: 'changed' } }, operation],
      done,
      ['RegisterInstance', { ...INSTANCE, Attributes: { AWS_INSTANCE_IPV4: '10.0.0.5' } }, operation],
      done,
      ['GetInstance', INSTANCE, { expect: { 'Instance.Attributes.AWS_INSTANCE_IPV4': '10.0.0.5' } }],
      ['ListInstances', { ServiceId: '<service>' }, { expect: { 'Instances.0.Id': 'one' } }],
      ['GetInstancesHealthStatus', { ServiceId: '<service>' }, { expect: { 'Status.one': 'HEALTHY' } }],
      ['UpdateInstanceCustomHealthStatus', { ...INSTANCE, Status: 'UNHEALTHY' }],
      [
        'DiscoverInstances',
        { NamespaceName: 'tour.internal', ServiceName: 'api' },
        { expect: { 'Instances.0.HealthStatus': 'UNHEALTHY' } },
      ],
      ['DeleteService', { Id: '<service>' }, { fails: 'ResourceInUse' }],
      ['DeleteNamespace', { Id: '<namespace>' }, { fails: 'ResourceInUse' }],
    ]),
    ...stepsOf('route53', [
      ['ListResourceRecordSets', { HostedZoneId: '<zone>' }, { expect: { ResourceRecordSets: /10\.0\.0\.5/ } }],
      ['DeleteHostedZone', { Id: '<zone>' }, { fails: 'AccessDenied' }],
    ]),
    ...stepsOf('servicediscovery', [
      ['TagResource', { ResourceARN: '<arn>', Tags: [{ Key: 'team', Value: 'tour' }] }],
      ['ListTagsForResource', { ResourceARN: '<arn>' }, { expect: { 'Tags.0.Value': 'tour' } }],
      ['UntagResource', { ResourceARN: '<arn>', TagKeys: ['team'] }],
      ['DeregisterInstance', INSTANCE, operation],
      done,
      ['DeleteService', { Id: '<service>' }],
      ['DeleteNamespace', { Id: '<namespace>' }, operation],
      done,
      ['GetNamespace', { Id: '<namespace>' }, { fails: 'NamespaceNotFound' }],
      ['DeleteNamespace', { Id: '<calls>' }],
      ['DeleteNamespace', { Id: '<open>' }],
    ]),
    ...stepsOf('ec2', [['DeleteVpc', { VpcId: '<vpc>' }]]),
  ],
};
