import { paginateGetResources, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { TAG } from '@roundtrip/engine';
import type { CallCounter } from '../call-counter.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import { tagsOf } from './sighting.ts';

/** A thing of any environment. */
export interface Tagged {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Where the tagging API shows what belongs to no region: hosted zones, distributions. */
const GLOBAL_REGION = 'us-east-1';

/**
 * Everything in the account and region that any environment has tagged, stacks left out. Other environments' things are
 * asked for too: what is tagged as theirs is never taken for ours by its name.
 */
export async function findTagged(settings: ClientSettings, counter: CallCounter): Promise<readonly Tagged[]> {
  const { region, invoke } = settings;
  // A cloud in the same process answers for one region.
  const isAll = region === GLOBAL_REGION || /^(cn|us-gov)-/.test(region) || invoke !== undefined;
  if (isAll) return await taggedIn(settings, counter);
  const elsewhere = taggedIn({ ...settings, region: GLOBAL_REGION }, counter);
  const [here, there] = await Promise.all([taggedIn(settings, counter), elsewhere]);
  return [...here, ...there.filter(({ arn }) => arn.split(':')[3] === '')];
}

async function taggedIn(settings: ClientSettings, counter: CallCounter): Promise<Tagged[]> {
  const client = clientOf(ResourceGroupsTaggingAPIClient, 'tagging', settings, counter);
  const found: Tagged[] = [];
  for await (const page of paginateGetResources({ client }, { TagFilters: [{ Key: TAG.environment }] })) {
    for (const { ResourceARN: arn = '', Tags } of page.ResourceTagMappingList ?? []) {
      if (!arn.includes(':cloudformation:')) found.push({ arn, tags: tagsOf(Tags) });
    }
  }
  return found;
}
