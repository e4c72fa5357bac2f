import type { ResourceType } from '@roundtrip/spec';
import { asIntrinsic, getAttArgument, isListType, type Template } from '@roundtrip/template';

/** Whether an intrinsic function gives one text or a list; undefined where it cannot be told. */
export function kindOfResult(
  value: unknown,
  template: Template,
  spec: (name: string) => ResourceType | undefined,
): 'scalar' | 'list' | undefined {
  const intrinsic = asIntrinsic(value);
  switch (intrinsic?.name) {
    case 'Fn::Base64':
    case 'Fn::ImportValue':
    case 'Fn::Join':
    case 'Fn::Sub':
    case 'Fn::ToJsonString':
      return 'scalar';
    case 'Fn::Cidr':
    case 'Fn::GetAZs':
    case 'Fn::Split':
      return 'list';
    case 'Ref':
      return kindOfRef(intrinsic.argument, template);
    case 'Fn::GetAtt':
      return kindOfAttribute(intrinsic.argument, template, spec);
    default:
      return undefined;
  }
}

function kindOfRef(name: unknown, template: Template): 'scalar' | 'list' | undefined {
  if (typeof name !== 'string' || name === 'AWS::NoValue') return undefined;
  if (name === 'AWS::NotificationARNs') return 'list';
  const parameter = template.Parameters?.[name];
  if (parameter === undefined) return 'scalar';
  const stored = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(parameter.Type)?.[1];
  return isListType(stored ?? parameter.Type) ? 'list' : 'scalar';
}

function kindOfAttribute(
  argument: unknown,
  template: Template,
  spec: (name: string) => ResourceType | undefined,
): 'scalar' | 'list' | undefined {
  const wanted = getAttArgument(argument);
  const resource = wanted && template.Resources[wanted.logicalId];
  if (resource === undefined || typeof wanted?.attribute !== 'string') return undefined;
  const type = spec(resource.Type)?.attributes[wanted.attribute];
  if (type === undefined || type.type === 'json' || type.type === 'union') return undefined;
  if (type.type === 'array') return 'list';
  return type.type === 'ref' || type.type === 'map' || type.type === 'tag' ? undefined : 'scalar';
}
