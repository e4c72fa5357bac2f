import type { LayerContext } from '@roundtrip/environment';
import type { Problem } from '@roundtrip/problem';
import type { ServicesConfig } from './config.ts';
import { FARGATE_CPUS, fargateMemoryMb, nearestFargateSize } from './fargate-size.ts';
import type { ReadService } from './read-services.ts';
import { sizedService } from './sized-service.ts';
import type { Path } from './yaml-file.ts';

type Context = LayerContext<ServicesConfig>;

/** Sizes after the environment's overrides: what Fargate offers, and the limits. */
export function sizeProblems(read: ReadService, context: Context): Problem[] {
  const sized = sizedService(read.service, context.config);
  const { cpu, memoryMb } = sized;
  const memories = fargateMemoryMb(cpu);
  const problems = limitProblems(read, context);
  if (memories?.includes(memoryMb)) return problems;
  const fit = nearestFargateSize(cpu, memoryMb);
  return [
    {
      code: 'fargate-size',
      place: placeOfSize(read, context, memories ? 'memoryMb' : 'cpu'),
      what: memories
        ? `Fargate has no task with cpu ${cpu} and memoryMb ${memoryMb}`
        : `cpu is ${cpu}, but Fargate has ${FARGATE_CPUS.join(', ')}`,
      ...(memories && { why: `with cpu ${cpu} it has memoryMb ${span(memories)}` }),
      ...(fit && { next: `write "cpu: ${fit.cpu}" and "memoryMb: ${fit.memoryMb}"` }),
    },
    ...problems,
  ];
}

function limitProblems({ service, yaml }: ReadService, context: Context): Problem[] {
  const own = context.config.overrides[service.name] ?? {};
  const counted = own.count !== undefined || own.autoscaling !== undefined;
  const inFile = (path: Path) => yaml.placeOf(path);
  const inEnv = (path: Path) => context.placeOf(['overrides', service.name, ...path]);
  const given = [
    { key: 'count', path: ['count'], value: counted ? undefined : service.count, at: inFile },
    { key: 'count', path: ['autoscaling', 'max'], value: counted ? undefined : service.autoscaling?.max, at: inFile },
    { key: 'cpu', path: ['cpu'], value: own.cpu === undefined ? service.cpu : undefined, at: inFile },
    {
      key: 'memoryMb',
      path: ['memoryMb'],
      value: own.memoryMb === undefined ? service.memoryMb : undefined,
      at: inFile,
    },
    { key: 'count', path: ['count'], value: own.count, at: inEnv },
    { key: 'count', path: ['autoscaling', 'max'], value: own.autoscaling?.max, at: inEnv },
    { key: 'cpu', path: ['cpu'], value: own.cpu, at: inEnv },
    { key: 'memoryMb', path: ['memoryMb'], value: own.memoryMb, at: inEnv },
  ] as const;
  return given.flatMap(({ key, path, value, at }): Problem[] => {
    const limit = context.config.limits[key];
    if (value === undefined || value <= limit) return [];
    const place = at(path);
    return [
      {
        code: 'beyond-limit',
        ...(place && { place }),
        what: `${path.join('.')} is ${value}, more than this layer's limit of ${limit}`,
        next: raiseWords(key, value, context),
      },
    ];
  });
}

const raiseWords = (key: string, value: number, context: Context) =>
  `if that is meant, write "limits: { ${key}: ${value} }" under services in envs/${context.environment.name}.yaml`;

/** The count of services whose file gives none. */
export function defaultCountProblems(context: Context): Problem[] {
  const { count, limits } = context.config;
  if (count <= limits.count) return [];
  const place = context.placeOf(['count']);
  return [
    {
      code: 'beyond-limit',
      ...(place && { place }),
      what: `services.count is ${count}, more than this layer's limit of ${limits.count}`,
      next: raiseWords('count', count, context),
    },
  ];
}

function placeOfSize(read: ReadService, context: Context, key: 'cpu' | 'memoryMb'): NonNullable<Problem['place']> {
  const own = context.config.overrides[read.service.name];
  const inEnv = own?.[key] === undefined ? undefined : context.placeOf(['overrides', read.service.name, key]);
  return inEnv ?? read.yaml.placeOf([key]);
}

const span = (values: readonly number[]) =>
  values.length <= 4 ? values.join(', ') : `${values[0]}, ${values[1]} … ${values.at(-1)}`;
