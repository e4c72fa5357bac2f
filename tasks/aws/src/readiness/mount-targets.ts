import { DescribeMountTargetsCommand, EFSClient } from '@aws-sdk/client-efs';
import type { ResourceState } from '@roundtrip/engine';
import { ifThere } from '../if-there.ts';
import type { CallCounter } from '../call-counter.ts';
import type { ClientSettings } from '../client-settings.ts';
import type { GateKind } from './gate-kind.ts';
import { pacedClient } from './paced-client.ts';

/** A task that mounts a file system before it can be reached does not start. EFS takes one id a call. */
export function createMountTargets(settings: ClientSettings, counter: CallCounter): GateKind {
  const efs = pacedClient(EFSClient, 'elasticfilesystem', settings, counter);
  return {
    async look(resources) {
      const states = new Map<string, ResourceState>();
      for (const { physicalId: MountTargetId } of resources) {
        const answer = await ifThere(() => efs.send(new DescribeMountTargetsCommand({ MountTargetId })));
        const [found] = answer?.MountTargets ?? [];
        if (found !== undefined) states.set(MountTargetId, stateOf(MountTargetId, found.LifeCycleState));
      }
      return states;
    },
  };
}

function stateOf(id: string, state = 'of no known state'): ResourceState {
  if (state === 'available') return 'ready';
  const text = `mount target ${id} is ${state}`;
  return state === 'error' || state === 'deleted' ? { fails: text } : { waits: text };
}
