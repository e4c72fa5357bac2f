import type { SampleShape, SampleStack } from '@roundtrip/sample-project';

/** Depth of the services' own graph, and what each level takes. */
const LEVELS = [
  { createSeconds: 14, deleteSeconds: 8 },
  { createSeconds: 12, deleteSeconds: 7 },
  { createSeconds: 11, deleteSeconds: 6 },
  { createSeconds: 9, deleteSeconds: 5 },
] as const;

/**
 * Network, cluster, data, Jenkins and `services` services in four levels: the critical path is network, cluster and
 * one service of each level, 91 s up and 51 s down whatever the number of services.
 */
export function benchShape(services: number): SampleShape {
  const one = (layer: string, createSeconds: number, deleteSeconds: number): SampleStack => ({
    layer,
    name: '',
    createSeconds,
    deleteSeconds,
    dependsOn: [],
  });
  const each = Array.from({ length: services }, (_, index): SampleStack => {
    const level = index % LEVELS.length;
    // The first service of a level takes the whole time, the others a little less, so that ends do not coincide.
    const share = 1 - ((index >> 2) % 7) * 0.06;
    const { createSeconds, deleteSeconds } = LEVELS[level]!;
    return {
      layer: 'services',
      name: `s${index}`,
      createSeconds: createSeconds * share,
      deleteSeconds: deleteSeconds * share,
      dependsOn: level === 0 ? [] : [`s${index - 1}`],
    };
  });
  return {
    layers: {
      network: [],
      cluster: ['network'],
      data: ['network'],
      jenkins: ['cluster', 'network'],
      services: ['cluster', 'data', 'network'],
      destroy: ['cluster', 'data', 'jenkins', 'network', 'services'],
    },
    stacks: [one('network', 20, 10), one('cluster', 25, 15), one('data', 22, 14), one('jenkins', 18, 9), ...each],
  };
}
