import * as v from 'valibot';

const domain = /^(?=.{1,200}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;

/** The periods that CloudWatch Logs offers and that people use. */
const retentionDays = v.picklist([1, 3, 5, 7, 14, 30, 60, 90, 180, 365, 731, 1827, 3653]);

export const networkConfig = v.strictObject({
  cidr: v.pipe(
    v.string(),
    v.metadata({ description: 'IPv4 range of the VPC, /16 to /23. Subnets are cut from it: 10.20.0.0/16' }),
  ),
  zones: v.pipe(v.optional(v.picklist([2, 3]), 2), v.metadata({ description: 'Number of availability zones' })),
  nat: v.pipe(
    v.optional(v.picklist(['one', 'per-zone']), 'one'),
    v.metadata({ description: 'NAT gateways: one is cheap, per-zone survives the failure of a zone' }),
  ),
  avoidCidrs: v.pipe(
    v.optional(v.array(v.string()), []),
    v.metadata({ description: 'IPv4 ranges that the VPC must not overlap: peers, offices, VPNs' }),
  ),
  interfaceEndpoints: v.pipe(
    v.optional(
      v.array(v.pipe(v.string(), v.regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'write it as AWS names it, such as ecr.api'))),
      [],
    ),
    v.metadata({
      description: 'AWS services to reach without leaving the VPC: ecr.api, ecr.dkr, logs, secretsmanager',
    }),
  ),
  flowLogTraffic: v.pipe(
    v.optional(v.picklist(['ALL', 'REJECT', 'ACCEPT']), 'ALL'),
    v.metadata({ description: 'Which traffic the flow logs record' }),
  ),
  flowLogRetentionDays: v.pipe(
    v.optional(retentionDays, 30),
    v.metadata({ description: 'Days that flow logs are kept' }),
  ),
  privateDomain: v.pipe(
    v.optional(v.pipe(v.string(), v.regex(domain, 'write a domain name of two parts or more, such as stage.internal'))),
    v.metadata({ description: 'Private hosted zone; <environment>.internal by default. Cloud Map gets services.<it>' }),
  ),
});

export type NetworkConfig = v.InferOutput<typeof networkConfig>;
