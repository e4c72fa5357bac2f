import type { LayerContext } from '@roundtrip/environment';
import type { Problem } from '@roundtrip/problem';
import ipaddr from 'ipaddr.js';
import type { ClusterConfig } from './cluster-config.ts';

/** Every reason why the cluster of this section could not be built. */
export function checkCluster(context: LayerContext<ClusterConfig>): readonly Problem[] {
  const { config } = context;
  return [
    ...config.allowedCidrs.flatMap((text, index) => checkAllowedCidr(context, text, index)),
    ...checkCertificate(context),
  ];
}

function checkAllowedCidr(context: LayerContext<ClusterConfig>, text: string, index: number): Problem[] {
  const what = `cluster.allowedCidrs.${index} is "${text}"`;
  const head = placed(context, ['allowedCidrs', index]);
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) {
    const next =
      'write four numbers from 0 to 255 and a prefix, such as 203.0.113.0/24, or 203.0.113.7/32 for one address';
    return [{ ...head, code: 'cidr-malformed', what: `${what}, not an IPv4 range`, next }];
  }
  const [, prefix] = ipaddr.IPv4.parseCIDR(text);
  const written = `${ipaddr.IPv4.networkAddressFromCIDR(text).toString()}/${prefix}`;
  if (written !== text) {
    const why = "which is an address inside a range, not the range's first address";
    return [{ ...head, code: 'cidr-not-at-start', what: `${what}, ${why}`, next: `write ${written}` }];
  }
  if (context.config.allowedCidrs.indexOf(text) === index) return [];
  const next = 'take one of them out';
  return [{ ...head, code: 'duplicate-cidr', what: `${what}, which the list has already`, next }];
}

/** A load balancer takes certificates of its own account and region alone. */
function checkCertificate(context: LayerContext<ClusterConfig>): Problem[] {
  const { config, environment } = context;
  if (config.certificateArn === undefined) return [];
  const [, , , region, account] = config.certificateArn.split(':');
  const what = 'cluster.certificateArn is a certificate';
  const head = placed(context, ['certificateArn']);
  const problems: Problem[] = [];
  if (region !== environment.region) {
    problems.push({
      code: 'certificate-region',
      ...head,
      what: `${what} in ${region}, but the environment is in ${environment.region}`,
      why: 'a load balancer takes certificates of its own region alone',
      next: `write the ARN of a certificate in ${environment.region}`,
    });
  }
  if (account !== environment.account) {
    problems.push({
      code: 'certificate-account',
      ...head,
      what: `${what} of account ${account}, but the environment is in ${environment.account}`,
      why: 'a load balancer takes certificates of its own account alone',
      next: `write the ARN of a certificate of ${environment.account}, or take the line out to speak plain HTTP`,
    });
  }
  return problems;
}

function placed(context: LayerContext<ClusterConfig>, path: readonly (string | number)[]): Pick<Problem, 'place'> {
  const place = context.placeOf(path);
  return place ? { place } : {};
}
