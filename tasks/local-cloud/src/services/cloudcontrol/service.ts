import type { Service } from '../../world.ts';
import { createResource, make, MAKE } from './creates.ts';
import { deleteResource, finishDelete, FINISH_DELETE } from './deletes.ts';
import { getResource, listResources } from './reads.ts';
import { cancelResourceRequest, getResourceRequestStatus, listResourceRequests } from './request-operations.ts';
import { settle, SETTLE } from './settle.ts';
import { updateResource } from './updates.ts';

/** Any type by its identifier: made, read, changed and deleted; see SPEC.md beside this file. */
export const cloudcontrol: Service = {
  client: 'client-cloudcontrol',
  operations: {
    CreateResource: createResource,
    GetResource: getResource,
    ListResources: listResources,
    UpdateResource: updateResource,
    DeleteResource: deleteResource,
    GetResourceRequestStatus: getResourceRequestStatus,
    ListResourceRequests: listResourceRequests,
    CancelResourceRequest: cancelResourceRequest,
  },
  handlers: { [FINISH_DELETE]: finishDelete, [MAKE]: make, [SETTLE]: settle },
};
