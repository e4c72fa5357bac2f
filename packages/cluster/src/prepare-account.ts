import type { HookContext } from '@roundtrip/environment';
import { ensureServiceLinkedRole, type Iam } from './ensure-service-linked-role.ts';
import { removeStrayLogGroup, type Logs } from './remove-stray-log-group.ts';

/** Clears the way for the cluster's stack: see the two functions. Safe to run again at any point. */
export async function prepareAccount(
  context: HookContext,
  clients: { readonly iam: Iam; readonly logs: Logs },
): Promise<void> {
  await ensureServiceLinkedRole({
    iam: clients.iam,
    log: (line) => context.log(line),
    beforeWrite: (resource, operation) => context.beforeWrite(resource, operation),
    sleep: (ms) => context.sleep(ms),
  });
  const stack = `${context.environment.name}-${context.layer}`;
  // A stack that has outputs exists, and the group is its own.
  if (context.outputs[stack] !== undefined) return;
  const group = `/aws/ecs/containerinsights/${stack}/performance`;
  const isToGo = (): Promise<void> => context.beforeWrite(group, 'DeleteLogGroup');
  if (await removeStrayLogGroup(clients.logs, group, isToGo)) context.log(`removed ${group}, left by a teardown`);
}
