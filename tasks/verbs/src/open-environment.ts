import { asRole, createAccountBucket, createCallCounter, createStackCloud } from '@roundtrip/aws';
import type { AccountBucket, CallCounter, ClientSettings } from '@roundtrip/aws';
import { ACCOUNT_RATE, RateBudget, rateAtSpeed } from '@roundtrip/engine';
import type { DesiredStack, Readiness, StackCloud } from '@roundtrip/engine';
import { allDesiredStacks, discoverLayers, readEnvironment } from '@roundtrip/environment';
import type { Environment, Layer } from '@roundtrip/environment';
import { builtModule } from './built-module.ts';
import { endpointOf } from './endpoint.ts';
import { createReadiness } from './readiness.ts';
import { realClock } from './real-clock.ts';

/** An environment that was read and found good, and a way into its account. Nothing has been written so far. */
export interface OpenEnvironment {
  readonly root: string;
  readonly layers: readonly Layer[];
  readonly environment: Environment;
  /** By layer, in the order of `layers`. */
  readonly desired: ReadonlyMap<string, readonly DesiredStack[]>;
  /** As the run acts: the environment's role where it has one. */
  readonly settings: ClientSettings;
  readonly counter: CallCounter;
  readonly cloud: StackCloud;
  /** Where leases and large templates are kept. */
  readonly bucket: AccountBucket;
  /** Cloud seconds in a real second: 1 on AWS. */
  readonly speed: number;
  /** In express mode: waits for what CloudFormation does not wait for there. */
  readonly readiness?: Readiness;
  /** Something to say before the run, such as that the local cloud was started. */
  readonly notices: readonly string[];
}

/**
 * Reads `envs/<name>.yaml` and every layer with it, and makes the clients for its account; starts the local cloud
 * where the environment lives in it.
 * @throws ProblemError with every problem of the files at once.
 */
export async function openEnvironment(root: string, name: string, env: NodeJS.ProcessEnv): Promise<OpenEnvironment> {
  const layers = await discoverLayers(root, builtModule);
  const environment = readEnvironment({ root, name, layers });
  const desired = allDesiredStacks(environment);
  const { settings: callerSettings, notices, speed } = await callerOf(root, environment, env);
  const counter = createCallCounter();
  const session = `roundtrip-${name}`;
  const { role, facts } = environment;
  const budget = new RateBudget(realClock, rateAtSpeed(ACCOUNT_RATE, speed));
  const paced = { ...callerSettings, pace: budget };
  const settings = role === undefined ? paced : asRole(paced, role, { session, counter, speed });
  const bucket = createAccountBucket(settings, facts.account, counter);
  const cloud = createStackCloud(settings, facts.account, counter, bucket);
  const open = { root, layers, environment, desired, settings, counter, cloud, bucket, speed, notices };
  return environment.mode === 'express' ? { ...open, readiness: createReadiness(root, name, open) } : open;
}

async function callerOf(
  root: string,
  environment: Environment,
  env: NodeJS.ProcessEnv,
): Promise<{ settings: ClientSettings; notices: string[]; speed: number }> {
  const { region, account, cloud } = environment.facts;
  if (cloud === 'aws') {
    const endpoint = endpointOf(env);
    return { settings: { region, ...(endpoint === undefined ? {} : { endpoint }) }, notices: [], speed: 1 };
  }
  // Loaded here alone: an environment on AWS has nothing to do with it.
  const { ensureRunning } = await import('@roundtrip/local-cloud/daemon');
  const { endpoint, startedNow, speed } = await ensureRunning({ root, env });
  // An access key of twelve digits is that account of the local cloud.
  const credentials = { accessKeyId: account, secretAccessKey: 'local' };
  const notices = startedNow ? [`local cloud started at ${endpoint}`] : [];
  return { settings: { region, endpoint, credentials }, notices, speed };
}
