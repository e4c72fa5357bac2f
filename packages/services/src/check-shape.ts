import type { Problem } from '@roundtrip/problem';
import type { ReadService } from './read-services.ts';
import { ENVIRONMENT_SLOTS, SECRET_SLOTS } from './service-stack.ts';

/** Keys that do not go together. */
export function shapeProblems({ service, yaml }: ReadService): Problem[] {
  const problems: Problem[] = [];
  const refuse = (key: keyof typeof service, why: string) => {
    problems.push({
      code: 'keys-exclude',
      place: yaml.placeOfKey([key]),
      what: `${key} does not go here`,
      why,
      next: `take "${key}" out`,
    });
  };
  if (service.schedule) {
    const why = 'the service has a schedule, so it is a task that runs to its end and listens on nothing';
    for (const key of ['port', 'path', 'count', 'autoscaling'] as const)
      if (service[key] !== undefined) refuse(key, why);
  } else if (service.path !== undefined && service.port === undefined) {
    problems.push({
      code: 'missing-key',
      place: yaml.placeOfKey(['path']),
      what: `path is ${JSON.stringify(service.path)}, but there is no port`,
      why: 'the load balancer has to know where to send the requests for the path',
      next: 'add "port: 8080", or whatever the image listens on',
    });
  }
  if (service.count !== undefined && service.autoscaling) refuse('count', 'autoscaling decides the number of tasks');
  if (service.priority !== undefined && service.path === undefined) refuse('priority', 'a rule needs a path');
  if (service.autoscaling && service.autoscaling.min > service.autoscaling.max) {
    const { min, max } = service.autoscaling;
    problems.push({
      code: 'wrong-value',
      place: yaml.placeOf(['autoscaling', 'min']),
      what: `autoscaling.min is ${min}, more than autoscaling.max, which is ${max}`,
      next: `write a number from 1 to ${max}`,
    });
  }
  return problems;
}

/** CloudFormation has no loop over a parameter, so the template has a fixed number of places. */
export function slotProblems({ service, yaml }: ReadService): Problem[] {
  const kinds = [
    { key: 'environment', names: Object.keys(service.environment), max: ENVIRONMENT_SLOTS },
    { key: 'secrets', names: Object.keys(service.secrets), max: SECRET_SLOTS },
  ];
  return kinds
    .filter(({ names, max }) => names.length > max)
    .map(({ key, names, max }) => ({
      code: 'too-many-variables',
      place: yaml.placeOfKey([key, names[max] ?? '']),
      what: `${key} has ${names.length} variables, more than the ${max} that templates/service.yaml has places for`,
      next: 'put several into one, or add places to the template and to src/service-stack.ts',
    }));
}
