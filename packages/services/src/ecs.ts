/** What the hooks need of ECS, so that tests can stand in for it. */
export interface Ecs {
  /** The services that exist, by ECS name; those that are inactive or unknown are left out. */
  describe(cluster: string, names: readonly string[]): Promise<ServiceState[]>;
  setDesiredCount(cluster: string, name: string, count: number): Promise<void>;
}

export interface ServiceState {
  /** ECS name. */
  readonly name: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly deployments: readonly Deployment[];
  /** The newest thing that ECS says about the service. */
  readonly lastEvent?: string;
}

export interface Deployment {
  readonly status: string;
  readonly rollout?: string;
  readonly reason?: string;
}
