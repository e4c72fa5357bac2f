import type { Realm, World } from '../../world.ts';
import { resourceWith } from '../resources-of.ts';
import { isTrue } from './is-true.ts';
import { LAUNCH_TEMPLATE } from './launch-template.ts';
import { idsIn } from './references.ts';

type Properties = Readonly<Record<string, unknown>>;

/** What decides about an instance, wherever it was said: beside it, in its first interface or in its launch template. */
export interface InstanceSettings {
  readonly subnetId?: string;
  readonly groupIds: readonly string[];
  readonly privateIp?: string;
  /** Absent where the subnet decides. */
  readonly wantsPublicIp?: boolean;
  /** What the launch template has said, in the words of an instance's own properties. */
  readonly inherited: Properties;
}

const INHERITED: readonly string[] = ['DisableApiTermination', 'ImageId', 'InstanceType', 'KeyName', 'UserData'];

export function instanceSettings(world: World, realm: Realm, properties: Properties): InstanceSettings {
  const template = templateData(world, realm, properties['LaunchTemplate']);
  const all: Properties = { ...template, ...properties };
  const own = firstInterface(all['NetworkInterfaces']);
  const subnetId = textOf(own['SubnetId']) ?? textOf(all['SubnetId']);
  const privateIp = textOf(own['PrivateIpAddress']) ?? textOf(all['PrivateIpAddress']);
  const wantsPublicIp = own['AssociatePublicIpAddress'];
  return {
    ...(subnetId === undefined ? {} : { subnetId }),
    groupIds: [own['GroupSet'], own['Groups'], all['SecurityGroupIds']].map(idsIn).find((ids) => ids.length > 0) ?? [],
    ...(privateIp === undefined ? {} : { privateIp }),
    ...(wantsPublicIp === undefined ? {} : { wantsPublicIp: isTrue(wantsPublicIp) }),
    inherited: Object.fromEntries(
      INHERITED.flatMap((name) =>
        properties[name] === undefined && template[name] !== undefined ? [[name, template[name]]] : [],
      ),
    ),
  };
}

function templateData(world: World, realm: Realm, named: unknown): Properties {
  const { LaunchTemplateId, LaunchTemplateName } = objectOf(named);
  if (LaunchTemplateId === undefined && LaunchTemplateName === undefined) return {};
  const found = resourceWith(
    ...([world, realm, LAUNCH_TEMPLATE] as const),
    ({ id, properties }) => id === LaunchTemplateId || properties['LaunchTemplateName'] === LaunchTemplateName,
  );
  return objectOf(found?.properties['LaunchTemplateData']);
}

function firstInterface(value: unknown): Properties {
  const all = Array.isArray(value) ? value.map(objectOf) : [];
  return all.find(({ DeviceIndex }) => Number(DeviceIndex ?? 0) === 0) ?? {};
}

function objectOf(value: unknown): Properties {
  return typeof value === 'object' && value !== null ? (value as Properties) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
