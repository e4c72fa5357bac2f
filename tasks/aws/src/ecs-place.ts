export interface EcsPlace {
  readonly cluster: string;
  readonly service: string;
}

/** `arn:aws:ecs:eu-west-1:111111111111:service/cluster/name`; an account of before 2018 may leave out the cluster. */
export function ecsPlaceOf(arn: string): EcsPlace {
  const [, first = 'default', second] = arn.split('/');
  return second === undefined ? { cluster: 'default', service: first } : { cluster: first, service: second };
}
