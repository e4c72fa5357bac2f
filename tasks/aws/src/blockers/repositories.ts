import { BatchDeleteImageCommand, ECRClient, paginateListImages } from '@aws-sdk/client-ecr';
import type { CloudError, MayWrite } from '@roundtrip/engine';
import { formatCount } from '@roundtrip/view';
import type { CallCounter } from '../call-counter.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import { refusalOf } from '../cloud-error.ts';
import { batches } from './batches.ts';
import { ifThere } from '../if-there.ts';
import type { BlockerKind } from './kind.ts';

/** The most that BatchDeleteImage takes. */
const BATCH_IMAGES = 100;
/** An image of several platforms goes before those it is made of; lists of lists are no deeper than this. */
const ROUNDS_MAX = 4;

/** CloudFormation deletes no repository with images in it, unless its template says EmptyOnDelete. */
export function createRepositories(settings: ClientSettings, counter: CallCounter): BlockerKind {
  const ecr = clientOf(ECRClient, 'ecr', settings, counter);
  return {
    async look({ physicalId: name }) {
      const images = (await digests(ecr, name)).length;
      return images === 0 ? [] : [{ what: `repository ${name} holds ${formatCount(images, 'image')}` }];
    },
    async clear({ physicalId: name }, mayWrite) {
      let refused: CloudError | undefined;
      for (let round = 0; round < ROUNDS_MAX; round += 1) {
        const images = await digests(ecr, name);
        if (images.length === 0) return;
        refused = await deleteImages({ ecr, repositoryName: name, mayWrite }, images);
      }
      if (refused !== undefined) throw refused;
    },
  };
}

/** Of every image, however many tags it has. */
async function digests(ecr: ECRClient, repositoryName: string): Promise<readonly string[]> {
  const found = new Set<string>();
  await ifThere(async () => {
    for await (const { imageIds = [] } of paginateListImages({ client: ecr }, { repositoryName })) {
      for (const { imageDigest } of imageIds) if (imageDigest !== undefined) found.add(imageDigest);
    }
  });
  return [...found];
}

/** @returns the first refusal */
async function deleteImages(
  {
    ecr,
    repositoryName,
    mayWrite,
  }: { readonly ecr: ECRClient; readonly repositoryName: string; readonly mayWrite: MayWrite },
  images: readonly string[],
): Promise<CloudError | undefined> {
  let refused: CloudError | undefined;
  for (const batch of batches(images, BATCH_IMAGES)) {
    await mayWrite();
    const imageIds = batch.map((imageDigest) => ({ imageDigest }));
    const answer = await ifThere(() => ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds })));
    const failure = answer?.failures?.find(({ failureCode }) => failureCode !== 'ImageNotFound');
    if (failure === undefined) continue;
    const text = `${failure.failureReason} (${failure.imageId?.imageDigest} of repository ${repositoryName})`;
    refused ??= refusalOf(failure.failureCode ?? 'Unknown', text);
  }
  return refused;
}
