/** What the hooks need of ECS, so that tests can stand in for it. */
export interface Ecs {
  /** The services that exist, by ECS name; those that are inactive or unknown are left out. */
  describe(cluster: string, names: readonly string[]): Promise<ServiceState[]>;
  setDesiredCount(cluster: string, name: string, count: number): Promise<void>;
  /** The tasks that belong to no service and have not stopped, those that are just stopping included. */
  looseTasks(cluster: string): Promise<LooseTask[]>;
  stopTask(cluster: string, arn: string, reason: string): Promise<void>;
}

/** A task that a schedule or a person has started. */
export interface LooseTask {
  readonly arn: string;
  /** Family of its task definition. */
  readonly family: string;
  /** Whether it was told to stop already. */
  readonly stopping: boolean;
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
