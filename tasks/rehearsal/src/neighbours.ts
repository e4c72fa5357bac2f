import { TAG } from '@roundtrip/engine';
import { invoker } from '@roundtrip/local-cloud';
import { ACCOUNT, REGION, type Stage } from './stage.ts';

/** Who else lives in the account: production, and an environment whose name begins like ours. */
const NEIGHBOURS = [
  { environment: 'prod', stack: 'prod-l0', protect: true },
  { environment: 'stage-two', stack: 'stage-two-l0', protect: false },
] as const;

export const NEIGHBOUR_STACKS: readonly string[] = NEIGHBOURS.map(({ stack }) => stack);
/** What their stacks hold, by the beginning of the ARN. */
export const NEIGHBOUR_TOPICS: readonly string[] = NEIGHBOURS.map(
  ({ stack }) => `arn:aws:sns:${REGION}:${ACCOUNT}:${stack}-Topic-`,
);
/** Names like those that a sweep looks for. */
export const NEIGHBOUR_GROUPS: readonly string[] = NEIGHBOURS.map(({ stack }) => `/${stack}/flow`);

const SETTLE_MS = 600_000;

/** Makes what no run may ever touch. */
export async function moveIn({ cloud, clock }: Stage): Promise<void> {
  const ask = invoker(cloud, { accessKeyId: ACCOUNT, region: REGION });
  for (const { environment, stack, protect } of NEIGHBOURS) {
    const TemplateBody = JSON.stringify({
      Resources: {
        Flow: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: `/${stack}/flow` } },
        Topic: { Type: 'AWS::SNS::Topic' },
      },
    });
    await ask('cloudformation', 'CreateStack', {
      ...{ StackName: stack, TemplateBody, EnableTerminationProtection: protect },
      Tags: [
        { Key: TAG.environment, Value: environment },
        { Key: TAG.layer, Value: 'l0' },
      ],
    });
  }
  await clock.sleep(SETTLE_MS);
}
