import type { Behaviours } from './behaviour.ts';
import { instance } from './servicediscovery/instances.ts';
import { dnsNamespace, httpNamespace } from './servicediscovery/namespaces.ts';
import { service } from './servicediscovery/services.ts';
import { HTTP_NAMESPACE, INSTANCE, PRIVATE_NAMESPACE, PUBLIC_NAMESPACE, SERVICE } from './servicediscovery/types.ts';

/** Cloud Map: namespaces, the services in them, and the instances of those. */
export const serviceDiscovery: Behaviours = {
  [HTTP_NAMESPACE]: httpNamespace,
  [PRIVATE_NAMESPACE]: {
    ...dnsNamespace,
    refuseCreate: (making) =>
      making.text('Vpc') === undefined
        ? { text: 'Vpc must be specified.', handlerErrorCode: 'InvalidRequest', code: 'InvalidInput' }
        : dnsNamespace.refuseCreate?.(making),
  },
  [PUBLIC_NAMESPACE]: dnsNamespace,
  [SERVICE]: service,
  [INSTANCE]: instance,
};
