import type { HookContext } from '@roundtrip/environment';

export interface NamedService {
  /** As its file has it. */
  readonly name: string;
  /** The ECS service. */
  readonly ecsName: string;
  readonly logGroup: string;
}

/**
 * Reads from the stacks' outputs which ECS services this layer has in the environment; scheduled tasks are none.
 * Undefined where there is no cluster, because then there is nothing to ask ECS about.
 */
export function layerServices(context: HookContext): { cluster: string; services: NamedService[] } | undefined {
  const { environment, layer, outputs } = context;
  const cluster = outputs[`${environment.name}-cluster`]?.['ClusterName'];
  if (cluster === undefined) return undefined;
  const prefix = `${environment.name}-${layer}-`;
  const services = Object.entries(outputs).flatMap(([stack, values]): NamedService[] => {
    const ecsName = values['ServiceName'];
    if (!stack.startsWith(prefix) || ecsName === undefined) return [];
    return [{ name: stack.slice(prefix.length), ecsName, logGroup: values['LogGroupName'] ?? `/${stack}` }];
  });
  return { cluster, services: services.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
