import type { Service } from '../../world.ts';
import { deleteResource, finishDelete, FINISH_DELETE, getResourceRequestStatus } from './deletes.ts';
import { getResource, listResources } from './reads.ts';

/** Reads and deletes of any type by its identifier; see SPEC.md beside this file. */
export const cloudcontrol: Service = {
  client: 'client-cloudcontrol',
  operations: {
    GetResource: getResource,
    ListResources: listResources,
    DeleteResource: deleteResource,
    GetResourceRequestStatus: getResourceRequestStatus,
  },
  handlers: { [FINISH_DELETE]: finishDelete },
};
