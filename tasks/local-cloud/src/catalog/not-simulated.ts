/** Types whose whole point is that something outside of CloudFormation answers; here nothing would, so nothing pretends. */
const NOT_SIMULATED: ReadonlySet<string> = new Set([
  'AWS::CloudFormation::CustomResource',
  'AWS::CloudFormation::WaitCondition',
  'AWS::CloudFormation::Macro',
  'AWS::CloudFormation::StackSet',
]);

/** The reason to give when a resource of such a type is to be made; undefined for every type that can be made. */
export function notSimulated(type: string): string | undefined {
  const isCustom = type.startsWith('Custom::');
  if (!isCustom && !NOT_SIMULATED.has(type)) return undefined;
  return `The local cloud does not simulate resources of type ${isCustom ? 'AWS::CloudFormation::CustomResource' : type}.`;
}
