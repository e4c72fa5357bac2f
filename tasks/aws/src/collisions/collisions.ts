import type { Blocker, Collisions, ResolvedStack } from '@roundtrip/engine';
import { createStackFacts } from '../blockers/stack-facts.ts';
import type { CallCounter } from '../call-counter.ts';
import type { ClientSettings } from '../client-settings.ts';
import { classed } from '../cloud-error.ts';
import type { NameKind } from './name-kind.ts';

/**
 * Who bears the names that templates give to log groups, secrets and buckets: the things that outlive a teardown, or
 * whose names do. Clients are loaded with the first collision.
 */
export function createCollisions(settings: ClientSettings, counter: CallCounter, account: string): Collisions {
  let loaded: Promise<ReadonlyMap<string, NameKind>> | undefined;
  const kinds = (): Promise<ReadonlyMap<string, NameKind>> => (loaded ??= loadKinds(settings, counter));
  return {
    find: (environment, stack) =>
      classed(async () => await findAll(await kinds(), { environment, stack, account, region: settings.region })),
    clear: ({ resourceType, physicalId, remedy }) =>
      classed(async () => {
        if ('clear' in remedy) await (await kinds()).get(resourceType)?.clear(physicalId);
      }),
  };
}

async function loadKinds(settings: ClientSettings, counter: CallCounter): Promise<ReadonlyMap<string, NameKind>> {
  const facts = createStackFacts(settings, counter);
  const [{ createLogGroups }, { createSecrets }, { createBuckets }] = await Promise.all([
    import('./log-groups.ts'),
    import('./secrets.ts'),
    import('./buckets.ts'),
  ]);
  return new Map([
    ['AWS::Logs::LogGroup', createLogGroups(settings, counter, facts)],
    ['AWS::SecretsManager::Secret', createSecrets(settings, counter, facts)],
    ['AWS::S3::Bucket', createBuckets(settings, counter, facts)],
  ]);
}

async function findAll(
  kinds: ReadonlyMap<string, NameKind>,
  asked: {
    readonly environment: string;
    readonly stack: ResolvedStack;
    readonly account: string;
    readonly region: string;
  },
): Promise<readonly Blocker[]> {
  const { environment, stack, account, region } = asked;
  const { evaluatedResources } = await import('../evaluated-resources.ts');
  const pseudo = { 'AWS::Region': region, 'AWS::AccountId': account };
  const found: Blocker[] = [];
  for (const { logicalId, type, properties } of evaluatedResources(stack, pseudo)) {
    const kind = kinds.get(type);
    const name = kind === undefined ? undefined : properties[kind.property];
    // A name that CloudFormation makes up collides with nobody's.
    if (kind === undefined || typeof name !== 'string') continue;
    const bearer = await kind.bearer({ environment, stack: stack.name, name });
    if (bearer === undefined) continue;
    found.push({ stack: stack.name, logicalId, resourceType: type, physicalId: name, ...bearer });
  }
  return found;
}
