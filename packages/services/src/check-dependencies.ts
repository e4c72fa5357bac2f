import { findRing } from '@roundtrip/environment';
import type { Problem } from '@roundtrip/problem';
import type { ReadService } from './read-services.ts';
import { unknownService } from './unknown-service.ts';

export function dependencyProblems({ service, yaml }: ReadService, names: readonly string[]): Problem[] {
  return service.dependsOn.flatMap((name, index): Problem[] =>
    names.includes(name) ? [] : [unknownService(name, names, yaml.placeOf(['dependsOn', index]))],
  );
}

/** A value of another service needs that service first, and the file says so where people look for it. */
export function referenceProblems({ service, yaml }: ReadService, names: readonly string[]): Problem[] {
  const values = [
    ...Object.entries(service.environment).map(([key, value]) => ({ path: ['environment', key], value })),
    ...Object.entries(service.secrets).map(([key, value]) => ({ path: ['secrets', key], value })),
  ];
  return values.flatMap(({ path, value }): Problem[] => {
    if (typeof value !== 'object' || !('from' in value) || !value.from.startsWith('services/')) return [];
    const name = value.from.slice('services/'.length);
    const place = yaml.placeOf([...path, 'from']);
    if (!names.includes(name)) return [unknownService(name, names, place)];
    if (service.dependsOn.includes(name)) return [];
    return [
      {
        code: 'missing-dependency',
        place,
        what: `${path.join('.')} comes from ${name}, but dependsOn does not name it`,
        next: `add "dependsOn: [${[...service.dependsOn, name].join(', ')}]"`,
      },
    ];
  });
}

export function ringProblems(services: readonly ReadService[]): Problem[] {
  const ring = findRing(services.map(({ service }) => ({ name: service.name, dependsOn: service.dependsOn })));
  const first = services.find(({ service }) => service.name === ring?.[0]);
  if (!ring || !first) return [];
  return [
    {
      code: 'dependency-ring',
      place: first.yaml.placeOfKey(['dependsOn']),
      what: `services depend on each other in a ring: ${ring.join(' → ')}`,
      why: 'none of them could be started first',
      next: 'take one of the arrows out of its dependsOn',
    },
  ];
}
