import type { Service } from '../world.ts';

/** How to come by a service's behaviour; nothing of it is loaded before the first request for it. */
export type Registry = Readonly<Record<string, () => Promise<Service>>>;

/** Every simulated service, by the name that its requests are signed with. */
export const services: Registry = {
  s3: async () => (await import('./s3/service.ts')).s3,
  sts: async () => (await import('./sts/service.ts')).sts,
};
