import { formatProblems } from '@roundtrip/problem';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkServices } from './check-services.ts';
import { sampleContext } from './sample-context.ts';

const IMAGE = 'image: public.ecr.aws/nginx/nginx:1.27.3';
const SIZE = 'cpu: 256\nmemoryMb: 512';
const file = (...lines: string[]) => [IMAGE, SIZE, ...lines, ''].join('\n');

type Section = Parameters<typeof sampleContext>[0];
const textOf = (files: Record<string, string>, section: Section = {}) =>
  formatProblems(checkServices(sampleContext(section, files)));

test("the layer's own services have no problem", () => {
  assert.is(formatProblems(checkServices(sampleContext())), '');
});

test('a path that two services have is refused with both places', () => {
  const files = { 'api.yaml': file('port: 80', 'path: /v1'), 'web.yaml': file('port: 80', 'path: /v1') };
  assert.is(
    textOf(files),
    `packages/services/services/web.yaml:5:7: path "/v1" is taken by api (packages/services/services/api.yaml:5:7)
  next: give one of the two services another path`,
  );
});

test('a port out of range is refused with the range', () => {
  assert.is(
    textOf({ 'api.yaml': file('port: 70000') }),
    `packages/services/services/api.yaml:4:7: port is 70000
  next: write a whole number from 1 to 65535`,
  );
});

test('a dependency that does not exist suggests the nearest name', () => {
  const files = { 'api.yaml': file('dependsOn: [catalgo]'), 'catalog.yaml': file() };
  assert.is(
    textOf(files),
    `packages/services/services/api.yaml:4:13: there is no service "catalgo"
  next: did you mean "catalog"?`,
  );
});

test('a dependency that resembles nothing lists the services', () => {
  const files = { 'api.yaml': file('dependsOn: [payments]'), 'catalog.yaml': file() };
  assert.is(
    textOf(files),
    `packages/services/services/api.yaml:4:13: there is no service "payments"
  next: the services are api, catalog`,
  );
});

test('a ring of dependencies is printed as a ring', () => {
  const files = {
    'a1.yaml': file('dependsOn: [b1]'),
    'b1.yaml': file('dependsOn: [c1]'),
    'c1.yaml': file('dependsOn: [a1]'),
  };
  assert.is(
    textOf(files),
    `packages/services/services/a1.yaml:4:1: services depend on each other in a ring: a1 → b1 → c1 → a1
  why: none of them could be started first
  next: take one of the arrows out of its dependsOn`,
  );
});

test('a pair of cpu and memory that Fargate does not have says which it has', () => {
  assert.is(
    textOf({ 'api.yaml': `${IMAGE}\ncpu: 256\nmemoryMb: 4096\n` }),
    `packages/services/services/api.yaml:3:11: Fargate has no task with cpu 256 and memoryMb 4096
  why: with cpu 256 it has memoryMb 512, 1024, 2048
  next: write "cpu: 512" and "memoryMb: 4096"`,
  );
});

test('a cpu that Fargate does not have lists those it has', () => {
  assert.is(
    textOf({ 'api.yaml': `${IMAGE}\ncpu: 300\nmemoryMb: 1024\n` }),
    `packages/services/services/api.yaml:2:6: cpu is 300, but Fargate has 256, 512, 1024, 2048, 4096, 8192, 16384
  next: write "cpu: 512" and "memoryMb: 1024"`,
  );
});

test('an unknown key suggests the nearest', () => {
  assert.is(
    textOf({ 'api.yaml': file('healthChek: {}') }),
    `packages/services/services/api.yaml:4:1: unknown key "healthChek"
  next: did you mean "healthCheck"?`,
  );
});

test('an unknown key inside a map lists the keys there', () => {
  assert.is(
    textOf({ 'api.yaml': file('autoscaling: { min: 1, max: 2, cpuPercent: 60, memoryTarget: 3 }') }),
    `packages/services/services/api.yaml:4:48: unknown key "autoscaling.memoryTarget"
  next: the keys here are min, max, cpuPercent`,
  );
});

test('a missing key is named', () => {
  assert.is(
    textOf({ 'api.yaml': `${IMAGE}\ncpu: 256\n` }),
    `packages/services/services/api.yaml:1:1: memoryMb is missing
  next: add "memoryMb: …"`,
  );
});

test('a wrong type echoes the value', () => {
  assert.is(
    textOf({ 'api.yaml': file('port: eighty') }),
    `packages/services/services/api.yaml:4:7: port is "eighty"
  next: write a whole number from 1 to 65535`,
  );
});

test('an image without a pinned tag is refused', () => {
  assert.is(
    textOf({ 'api.yaml': `image: public.ecr.aws/nginx/nginx:latest\n${SIZE}\n` }),
    `packages/services/services/api.yaml:1:8: image is "public.ecr.aws/nginx/nginx:latest"
  next: write an image with a tag other than latest, or a digest`,
  );
});

test('a count beyond the limit is refused, and passes once the section raises it', () => {
  const files = { 'api.yaml': file('count: 200') };
  assert.is(
    textOf(files),
    `packages/services/services/api.yaml:4:8: count is 200, more than this layer's limit of 20
  next: if that is meant, write "limits: { count: 200 }" under services in envs/stage.yaml`,
  );
  assert.is(textOf(files, { limits: { count: 200 } }), '');
});

