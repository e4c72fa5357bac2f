import type * as CloudControl from '@aws-sdk/client-cloudcontrol';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { allRequests, progressOf, putRequest, requestOf } from './request.ts';

const PAGE_SIZE = 20;

export function getResourceRequestStatus(
  world: World,
  input: CloudControl.GetResourceRequestStatusInput,
  call: Call,
): CloudControl.GetResourceRequestStatusOutput {
  return { ProgressEvent: progressOf(requestOf(world, call.realm, input.RequestToken)) };
}

/** Newest first. */
export function listResourceRequests(
  world: World,
  input: CloudControl.ListResourceRequestsInput,
  call: Call,
): CloudControl.ListResourceRequestsOutput {
  const { Operations, OperationStatuses } = input.ResourceRequestStatusFilter ?? {};
  const found = allRequests(world, call.realm)
    .filter(
      ({ operation, status }) =>
        (Operations?.includes(operation) ?? true) && (OperationStatuses?.includes(status) ?? true),
    )
    .toReversed();
  const invalid = (): ServiceError => new ServiceError('InvalidRequestException', 'Invalid NextToken');
  const { items, nextToken } = pageOf(found, input.MaxResults ?? PAGE_SIZE, input.NextToken, invalid);
  return {
    ResourceRequestStatusSummaries: items.map(progressOf),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

/** What was done until then stays done. */
export function cancelResourceRequest(
  world: World,
  input: CloudControl.CancelResourceRequestInput,
  call: Call,
): CloudControl.CancelResourceRequestOutput {
  const request = requestOf(world, call.realm, input.RequestToken);
  if (request.status !== 'IN_PROGRESS') {
    throw new ServiceError(
      'ValidationException',
      `Request with token ${request.token} is in status ${request.status} and can no longer be canceled`,
    );
  }
  const canceled = { ...request, status: 'CANCEL_COMPLETE', at: world.now } as const;
  putRequest(world, call.realm, canceled);
  return { ProgressEvent: progressOf(canceled) };
}
