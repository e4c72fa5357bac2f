import type { LayerContext } from '@roundtrip/environment';
import type { Problem } from '@roundtrip/problem';
import { dependencyProblems, referenceProblems, ringProblems } from './check-dependencies.ts';
import { duplicatePaths, duplicatePriorities } from './check-duplicates.ts';
import { overrideProblems } from './check-overrides.ts';
import { shapeProblems, slotProblems } from './check-shape.ts';
import { defaultCountProblems, sizeProblems } from './check-sizes.ts';
import type { ServicesConfig } from './config.ts';
import { readServices } from './read-services.ts';

/** Every problem of the services' files and of the environment's overrides, all at once. */
export function checkServices(context: LayerContext<ServicesConfig>): Problem[] {
  const { services, problems } = readServices(context);
  const names = context
    .listFiles('services')
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.replace(/\.yaml$/, ''));
  return [
    ...problems,
    ...services.flatMap((one) => [
      ...shapeProblems(one),
      ...dependencyProblems(one, names),
      ...referenceProblems(one, names),
      ...slotProblems(one),
      ...sizeProblems(one, context),
    ]),
    ...ringProblems(services),
    ...duplicatePaths(services),
    ...duplicatePriorities(services),
    ...overrideProblems(services, names, context),
    ...defaultCountProblems(context),
  ];
}
