import { formatPlace, type Problem } from '@roundtrip/problem';
import { listenerPriority } from './listener-priority.ts';
import type { ReadService } from './read-services.ts';

export function duplicatePaths(services: readonly ReadService[]): Problem[] {
  return duplicates(services, ({ service }) => service.path).map(({ read, first, value }) => ({
    code: 'duplicate-path',
    place: read.yaml.placeOf(['path']),
    what: `path ${JSON.stringify(value)} is taken by ${first.service.name} (${formatPlace(first.yaml.placeOf(['path']))})`,
    next: 'give one of the two services another path',
  }));
}

export function duplicatePriorities(services: readonly ReadService[]): Problem[] {
  const priorityOf = ({ service }: ReadService) =>
    service.path === undefined ? undefined : (service.priority ?? listenerPriority(service.path));
  return duplicates(services, priorityOf)
    .filter(({ read, first }) => read.service.path !== first.service.path)
    .map(({ read, first, value }) => ({
      code: 'duplicate-priority',
      place: read.yaml.placeOf(read.service.priority === undefined ? ['path'] : ['priority']),
      what: `the listener rule of ${read.service.name} would have priority ${value}, which ${first.service.name} has`,
      why: 'a listener takes each priority once; it follows from the path where the file gives none',
      next: `write "priority: ${Number(value) + 1}" in one of the two files`,
    }));
}

function duplicates<Value>(
  services: readonly ReadService[],
  valueOf: (read: ReadService) => Value | undefined,
): { read: ReadService; first: ReadService; value: Value }[] {
  const seen = new Map<Value, ReadService>();
  return services.flatMap((read) => {
    const value = valueOf(read);
    if (value === undefined) return [];
    const first = seen.get(value);
    if (first) return [{ read, first, value }];
    seen.set(value, read);
    return [];
  });
}
