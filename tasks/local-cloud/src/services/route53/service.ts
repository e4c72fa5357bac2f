import type { RateLimit, Service } from '../../world.ts';
import { ServiceError } from '../../world.ts';
import { changeRecordSets } from './change-record-sets.ts';
import { getChange } from './changes.ts';
import * as checks from './health-checks.ts';
import { listRecordSets } from './list-record-sets.ts';
import * as tags from './tags.ts';
import * as vpcs from './zone-vpcs.ts';
import * as zones from './zones.ts';

/** Hosted zones and the records in them; see SPEC.md beside this file. */
export const route53: Service = {
  client: 'client-route-53',
  operations: {
    CreateHostedZone: zones.createHostedZone,
    GetHostedZone: zones.getHostedZone,
    DeleteHostedZone: zones.deleteHostedZone,
    UpdateHostedZoneComment: zones.updateHostedZoneComment,
    GetHostedZoneCount: zones.getHostedZoneCount,
    ListHostedZones: zones.listHostedZones,
    ListHostedZonesByName: zones.listHostedZonesByName,
    ListHostedZonesByVPC: vpcs.listHostedZonesByVpc,
    AssociateVPCWithHostedZone: vpcs.associateVpc,
    DisassociateVPCFromHostedZone: vpcs.disassociateVpc,
    ChangeResourceRecordSets: changeRecordSets,
    ListResourceRecordSets: listRecordSets,
    GetChange: getChange,
    ChangeTagsForResource: tags.changeTagsForResource,
    ListTagsForResource: tags.listTagsForResource,
    ListTagsForResources: tags.listTagsForResources,
    CreateHealthCheck: checks.createHealthCheck,
    GetHealthCheck: checks.getHealthCheck,
    DeleteHealthCheck: checks.deleteHealthCheck,
    ListHealthChecks: checks.listHealthChecks,
    GetHealthCheckCount: checks.getHealthCheckCount,
  },
  limitOf: () => LIMIT,
  throttled: new ServiceError('Throttling', 'Rate exceeded'),
};

/** All operations of an account share one bucket. */
const LIMIT: RateLimit = { bucket: 'route53', burst: 50, perSecond: 10 };
