import type { ServicesConfig } from './config.ts';
import type { Service } from './service-file.ts';

export interface SizedService extends Service {
  /** Tasks to run; the minimum where the number follows the CPU. */
  readonly count: number;
}

/** A service as it is in one environment: its file, then what the environment says otherwise. */
export function sizedService(service: Service, config: ServicesConfig): SizedService {
  const own = config.overrides[service.name] ?? {};
  const { autoscaling: bounds, ...rest } = service;
  const scaling = own.count === undefined ? (own.autoscaling ?? bounds) : own.autoscaling;
  return {
    ...rest,
    cpu: own.cpu ?? service.cpu,
    memoryMb: own.memoryMb ?? service.memoryMb,
    // A scheduled task has no number; a fixed one keeps its stack out of changes of the environment's count.
    count: service.schedule ? 0 : (own.count ?? scaling?.min ?? service.count ?? config.count),
    ...(scaling !== undefined && config.autoscaling && { autoscaling: scaling }),
  };
}

/** What a service is: behind the load balancer, reached from inside, reached by nobody, or started by the clock. */
export function kindOf(service: Service): 'http' | 'internal' | 'worker' | 'scheduled' {
  if (service.schedule !== undefined) return 'scheduled';
  if (service.path !== undefined) return 'http';
  return service.port === undefined ? 'worker' : 'internal';
}
