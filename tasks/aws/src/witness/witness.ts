import type { Witness } from '@roundtrip/engine';
import type { CallCounter } from '../call-counter.ts';
import type { ClientSettings } from '../client-settings.ts';

/** Who knows more of failed resources than AWS's reasons say: ECS, so far. Loaded with the first failure of a service. */
export function createWitness(settings: ClientSettings, counter: CallCounter): Witness {
  let ecs: Promise<Witness> | undefined;
  return {
    async testify(resource) {
      if (resource.resourceType !== 'AWS::ECS::Service') return [];
      ecs ??= import('./ecs-witness.ts').then(({ createEcsWitness }) => createEcsWitness(settings, counter));
      return await (await ecs).testify(resource);
    },
  };
}
