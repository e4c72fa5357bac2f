import { EFSClient, paginateDescribeFileSystems } from '@aws-sdk/client-efs';
import type { CallCounter } from '../call-counter.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import { arnOf, tagsOf, type Scope, type Sighting } from './sighting.ts';

const GIB = 1024 ** 3;

export async function findFileSystems(
  settings: ClientSettings,
  counter: CallCounter,
  { region, account }: Scope,
): Promise<readonly Sighting[]> {
  const client = clientOf(EFSClient, 'elasticfilesystem', settings, counter);
  const found: Sighting[] = [];
  for await (const { FileSystems = [] } of paginateDescribeFileSystems({ client }, {})) {
    for (const one of FileSystems) {
      const { FileSystemId: id = '', OwnerId: owner = account, Name = '', CreationToken = '', SizeInBytes } = one;
      const arn = one.FileSystemArn ?? arnOf('elasticfilesystem', region, owner, `file-system/${id}`);
      // Storage in one zone, and what was moved to the cold classes, costs less.
      const quantity = (SizeInBytes?.ValueInStandard ?? SizeInBytes?.Value ?? 0) / GIB;
      const charge = one.AvailabilityZoneName === undefined ? { charge: { row: 'efs-standard', quantity } } : {};
      const names = [Name, CreationToken];
      found.push({ arn, type: 'AWS::EFS::FileSystem', id, names, tags: tagsOf(one.Tags), owner, ...charge });
    }
  }
  return found;
}
