/** What the `aws` command line calls a service, where that is not the name that its requests are signed with. */
const SERVICES: Readonly<Record<string, string>> = {
  cloudcontrolapi: 'cloudcontrol',
  elasticfilesystem: 'efs',
  elasticloadbalancing: 'elbv2',
  monitoring: 'cloudwatch',
  s3: 's3api',
  tagging: 'resourcegroupstaggingapi',
};

export function serviceCommand(service: string): string {
  return SERVICES[service] ?? service;
}

/** `DescribeDBInstances` is `describe-db-instances` there; also the form of an option: `CiphertextBlob`. */
export function kebabCase(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}
