import { DescribeServicesCommand, paginateListServices, type ECSClient, type Service } from '@aws-sdk/client-ecs';
import { ifThere } from '../if-there.ts';

/** The most that DescribeServices takes. */
const BATCH_SERVICES = 10;

/** Every service of a cluster, all pages; those that drain as well. */
export async function clusterServices(client: ECSClient, cluster: string): Promise<readonly Service[]> {
  const found: Service[] = [];
  await ifThere(async () => {
    const pages = paginateListServices({ client, pageSize: BATCH_SERVICES }, { cluster });
    for await (const { serviceArns = [] } of pages) {
      if (serviceArns.length === 0) continue;
      const { services = [] } = await client.send(new DescribeServicesCommand({ cluster, services: serviceArns }));
      found.push(...services);
    }
  });
  return found;
}

/** What a person types to delete services that no stack holds. */
export function deleteServices(cluster: string, names: readonly string[], region: string): string {
  const commands = names.map(
    (name) => `aws ecs delete-service --cluster ${cluster} --service ${name} --force --region ${region}`,
  );
  return `type: ${commands.join(' && ')}`;
}
