import type { Service } from '../world.ts';

/** How to come by a service's behaviour; nothing of it is loaded before the first request for it. */
export type Registry = Readonly<Record<string, () => Promise<Service>>>;

/** Every simulated service, by the name that its requests are signed with. */
export const services: Registry = {
  'application-autoscaling': async () => (await import('./application-autoscaling/service.ts')).applicationAutoscaling,
  cloudformation: async () => (await import('./cloudformation/service.ts')).cloudformation,
  cloudcontrolapi: async () => (await import('./cloudcontrol/service.ts')).cloudcontrol,
  ec2: async () => (await import('./ec2/service.ts')).ec2,
  ecr: async () => (await import('./ecr/service.ts')).ecr,
  ecs: async () => (await import('./ecs/service.ts')).ecs,
  elasticfilesystem: async () => (await import('./efs/service.ts')).efs,
  elasticloadbalancing: async () => (await import('./elbv2/service.ts')).elbv2,
  iam: async () => (await import('./iam/service.ts')).iam,
  kms: async () => (await import('./kms/service.ts')).kms,
  logs: async () => (await import('./logs/service.ts')).logs,
  monitoring: async () => (await import('./cloudwatch/service.ts')).cloudwatch,
  rds: async () => (await import('./rds/service.ts')).rds,
  route53: async () => (await import('./route53/service.ts')).route53,
  s3: async () => (await import('./s3/service.ts')).s3,
  scheduler: async () => (await import('./scheduler/service.ts')).scheduler,
  secretsmanager: async () => (await import('./secretsmanager/service.ts')).secretsmanager,
  servicediscovery: async () => (await import('./servicediscovery/service.ts')).serviceDiscovery,
  ssm: async () => (await import('./ssm/service.ts')).ssm,
  sts: async () => (await import('./sts/service.ts')).sts,
  tagging: async () => (await import('./tagging/service.ts')).tagging,
};
