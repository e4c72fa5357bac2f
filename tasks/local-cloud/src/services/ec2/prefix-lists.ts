import type * as EC2 from '@aws-sdk/client-ec2';
import { managedPrefixLists } from '../../catalog/ec2/prefix-list.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { textOf } from './own-records.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

const PREFIX_LIST = 'AWS::EC2::PrefixList';

const NOUN: Noun<EC2.PrefixList> = {
  type: PREFIX_LIST,
  idOf: ({ PrefixListId }) => PrefixListId,
  fields: {
    'prefix-list-id': ({ PrefixListId }) => PrefixListId,
    'prefix-list-name': ({ PrefixListName }) => PrefixListName,
  },
};

const MANAGED_NOUN: Noun<EC2.ManagedPrefixList> = {
  type: PREFIX_LIST,
  idOf: ({ PrefixListId }) => PrefixListId,
  fields: {
    'owner-id': ({ OwnerId }) => OwnerId,
    'prefix-list-id': ({ PrefixListId }) => PrefixListId,
    'prefix-list-name': ({ PrefixListName }) => PrefixListName,
  },
};

/** AWS's own lists alone. */
export function describePrefixLists(
  _world: World,
  input: EC2.DescribePrefixListsRequest,
  { realm }: Call,
): EC2.DescribePrefixListsResult {
  const views = managedPrefixLists(realm.region).map(({ id, name, cidrs }) => ({
    PrefixListId: id,
    PrefixListName: name,
    Cidrs: [...cidrs],
  }));
  const { items, more } = select(views, NOUN, { ...input, ids: input.PrefixListIds });
  return { PrefixLists: items, ...more };
}

export function describeManagedPrefixLists(
  world: World,
  input: EC2.DescribeManagedPrefixListsRequest,
  { realm }: Call,
): EC2.DescribeManagedPrefixListsResult {
  const views = [...awsLists(realm), ...ownLists(world, realm)];
  const { items, more } = select(views, MANAGED_NOUN, { ...input, ids: input.PrefixListIds });
  return { PrefixLists: items, ...more };
}

function awsLists({ region }: Realm): EC2.ManagedPrefixList[] {
  return managedPrefixLists(region).map(({ id, name }) => ({
    PrefixListId: id,
    PrefixListName: name,
    PrefixListArn: `arn:aws:ec2:${region}:aws:prefix-list/${id}`,
    AddressFamily: 'IPv4',
    State: 'create-complete',
    OwnerId: 'AWS',
    Tags: [],
  }));
}

function ownLists(world: World, realm: Realm): EC2.ManagedPrefixList[] {
  return [...resourcesOf(world, realm, PREFIX_LIST)].map((record) => ({
    PrefixListId: record.id,
    PrefixListName: textOf(record, 'PrefixListName'),
    PrefixListArn: record.arn,
    AddressFamily: textOf(record, 'AddressFamily'),
    State: 'create-complete',
    MaxEntries: Number(record.properties['MaxEntries'] ?? 0),
    Version: 1,
    OwnerId: realm.account,
    Tags: tagList(record.tags),
  }));
}
