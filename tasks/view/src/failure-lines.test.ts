import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureSpans, failureTitle, type Failure } from './failure-lines.ts';
import { likelyCause } from './likely-cause.ts';

const FAILURE: Failure = {
  ...{ at: 0, type: 'failure', stack: 'stage-services-web', resource: 'Service', resourceType: 'AWS::ECS::Service' },
  reason: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.",
  evidence: [
    { about: 'task', text: '3 tasks stopped: Essential container in task exited; service ended with exit code 1' },
    { about: 'health', text: '1 target of web: Health checks failed with these codes: [502]' },
    { about: 'log', text: 'service | FATAL: no route to database-1:5432' },
  ],
  cause: likelyCause('AWS::ECS::Service', 'service ended with exit code 1')?.cause ?? '',
  next: 'mend the cause, then type: make stage',
};

test('what a failed service says of its tasks, checks and logs stands between the reason and the cause', () => {
  assert.is(failureTitle(FAILURE), 'stage-services-web: Service (AWS::ECS::Service)');
  assert.equal(
    failureSpans(FAILURE).map((spans) => spans.map((span) => (typeof span === 'string' ? span : span[0])).join('')),
    [
      "  reason  Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.",
      '  task    3 tasks stopped: Essential container in task exited; service ended with exit code 1',
      '  health  1 target of web: Health checks failed with these codes: [502]',
      '  log     service | FATAL: no route to database-1:5432',
      '  cause   a container ends by itself with exit code 1; its last log lines say why',
      '  next    mend the cause, then type: make stage',
    ],
  );
});

test.run();
