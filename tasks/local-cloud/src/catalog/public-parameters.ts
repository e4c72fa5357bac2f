import { createHash } from 'node:crypto';

export interface PublicParameter {
  readonly name: string;
  readonly value: string;
}

/** When AWS last wrote them, as far as this cloud goes: 2026-01-01. */
export const PUBLIC_PARAMETERS_AT = Date.UTC(2026, 0, 1);

/** Families of names under `/aws/service` whose value is an image; those of ECS also say it in JSON at their root. */
const IMAGES: readonly RegExp[] = [
  /^\/aws\/service\/ami-amazon-linux-latest\/(?:al2023-ami-(?:minimal-)?kernel-(?:default|6\.\d+)|amzn2-ami-(?:minimal-)?(?:kernel-\d\.\d+-)?hvm|amzn2-ami-hvm)-(?:x86_64|arm64)(?:-(?:gp2|ebs))?$/,
  /^\/aws\/service\/ecs\/optimized-ami\/amazon-linux-(?:2|2023)\/(?:arm64\/|gpu\/|neuron\/|kernel-\d\.\d+\/)*recommended\/image_id$/,
  /^\/aws\/service\/bottlerocket\/aws-(?:ecs-\d|k8s-\d\.\d+)(?:-nvidia|-fips)*\/(?:x86_64|arm64)\/(?:latest|\d+\.\d+\.\d+)\/image_id$/,
  /^\/aws\/service\/eks\/optimized-ami\/\d\.\d+\/(?:amazon-linux-2|amazon-linux-2-arm64|amazon-linux-2023\/(?:x86_64|arm64)\/(?:standard|nvidia|neuron))\/recommended\/image_id$/,
  /^\/aws\/service\/canonical\/ubuntu\/server(?:-minimal)?\/[\w.]+\/stable\/current\/(?:amd64|arm64)\/hvm\/ebs-(?:gp2|gp3)\/ami-id$/,
  /^\/aws\/service\/ami-windows-latest\/[\w-]+$/,
];

const ECS_ROOT = /^\/aws\/service\/ecs\/optimized-ami\/amazon-linux-(2|2023)\/(?:[\w.-]+\/)*recommended$/;

/**
 * One of the parameters that AWS keeps for everybody: images of Amazon Linux, ECS, Bottlerocket, EKS, Ubuntu and
 * Windows. An image's id is made of region and name, so it is the same each time and in no other region.
 */
export function publicParameter(region: string, name: string): PublicParameter | undefined {
  if (IMAGES.some((family) => family.test(name))) return { name, value: imageId(region, name) };
  const version = ECS_ROOT.exec(name)?.[1];
  if (version === undefined) return undefined;
  const value = {
    image_id: imageId(region, `${name}/image_id`),
    image_name:
      version === '2'
        ? 'amzn2-ami-ecs-hvm-2.0.20260101-x86_64-ebs'
        : 'al2023-ami-ecs-hvm-2023.0.20260101-kernel-6.1-x86_64',
    os: version === '2' ? 'Amazon Linux 2' : 'Amazon Linux 2023',
    schema_version: 1,
  };
  return { name, value: JSON.stringify(value) };
}

/** The names that a listing by path shows; the families hold more. */
export const LISTED_NAMES: readonly string[] = [
  ...['x86_64', 'arm64'].flatMap((kind) => [
    `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${kind}`,
    `/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-${kind}`,
    `/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-${kind}-gp2`,
    `/aws/service/bottlerocket/aws-ecs-2/${kind}/latest/image_id`,
  ]),
  ...['amazon-linux-2', 'amazon-linux-2/arm64', 'amazon-linux-2023', 'amazon-linux-2023/arm64'].flatMap((kind) => [
    `/aws/service/ecs/optimized-ami/${kind}/recommended`,
    `/aws/service/ecs/optimized-ami/${kind}/recommended/image_id`,
  ]),
];

function imageId(region: string, name: string): string {
  return `ami-0${createHash('sha256').update(`${region} ${name}`).digest('hex').slice(0, 16)}`;
}
