/** A template as it travels in a request. */
export function templateText(Resources: object, more: object = {}): string {
  return JSON.stringify({ Resources, ...more });
}

/** A parameter of the parameter store; `hints` tell the local cloud what to let go wrong. */
export function parameterResource(value: unknown, hints: object = {}): object {
  return {
    Type: 'AWS::SSM::Parameter',
    Properties: { Type: 'String', Value: value },
    Metadata: { 'Roundtrip::LocalCloud': hints },
  };
}
