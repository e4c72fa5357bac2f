import type * as EC2 from '@aws-sdk/client-ec2';
import { INSTANCE } from '../../catalog/ec2/instance.ts';
import { enter, lifecycles } from '../../catalog/ec2/lifecycle.ts';
import { missing } from '../../catalog/ec2/references.ts';
import { LAUNCH_TEMPLATE } from '../../catalog/ec2/launch-template.ts';
import { serviceError } from '../../catalog/record.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { instanceView, reservation } from './instances.ts';
import { templateNamed } from './launch-templates.ts';
import { madeOnce } from './made-once.ts';
import { create, tagsFor } from './own-records.ts';

export function runInstances(world: World, input: EC2.RunInstancesRequest, { realm }: Call): EC2.Reservation {
  const { MinCount = 1, MaxCount = 1 } = input;
  if (MinCount < 1 || MaxCount < MinCount) {
    const text = `Value (${MinCount}) for parameter minCount is invalid. It must be between 1 and maxCount.`;
    throw new ServiceError('InvalidParameterValue', text);
  }
  if (input.ImageId === undefined && input.LaunchTemplate === undefined) {
    throw new ServiceError('MissingParameter', 'The request must contain the parameter ImageId');
  }
  checkTemplate(world, realm, input.LaunchTemplate);
  const made = madeOnce(world, realm, input, () => make(world, realm, input, MaxCount));
  return reservation(
    world,
    realm,
    made.map((record) => instanceView(world, realm, record)),
  );
}

function make(world: World, realm: Realm, input: EC2.RunInstancesRequest, count: number): Resource[] {
  const ownTags = input.TagSpecifications?.filter(({ ResourceType }) => ResourceType === 'instance');
  const tags = tagsFor(ownTags, 'instance');
  const properties = instanceProperties(input);
  const reservationId = `r-${world.hex(17)}`;
  return Array.from({ length: count }, () => {
    const record = create(world, realm, INSTANCE, properties, tags);
    const { state = 'pending' } = lifecycles(world, realm).get(record.id) ?? {};
    enter(world, realm, record.id, state, { reservationId });
    return record;
  });
}

/** What was asked for, in CloudFormation's words. */
function instanceProperties(input: EC2.RunInstancesRequest): Record<string, unknown> {
  const { DisableApiTermination, EbsOptimized, ImageId, InstanceType, KeyName, LaunchTemplate, UserData } = input;
  const { SubnetId, SecurityGroupIds, PrivateIpAddress, BlockDeviceMappings } = input;
  const NetworkInterfaces = input.NetworkInterfaces?.map(({ Groups, ...rest }) => ({ ...rest, GroupSet: Groups }));
  return {
    ...{ DisableApiTermination, EbsOptimized, ImageId, InstanceType, KeyName, LaunchTemplate, UserData },
    ...{ SubnetId, SecurityGroupIds, PrivateIpAddress, BlockDeviceMappings, NetworkInterfaces },
    AvailabilityZone: input.Placement?.AvailabilityZone,
    IamInstanceProfile: input.IamInstanceProfile?.Name ?? input.IamInstanceProfile?.Arn?.split('/').at(-1),
    Monitoring: input.Monitoring?.Enabled,
  };
}

function checkTemplate(world: World, realm: Realm, named: EC2.LaunchTemplateSpecification | undefined): void {
  if (named?.LaunchTemplateName !== undefined) templateNamed(world, realm, named.LaunchTemplateName);
  const id = named?.LaunchTemplateId;
  if (id === undefined || findRecord(world, realm, LAUNCH_TEMPLATE, id) !== undefined) return;
  throw serviceError(missing(LAUNCH_TEMPLATE, id));
}
