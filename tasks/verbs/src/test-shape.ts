import type { SampleShape, SampleStack } from '@roundtrip/sample-project';

const SECONDS = { createSeconds: 30, deleteSeconds: 20, dependsOn: [] };

export function stack(layer: string, name: string, more: Partial<SampleStack> = {}): SampleStack {
  return { layer, name, ...SECONDS, ...more };
}

/** Layers in a diamond, and services with a graph of their own; the last layer depends on all of them. */
export const DIAMOND: SampleShape = {
  layers: {
    network: [],
    cluster: ['network'],
    data: ['network'],
    services: ['cluster', 'data', 'network'],
    destroy: ['cluster', 'data', 'network', 'services'],
  },
  stacks: [
    stack('network', ''),
    stack('cluster', '', { reads: ['network'] }),
    stack('data', '', { hasSetting: true, reads: ['network'] }),
    stack('services', 'api', { reads: ['cluster', 'data'] }),
    stack('services', 'worker', { dependsOn: ['api'] }),
    stack('services', 'web', { reads: ['services/api'], hasSetting: true }),
    stack('services', 'cron'),
  ],
};
