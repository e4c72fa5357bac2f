import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { IAMClient } from '@aws-sdk/client-iam';
import type { Hook } from '@roundtrip/environment';
import { prepareAccount } from '../src/prepare-account.ts';

const beforeUp: Hook = async (context) => {
  const iam = new IAMClient(context.aws);
  const logs = new CloudWatchLogsClient(context.aws);
  try {
    await prepareAccount(context, { iam, logs });
  } finally {
    iam.destroy();
    logs.destroy();
  }
};

export default beforeUp;
