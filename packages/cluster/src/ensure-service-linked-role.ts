import {
  CreateServiceLinkedRoleCommand,
  GetRoleCommand,
  type CreateServiceLinkedRoleCommandOutput,
  type GetRoleCommandOutput,
} from '@aws-sdk/client-iam';
import { EXIT, ProblemError } from '@roundtrip/problem';

const SERVICE = 'ecs.amazonaws.com';
const ROLE = 'AWSServiceRoleForECS';
const COMMAND = `aws iam create-service-linked-role --aws-service-name ${SERVICE}`;

/** IAM takes a moment until a new role is seen everywhere. */
const LOOKS_MAX = 20;
const LOOK_AGAIN_MS = 3000;

/** As much of the IAM client as this needs. */
export interface Iam {
  send(command: GetRoleCommand): Promise<GetRoleCommandOutput>;
  send(command: CreateServiceLinkedRoleCommand): Promise<CreateServiceLinkedRoleCommandOutput>;
}

interface Ports {
  readonly iam: Iam;
  log(line: string): void;
  /** Called before the role is made. */
  beforeWrite(resource: string, operation: string): Promise<void>;
  sleep(ms: number): Promise<void>;
}

/**
 * Makes sure that the service-linked role of ECS exists before the first service of an account is made. ECS would make
 * it by itself, but too late: the account's first service fails with "Unable to assume the service linked role. Please
 * verify that the ECS service linked role exists."
 *
 * Who may not look at roles goes on with a line of warning; who may not make the role, or does not see it within a
 * minute, gets a ProblemError.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html
 */
export async function ensureServiceLinkedRole(ports: Ports): Promise<void> {
  const found = await look(ports.iam);
  if (found === 'here') return;
  if (found === 'denied') {
    ports.log(`may not look whether ${ROLE} exists; if the first service fails for want of it, type: ${COMMAND}`);
    return;
  }
  await ports.beforeWrite(ROLE, 'CreateServiceLinkedRole');
  await create(ports.iam);
  ports.log(`made ${ROLE}, which this account's first service would have missed`);
  await waitUntilSeen(ports);
}

async function look(iam: Iam): Promise<'here' | 'missing' | 'denied'> {
  try {
    await iam.send(new GetRoleCommand({ RoleName: ROLE }));
    return 'here';
  } catch (error) {
    if (nameOf(error).startsWith('NoSuchEntity')) return 'missing';
    if (nameOf(error).startsWith('AccessDenied')) return 'denied';
    throw error;
  }
}

async function create(iam: Iam): Promise<void> {
  try {
    await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: SERVICE }));
  } catch (error) {
    // Somebody else, or ECS itself, made it between the look and now.
    if (nameOf(error).startsWith('InvalidInput') && messageOf(error).includes('has been taken')) return;
    if (!nameOf(error).startsWith('AccessDenied')) throw error;
    const problem = {
      code: 'service-linked-role-denied',
      what: `${ROLE} is missing in this account and may not be made: ${messageOf(error)}`,
      why: 'without it the first ECS service of the account fails',
      next: `let somebody with the right to it type: ${COMMAND}`,
    };
    throw new ProblemError(problem, EXIT.failed, { cause: error });
  }
}

async function waitUntilSeen({ iam, sleep }: Ports): Promise<void> {
  for (let looks = 1; looks <= LOOKS_MAX; looks += 1) {
    if ((await look(iam)) === 'here') return;
    await sleep(LOOK_AGAIN_MS);
  }
  const problem = {
    code: 'service-linked-role-unseen',
    what: `${ROLE} was made, but IAM does not show it after ${(LOOKS_MAX * LOOK_AGAIN_MS) / 1000} seconds`,
    next: `type: aws iam get-role --role-name ${ROLE}, and run again once it answers`,
  };
  throw new ProblemError(problem, EXIT.failed);
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
