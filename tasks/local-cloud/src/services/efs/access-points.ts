import type * as EFS from '@aws-sdk/client-efs';
import { ACCESS_POINT } from '../../catalog/efs/access-point.ts';
import { stateOf } from '../../catalog/efs/life-cycle.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import type { Call, Realm, World } from '../../world.ts';
import { create, removeLater, textOf } from '../ec2/own-records.ts';
import { tagList } from '../tag-list.ts';
import { tokenPage } from './efs-page.ts';
import { accessPointOf, badRequest, bareId, fileSystemOf } from './find.ts';
import { checkedTags } from './tags.ts';

export function createAccessPoint(
  world: World,
  input: EFS.CreateAccessPointRequest,
  { realm }: Call,
): EFS.AccessPointDescription {
  const { FileSystemId, ClientToken, PosixUser, RootDirectory, Tags } = input;
  const properties = {
    FileSystemId: bareId(FileSystemId),
    ClientToken,
    PosixUser: numbersAs(String, PosixUser),
    RootDirectory: numbersAs(String, RootDirectory),
  };
  return accessPointView(world, realm, create(world, realm, ACCESS_POINT, properties, checkedTags(Tags)));
}

export function describeAccessPoints(
  world: World,
  input: EFS.DescribeAccessPointsRequest,
  { realm }: Call,
): EFS.DescribeAccessPointsResponse {
  const { items, more } = tokenPage(chosen(world, realm, input), input);
  return { ...more, AccessPoints: items.map((record) => accessPointView(world, realm, record)) };
}

export function deleteAccessPoint(world: World, input: EFS.DeleteAccessPointRequest, { realm }: Call): object {
  const { id } = accessPointOf(world, realm, input.AccessPointId);
  if (stateOf(world, realm, id) !== 'deleting') removeLater(world, realm, ACCESS_POINT, id);
  return {};
}

function chosen(
  world: World,
  realm: Realm,
  { AccessPointId, FileSystemId }: EFS.DescribeAccessPointsRequest,
): readonly Resource[] {
  if (AccessPointId !== undefined && FileSystemId !== undefined) {
    throw badRequest('Request cannot contain both a file system ID and an access point ID.');
  }
  if (AccessPointId !== undefined) return [accessPointOf(world, realm, AccessPointId)];
  const all = [...resourcesOf(world, realm, ACCESS_POINT)];
  if (FileSystemId === undefined) return all;
  const home = fileSystemOf(world, realm, FileSystemId).id;
  return all.filter(({ properties }) => properties['FileSystemId'] === home);
}

function accessPointView(world: World, realm: Realm, record: Resource): EFS.AccessPointDescription {
  const { id, arn, properties, tags } = record;
  const root = numbersAs(Number, properties['RootDirectory']) as EFS.RootDirectory | undefined;
  return {
    ClientToken: textOf(record, 'ClientToken') ?? id,
    Name: tags['Name'],
    Tags: tagList(tags),
    AccessPointId: id,
    AccessPointArn: arn,
    FileSystemId: textOf(record, 'FileSystemId'),
    PosixUser: numbersAs(Number, properties['PosixUser']) as EFS.PosixUser | undefined,
    RootDirectory: { ...root, Path: root?.Path ?? '/' },
    OwnerId: realm.account,
    LifeCycleState: stateOf(world, realm, id) as EFS.LifeCycleState,
  };
}

/** Users and groups are numbers in the API and text in templates. */
function numbersAs(form: typeof Number | typeof String, value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => numbersAs(form, one, name));
  if (typeof value === 'object' && value !== null) {
    const given = Object.entries(value).filter(([, one]) => one !== undefined);
    return Object.fromEntries(given.map(([key, one]) => [key, numbersAs(form, one, key)]));
  }
  return /[UG]ids?$/.test(name) ? form(value) : value;
}
