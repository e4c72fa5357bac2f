import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { isNamedAfter, TAG } from '@roundtrip/engine';
import { ifThere } from '../if-there.ts';
import type { StackFacts } from '../blockers/stack-facts.ts';
import type { CallCounter } from '../call-counter.ts';
import type { ClientSettings } from '../client-settings.ts';
import { pacedClient } from '../readiness/paced-client.ts';
import { ownerOf, ownerText, type NameKind } from './name-kind.ts';

/** A function or a task that writes once more after the teardown makes its log group again, without any tag. */
export function createLogGroups(settings: ClientSettings, counter: CallCounter, facts: StackFacts): NameKind {
  const logs = pacedClient(CloudWatchLogsClient, 'logs', settings, counter);
  return {
    property: 'LogGroupName',
    async bearer({ environment, stack, name }) {
      // The shortest name with a prefix comes first, so that the group itself is on the first page or nowhere.
      const page = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 1 }));
      const [group] = page.logGroups ?? [];
      if (group?.logGroupName !== name) return undefined;
      const resourceArn = (group.arn ?? '').replace(/:\*$/, '');
      const tags = (await ifThere(() => logs.send(new ListTagsForResourceCommand({ resourceArn }))))?.tags ?? {};
      const owner = await ownerOf(facts, name, tags[TAG.environment]);
      if (owner !== 'nobody' && 'stack' in owner && owner.stack === stack) return undefined;
      // What wrote it again gave it no tag; whoever has tagged it otherwise wants it.
      const isStray = owner === 'nobody' && Object.keys(tags).length === 0 && isNamedAfter(environment, name);
      const isOurs = owner !== 'nobody' && 'environment' in owner && owner.environment === environment;
      if (isStray || isOurs)
        return { what: `log group ${name}, which was left or written again`, remedy: { clear: 'DeleteLogGroup' } };
      const next = `if it may go, type: aws logs delete-log-group --log-group-name ${name} --region ${settings.region}`;
      return { what: `log group ${name} ${ownerText(owner)}`, remedy: { next } };
    },
    async clear(logGroupName) {
      await ifThere(() => logs.send(new DeleteLogGroupCommand({ logGroupName })));
    },
  };
}
