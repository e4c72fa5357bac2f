import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import type { Behaviours, Refusal } from './behaviour.ts';
import { hasImages, imagesOf, imageTable, imageKey } from './ecr-image.ts';

export const REPOSITORY = 'AWS::ECR::Repository';

export const ecr: Behaviours = {
  [REPOSITORY]: {
    make(making) {
      const { account, region } = making.realm;
      const name = making.name('RepositoryName');
      return {
        id: name,
        attributes: { RepositoryUri: `${account}.dkr.ecr.${region}.amazonaws.com/${name}` },
        properties: { RegistryId: account },
      };
    },
    refuseCreate: (making) =>
      making.text('RepositoryName') === undefined ? undefined : badName(making.name('RepositoryName')),
    taken: (id) => ({
      text: `The repository with name '${id}' already exists in the registry`,
      code: 'RepositoryAlreadyExistsException',
    }),
    refuseDelete(world, realm, { id, properties }) {
      return String(properties['EmptyOnDelete']) === 'true' ? undefined : notEmpty(world, realm, id);
    },
    gone: dropImages,
  },
};

/** Why a repository cannot be deleted as long as nobody insists. */
export function notEmpty(world: World, realm: Realm, name: string): Refusal | undefined {
  if (!hasImages(world, realm, name)) return undefined;
  return {
    text: `The repository with name '${name}' in registry with id '${realm.account}' cannot be deleted because it still contains images`,
    handlerErrorCode: 'GeneralServiceException',
    code: 'RepositoryNotEmptyException',
  };
}

export function dropImages(world: World, realm: Realm, { id }: Pick<Resource, 'id'>): void {
  for (const { digest } of [...imagesOf(world, realm, id)]) imageTable(world, realm).delete(imageKey(id, digest));
}

const NAME = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

function badName(name: string): Refusal | undefined {
  if (NAME.test(name) && name.length >= 2) return undefined;
  return {
    text: "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*''",
    handlerErrorCode: 'InvalidRequest',
    code: 'InvalidParameterException',
  };
}
