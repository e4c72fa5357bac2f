import type { RateLimit, Service } from '../../world.ts';
import { ServiceError } from '../../world.ts';
import { discoverInstances } from './discover-instances.ts';
import { finishOperation } from './finish-operation.ts';
import * as health from './health.ts';
import * as instances from './instances.ts';
import * as namespaces from './namespaces.ts';
import { FINISH_OPERATION } from './operation-records.ts';
import * as operations from './operations.ts';
import * as services from './services.ts';
import * as tags from './tags.ts';

/** Cloud Map over the same records as CloudFormation's; see SPEC.md beside this file. */
export const serviceDiscovery: Service = {
  client: 'client-servicediscovery',
  operations: {
    CreateHttpNamespace: namespaces.createHttpNamespace,
    CreatePrivateDnsNamespace: namespaces.createPrivateDnsNamespace,
    CreatePublicDnsNamespace: namespaces.createPublicDnsNamespace,
    GetNamespace: namespaces.getNamespace,
    ListNamespaces: namespaces.listNamespaces,
    DeleteNamespace: namespaces.deleteNamespace,
    CreateService: services.createService,
    GetService: services.getService,
    ListServices: services.listServices,
    UpdateService: services.updateService,
    DeleteService: services.deleteService,
    RegisterInstance: instances.registerInstance,
    DeregisterInstance: instances.deregisterInstance,
    GetInstance: instances.getInstance,
    ListInstances: instances.listInstances,
    GetInstancesHealthStatus: health.getInstancesHealthStatus,
    UpdateInstanceCustomHealthStatus: health.updateInstanceCustomHealthStatus,
    DiscoverInstances: discoverInstances,
    GetOperation: operations.getOperation,
    ListOperations: operations.listOperations,
    TagResource: tags.tagResource,
    UntagResource: tags.untagResource,
    ListTagsForResource: tags.listTagsForResource,
  },
  handlers: { [FINISH_OPERATION]: finishOperation },
  limitOf: (operation) => (operation === 'DiscoverInstances' ? DISCOVER : undefined),
  throttled: new ServiceError('RequestLimitExceeded', 'Rate exceeded'),
};

/** The only figures that AWS gives. https://docs.aws.amazon.com/cloud-map/latest/dg/throttling.html */
const DISCOVER: RateLimit = { bucket: 'servicediscovery.DiscoverInstances', burst: 2000, perSecond: 1000 };
