import { hasTransforms } from '@roundtrip/template';
import type { Template } from '@roundtrip/template';
import { ServiceError } from '../../world.ts';

/** Types that can give somebody rights, and the property that gives them a name of their own. */
const IAM_TYPES: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserToGroupAddition': undefined,
};

/** What the caller has to acknowledge for a processed template, and because of which types. */
export function requiredCapabilities(
  template: Template,
  original = template,
): { capabilities: string[]; types: string[] } {
  const resources = Object.values(template.Resources).filter(({ Type }) => Type in IAM_TYPES);
  const isNamed = resources.some(({ Type, Properties }) => {
    const property = IAM_TYPES[Type];
    return property !== undefined && Properties?.[property] !== undefined;
  });
  const capabilities = resources.length === 0 ? [] : [isNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'];
  if (hasTransforms(original)) capabilities.push('CAPABILITY_AUTO_EXPAND');
  return { capabilities, types: [...new Set(resources.map(({ Type }) => Type))] };
}

/** Throws InsufficientCapabilitiesException for what is not acknowledged; NAMED_IAM includes IAM. */
export function checkCapabilities(template: Template, given: readonly string[], original: Template): void {
  const acknowledged = new Set(given.includes('CAPABILITY_NAMED_IAM') ? [...given, 'CAPABILITY_IAM'] : given);
  const missing = requiredCapabilities(template, original).capabilities.filter((one) => !acknowledged.has(one));
  if (missing.length === 0) return;
  throw new ServiceError('InsufficientCapabilitiesException', `Requires capabilities : [${missing.join(', ')}]`);
}
