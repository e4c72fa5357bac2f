import { stepsOf } from '../step.ts';
import type { Route } from '../step.ts';
import { templateText } from './template-text.ts';

const NETWORKS = templateText(
  {
    First: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Second: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.1.0.0/16' } },
  },
  { Outputs: { First: { Value: { Ref: 'First' } }, Second: { Value: { Ref: 'Second' } } } },
);
const vpc = (name: string) => ({ VPCRegion: 'eu-west-1', VPCId: `<${name}>` });
const ZONE = { HostedZoneId: '<zone>' };
const RECORD = { Name: 'www.tour.example.', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] };
const change = (Action: string) => ({ ...ZONE, ChangeBatch: { Changes: [{ Action, ResourceRecordSet: RECORD }] } });
const TAGS = { ResourceType: 'hostedzone', ResourceId: '<zone>' };

export const route53Route: Route = {
  name: 'Route 53',
  steps: [
    ...stepsOf('cloudformation', [
      ['CreateStack', { StackName: 'networks', TemplateBody: NETWORKS }],
      [
        'DescribeStacks',
        { StackName: 'networks' },
        {
          until: { 'Stacks.0.StackStatus': 'CREATE_COMPLETE' },
          save: { one: 'Stacks.0.Outputs.0.OutputValue', two: 'Stacks.0.Outputs.1.OutputValue' },
        },
      ],
    ]),
    ...stepsOf('route53', [
      [
        'CreateHostedZone',
        { Name: 'tour.example', CallerReference: 'tour-<one>', VPC: vpc('one') },
        { save: { whole: 'HostedZone.Id', created: 'ChangeInfo.Id' } },
      ],
      ['GetChange', { Id: '<created>' }, { until: { 'ChangeInfo.Status': 'INSYNC' } }],
      ['ListHostedZones', {}, { expect: { 'HostedZones.0.Name': 'tour.example.' } }],
      [
        'ListHostedZonesByVPC',
        { VPCId: '<one>', VPCRegion: 'eu-west-1' },
        { save: { zone: 'HostedZoneSummaries.0.HostedZoneId' } },
      ],
      ['GetHostedZone', { Id: '<zone>' }, { expect: { 'HostedZone.ResourceRecordSetCount': 2 } }],
      ['ListHostedZonesByName', { DNSName: 'tour.example' }, { expect: { 'HostedZones.0.Name': 'tour.example.' } }],
      ['GetHostedZoneCount', {}, { expect: { HostedZoneCount: 1 } }],
      [
        'UpdateHostedZoneComment',
        { Id: '<zone>', Comment: 'on tour' },
        { expect: { 'HostedZone.Config.Comment': 'on tour' } },
      ],
      ['AssociateVPCWithHostedZone', { ...ZONE, VPC: vpc('two') }, { expect: { 'ChangeInfo.Status': 'PENDING' } }],
      ['DisassociateVPCFromHostedZone', { ...ZONE, VPC: vpc('two') }],
      ['ChangeResourceRecordSets', change('CREATE'), { expect: { 'ChangeInfo.Status': 'PENDING' } }],
      ['ListResourceRecordSets', ZONE, { expect: { ResourceRecordSets: /www\.tour\.example/ } }],
      ['ChangeTagsForResource', { ...TAGS, AddTags: [{ Key: 'team', Value: 'tour' }] }],
      ['ListTagsForResource', TAGS, { expect: { 'ResourceTagSet.Tags.0.Value': 'tour' } }],
      [
        'ListTagsForResources',
        { ResourceType: 'hostedzone', ResourceIds: ['<zone>'] },
        { expect: { 'ResourceTagSets.0.Tags.0.Key': 'team' } },
      ],
      ['DeleteHostedZone', { Id: '<zone>' }, { fails: 'HostedZoneNotEmpty' }],
      ['ChangeResourceRecordSets', change('DELETE')],
      ['DeleteHostedZone', { Id: '<zone>' }],
      [
        'CreateHealthCheck',
        { CallerReference: 'check-<one>', HealthCheckConfig: { Type: 'TCP', IPAddress: '192.0.2.1', Port: 80 } },
        { save: { check: 'HealthCheck.Id' } },
      ],
      ['GetHealthCheck', { HealthCheckId: '<check>' }, { expect: { 'HealthCheck.HealthCheckConfig.Port': 80 } }],
      ['ListHealthChecks', {}, { expect: { 'HealthChecks.0.HealthCheckVersion': 1 } }],
      ['GetHealthCheckCount', {}, { expect: { HealthCheckCount: 1 } }],
      ['DeleteHealthCheck', { HealthCheckId: '<check>' }],
    ]),
    ...stepsOf('cloudformation', [['DeleteStack', { StackName: 'networks' }]]),
  ],
};
