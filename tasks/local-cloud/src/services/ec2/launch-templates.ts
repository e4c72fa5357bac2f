import type * as EC2 from '@aws-sdk/client-ec2';
import { LAUNCH_TEMPLATE } from '../../catalog/ec2/launch-template.ts';
import { deleteRecord } from '../../catalog/record.ts';
import { resourcesOf, resourceWith } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { madeOnce } from './made-once.ts';
import { create, recordOf, required, tagsFor, textOf } from './own-records.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

const NOUN: Noun<EC2.LaunchTemplate> = {
  type: LAUNCH_TEMPLATE,
  idOf: ({ LaunchTemplateId }) => LaunchTemplateId,
  fields: {
    'create-time': ({ CreateTime }) => CreateTime?.toISOString(),
    'launch-template-name': ({ LaunchTemplateName }) => LaunchTemplateName,
  },
};

export function describeLaunchTemplates(
  world: World,
  input: EC2.DescribeLaunchTemplatesRequest,
  call: Call,
): EC2.DescribeLaunchTemplatesResult {
  const { realm } = call;
  const names = input.LaunchTemplateNames ?? [];
  const named = names.map((name) => templateNamed(world, realm, name).id);
  const views = [...resourcesOf(world, realm, LAUNCH_TEMPLATE)].map((record) => templateView(record, call));
  const ids = [...(input.LaunchTemplateIds ?? []), ...named];
  const { items, more } = select(views, NOUN, { ...input, ids });
  return { LaunchTemplates: items, ...more };
}

export function createLaunchTemplate(
  world: World,
  input: EC2.CreateLaunchTemplateRequest,
  call: Call,
): EC2.CreateLaunchTemplateResult {
  const LaunchTemplateName = required(input.LaunchTemplateName, 'launchTemplateName');
  const properties = { LaunchTemplateName, LaunchTemplateData: input.LaunchTemplateData };
  const tags = tagsFor(input.TagSpecifications, 'launch-template');
  const [record] = madeOnce(world, call.realm, input, () => [
    create(world, call.realm, LAUNCH_TEMPLATE, properties, tags),
  ]);
  return record === undefined ? {} : { LaunchTemplate: templateView(record, call) };
}

export function deleteLaunchTemplate(
  world: World,
  { LaunchTemplateId, LaunchTemplateName }: EC2.DeleteLaunchTemplateRequest,
  call: Call,
): EC2.DeleteLaunchTemplateResult {
  const { realm } = call;
  const record =
    LaunchTemplateId === undefined
      ? templateNamed(world, realm, LaunchTemplateName ?? '')
      : recordOf(world, realm, LAUNCH_TEMPLATE, LaunchTemplateId);
  deleteRecord({ world, realm, type: LAUNCH_TEMPLATE, id: record.id });
  return { LaunchTemplate: templateView(record, call) };
}

/** @throws ServiceError where no template has that name */
export function templateNamed(world: World, realm: Realm, name: string): Resource {
  const found = resourceWith(
    ...([world, realm, LAUNCH_TEMPLATE] as const),
    ({ properties }) => properties['LaunchTemplateName'] === name,
  );
  if (found !== undefined) return found;
  throw new ServiceError(
    'InvalidLaunchTemplateName.NotFoundException',
    `The specified launch template, with template name ${name}, does not exist.`,
  );
}

function templateView(record: Resource, { callerArn }: Call): EC2.LaunchTemplate {
  return {
    LaunchTemplateId: record.id,
    LaunchTemplateName: textOf(record, 'LaunchTemplateName'),
    CreateTime: new Date(record.createdAt),
    CreatedBy: callerArn,
    DefaultVersionNumber: Number(record.attributes['DefaultVersionNumber']),
    LatestVersionNumber: Number(record.attributes['LatestVersionNumber']),
    Tags: tagList(record.tags),
  };
}
