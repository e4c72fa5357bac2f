import type { LayerContext } from '@roundtrip/environment';
import type { Problem } from '@roundtrip/problem';
import type { ServicesConfig } from './config.ts';
import type { ReadService } from './read-services.ts';
import { unknownService } from './unknown-service.ts';

export function overrideProblems(
  services: readonly ReadService[],
  names: readonly string[],
  context: LayerContext<ServicesConfig>,
): Problem[] {
  return Object.entries(context.config.overrides).flatMap(([name, own]): Problem[] => {
    const place = context.placeOf(['overrides', name]);
    if (!names.includes(name)) return [unknownService(name, names, place)];
    const read = services.find(({ service }) => service.name === name);
    if (read?.service.schedule && (own.count !== undefined || own.autoscaling)) {
      return [
        {
          code: 'keys-exclude',
          ...(place && { place }),
          what: `${name} has a schedule, so it has no number of tasks to override`,
          next: `take "${own.count === undefined ? 'autoscaling' : 'count'}" out`,
        },
      ];
    }
    if (own.count === undefined || !own.autoscaling) return [];
    return [
      {
        code: 'keys-exclude',
        ...(place && { place }),
        what: `overrides.${name} has both count and autoscaling`,
        why: 'autoscaling decides the number of tasks',
        next: 'take one of the two out',
      },
    ];
  });
}