test('an override beyond the limit is refused at its place in the env file', () => {
  assert.is(
    textOf({ 'api.yaml': file() }, { overrides: { api: { count: 200 } } }),
    `envs/stage.yaml:3:1: count is 200, more than this layer's limit of 20
  next: if that is meant, write "limits: { count: 200 }" under services in envs/stage.yaml`,
  );
});

test("the section's own count has the same limit", () => {
  assert.is(
    textOf({ 'api.yaml': file() }, { count: 30 }),
    `envs/stage.yaml:1:1: services.count is 30, more than this layer's limit of 20
  next: if that is meant, write "limits: { count: 30 }" under services in envs/stage.yaml`,
  );
});

test('an override for a service that does not exist suggests the nearest', () => {
  assert.is(
    textOf({ 'catalog.yaml': file() }, { overrides: { catlog: { count: 2 } } }),
    `envs/stage.yaml:2:1: there is no service "catlog"
  next: did you mean "catalog"?`,
  );
});

test('a path without a port is refused', () => {
  assert.is(
    textOf({ 'api.yaml': file('path: /v1') }),
    `packages/services/services/api.yaml:4:1: path is "/v1", but there is no port
  why: the load balancer has to know where to send the requests for the path
  next: add "port: 8080", or whatever the image listens on`,
  );
});

test('count beside autoscaling is refused', () => {
  assert.is(
    textOf({ 'api.yaml': file('count: 2', 'autoscaling: { min: 1, max: 3, cpuPercent: 60 }') }),
    `packages/services/services/api.yaml:4:1: count does not go here
  why: autoscaling decides the number of tasks
  next: take "count" out`,
  );
});

test('a minimum above the maximum is refused', () => {
  assert.is(
    textOf({ 'api.yaml': file('autoscaling: { min: 4, max: 3, cpuPercent: 60 }') }),
    `packages/services/services/api.yaml:4:21: autoscaling.min is 4, more than autoscaling.max, which is 3
  next: write a number from 1 to 3`,
  );
});

test('a schedule in a timezone that does not exist is refused', () => {
  const schedule = (timezone: string) => file(`schedule: { expression: rate(1 day), timezone: ${timezone} }`);
  assert.is(
    textOf({ 'job.yaml': schedule('Europe/Berlinn') }),
    `packages/services/services/job.yaml:4:48: schedule.timezone is "Europe/Berlinn"
  next: write an IANA timezone, such as Europe/Berlin`,
  );
  assert.ok(textOf({ 'job.yaml': schedule("'+02:00'") }).includes('schedule.timezone is "+02:00"'));
  assert.is(textOf({ 'job.yaml': schedule('America/New_York') }), '');
});

test('a scheduled task has no port', () => {
  assert.is(
    textOf({ 'job.yaml': file('port: 80', 'schedule: { expression: rate(1 day) }') }),
    `packages/services/services/job.yaml:4:1: port does not go here
  why: the service has a schedule, so it is a task that runs to its end and listens on nothing
  next: take "port" out`,
  );
});

test('a value of another service needs that service in dependsOn', () => {
  const files = {
    'api.yaml': file('port: 80'),
    'web.yaml': file('environment:', '  API: { from: services/api, output: Url }'),
  };
  assert.is(
    textOf(files),
    `packages/services/services/web.yaml:5:16: environment.API comes from api, but dependsOn does not name it
  next: add "dependsOn: [api]"`,
  );
});

test('more variables than the template has places for are refused', () => {
  const names = Array.from({ length: 13 }, (_, index) => `  V${index}: '1'`);
  assert.is(
    textOf({ 'api.yaml': file('environment:', ...names) }),
    `packages/services/services/api.yaml:17:3: environment has 13 variables, more than the 12 that templates/service.yaml has places for
  next: put several into one, or add places to the template and to src/service-stack.ts`,
  );
});

test('two rules with one priority are refused', () => {
  const files = {
    'api.yaml': file('port: 80', 'path: /v1', 'priority: 500'),
    'web.yaml': file('port: 80', 'path: /v2', 'priority: 500'),
  };
  assert.is(
    textOf(files),
    `packages/services/services/web.yaml:6:11: the listener rule of web would have priority 500, which api has
  why: a listener takes each priority once; it follows from the path where the file gives none
  next: write "priority: 501" in one of the two files`,
  );
});

test('a file that is not YAML says where', () => {
  assert.is(
    textOf({ 'api.yaml': 'image: [\n' }),
    `packages/services/services/api.yaml:2:1: this is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]
  next: mend the line and try again`,
  );
});

test('an empty file names every key that is missing', () => {
  assert.is(
    textOf({ 'api.yaml': '' }),
    `packages/services/services/api.yaml:1:1: image is missing
  next: add "image: …"
packages/services/services/api.yaml:1:1: cpu is missing
  next: add "cpu: …"
packages/services/services/api.yaml:1:1: memoryMb is missing
  next: add "memoryMb: …"`,
  );
});

test('a file name that cannot be a service is refused', () => {
  assert.is(
    textOf({ 'My_Api.yaml': file() }),
    `packages/services/services/My_Api.yaml: "My_Api.yaml" cannot be a service's file
  why: the file name is the service's name: 2 to 32 small letters, digits and hyphens, beginning with a letter
  next: rename the file, for example to catalog.yaml`,
  );
});

test('the problems of all files come at once', () => {
  const text = textOf({ 'api.yaml': file('port: 0', 'colour: red'), 'web.yaml': file('count: 99') });
  assert.is(text.split('\n').filter((line) => line.startsWith('packages/')).length, 3);
});

test.run();
