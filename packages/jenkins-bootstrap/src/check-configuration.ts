import type { LayerContext } from '@roundtrip/environment';
import type { Problem } from '@roundtrip/problem';
import type { JenkinsConfig } from './config.ts';
import { configurationTexts } from './configuration-texts.ts';

type Context = LayerContext<JenkinsConfig>;

/** A CloudFormation parameter's value and a standard SSM parameter hold as much, in bytes. */
const TEXT_BYTES_MAX = 4096;

/** What the schema cannot say: texts that are too large to deliver, and jobs that could not check anything out. */
export function checkConfiguration(context: Context): Problem[] {
  return [...sizeProblems(context), ...jobProblems(context)];
}

function sizeProblems(context: Context): Problem[] {
  return configurationTexts(context).flatMap(({ file, text }): Problem[] => {
    const bytes = Buffer.byteLength(text);
    if (bytes <= TEXT_BYTES_MAX) return [];
    return [
      {
        code: 'configuration-too-large',
        place: { file: context.pathOf(file) },
        what: `this file has ${bytes} bytes, more than the ${TEXT_BYTES_MAX} that can be delivered`,
        why: 'it goes through a CloudFormation parameter and an SSM parameter, which hold that much each',
        next: file.endsWith('jobs.yaml')
          ? 'take schedules out of envs/*.yaml, then run: make sync'
          : 'take out what is not needed',
      },
    ];
  });
}

function jobProblems(context: Context): Problem[] {
  const { config, environment } = context;
  if (!config.jobs) return [];
  const place = context.placeOf(['jobs']);
  const problems: Problem[] = [];
  if (config.repositoryUrl === undefined) {
    problems.push({
      code: 'missing-key',
      ...(place && { place }),
      what: 'jobs is true, but repositoryUrl is missing',
      why: 'a job checks the repository out before it runs make',
      next: `add "repositoryUrl: https://…" under jenkins-bootstrap in envs/${environment.name}.yaml`,
    });
  }
  if (config.allowedCidrs.length === 0) {
    problems.push({
      code: 'missing-key',
      ...(place && { place }),
      what: 'jobs is true, but allowedCidrs does not say who may reach this Jenkins',
      why: 'its jobs destroy and build environments, and the load balancer may face the internet',
      next: `add "allowedCidrs: [203.0.113.0/24]", with your own ranges, under jenkins-bootstrap in envs/${environment.name}.yaml`,
    });
  }
  if (!context.listFiles('jcasc').includes('jobs.yaml')) {
    problems.push({
      code: 'missing-file',
      ...(place && { place }),
      what: `jobs is true, but ${context.pathOf('jcasc/jobs.yaml')} does not exist`,
      why: 'no env file has a schedule, or the jobs have not been written from them yet',
      next: 'make sync',
    });
  }
  return problems;
}
