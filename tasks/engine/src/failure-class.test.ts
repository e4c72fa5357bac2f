import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CALL_PATIENCE, classOfError, classOfFailure, classOfReason, pauseMs } from './failure-class.ts';
import { CloudError } from './ports.ts';

const REASONS = {
  'Rate exceeded (Service: Ssm, Status Code: 400)': 'throttle',
  'Unable to assume the service linked role. Please verify that the ECS service linked role exists.': 'eventual',
  'The role defined for the function cannot be assumed by Lambda.': 'eventual',
  'Unable to Start a service that is still Draining.': 'draining',
  'The Cluster cannot be deleted while Tasks are active.': 'draining',
  'The Cluster cannot be deleted while Services are active.': 'draining',
  'An error occurred (ClusterContainsTasksException) when calling the DeleteCluster operation': 'draining',
  'The Cluster cannot be deleted while Container Instances are active or draining.': 'draining',
  'The Cluster cannot be deleted while Cluster Scoped Capacity Providers are attached to the cluster.': 'real',
  'The capacity provider cannot be deleted because it is associated with cluster: stage. Remove the capacity provider from the cluster and try again.':
    'draining',
  'The specified capacity provider is in use and cannot be removed.': 'draining',
  'A conflicting conditional operation is currently in progress against this resource. Please try again.': 'eventual',
  'The target group with targetGroupArn x does not have an associated load balancer.': 'eventual',
  'resource sg-1 has a dependent object': 'eventual',
  'Capacity is unavailable at this time. Please try again later or in a different availability zone': 'capacity',
  'We currently do not have sufficient t3.micro capacity in the Availability Zone you requested': 'capacity',
  'Internal Failure': 'server',
  'A queue already exists': 'real',
  'The maximum number of VPCs has been reached.': 'real',
} as const;

test('AWS’s reasons are classed by what helps against them', () => {
  for (const [reason, kind] of Object.entries(REASONS)) assert.is(classOfReason(reason), kind, reason);
});

test('errors of calls are classed by their kind, and else by their text', () => {
  assert.is(classOfError(new CloudError('throttled', 'Throttling', 'Rate exceeded')), 'throttle');
  assert.is(classOfError(new CloudError('network', 'ECONNRESET', 'read ECONNRESET')), 'network');
  assert.is(classOfError(new CloudError('server', 'InternalFailure', 'x')), 'server');
  assert.is(classOfError(new CloudError('credentials', 'ExpiredToken', 'x')), 'credentials');
  assert.is(classOfError(new CloudError('invalid', 'ValidationError', 'Template error')), 'real');
});

test('a service whose tasks found no place lacks capacity, whatever its circuit breaker says', () => {
  const reason = 'ECS Deployment Circuit Breaker was triggered';
  const noPlace = { about: 'task' as const, text: 'no task was placed: Capacity is unavailable at this time.' };
  const ended = { about: 'task' as const, text: '2 tasks stopped: web ended with exit code 1' };
  const log = { about: 'log' as const, text: 'web | RESOURCE:MEMORY, says somebody' };
  assert.equal(classOfFailure({ reason, evidence: [noPlace] }), { kind: 'capacity', reason: noPlace.text });
  for (const evidence of [[], [ended], [ended, noPlace], [log]]) {
    assert.equal(classOfFailure({ reason, evidence }), { kind: 'real', reason });
  }
  const taken = 'Internal Failure';
  assert.equal(classOfFailure({ reason: taken, evidence: [noPlace] }), { kind: 'server', reason: taken });
});

test('patience doubles its pauses up to the largest, and ends', () => {
  const pauses = Array.from({ length: 13 }, (_, retry) => pauseMs(CALL_PATIENCE.throttle, retry + 1));
  assert.equal(pauses.slice(0, 7), [500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000]);
  assert.is(pauses.at(-1), undefined);
  assert.is(pauseMs(CALL_PATIENCE.real, 1), undefined);
});

test.run();
