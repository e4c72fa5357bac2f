/** Types that only make CloudFormation itself do something else; here it would not, so nothing pretends. */
const NOT_SIMULATED: ReadonlySet<string> = new Set(
  [
    ...[
      'GuardHook',
      'HookDefaultVersion',
      'HookTypeConfig',
      'HookVersion',
      'LambdaHook',
      'Macro',
      'ModuleDefaultVersion',
    ],
    ...['ModuleVersion', 'PublicTypeVersion', 'Publisher', 'ResourceDefaultVersion', 'ResourceVersion', 'StackSet'],
    'TypeActivation',
  ].map((name) => `AWS::CloudFormation::${name}`),
);

/** The reason to give when a resource of such a type is to be made; undefined for every type that can be made. */
export function notSimulated(type: string): string | undefined {
  return NOT_SIMULATED.has(type) ? `The local cloud does not simulate resources of type ${type}.` : undefined;
}
