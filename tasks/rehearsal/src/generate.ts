import type { Fault } from '@roundtrip/local-cloud';
import { Dice } from './dice.ts';
import type { Act, Content, Scenario, ScenarioLayer, ScenarioStack } from './scenario.ts';

const LAYERS_MAX = 8;
const SERVICES_MAX = 60;
const WEEKS_MAX = 6;
/** A region's quota; what a rebuild is to stumble over is something else. */
const VPCS_MAX = 5;
/** Few, so that templates are alike: the cloud reads each text once. */
const CREATE_SECONDS = [2, 5, 11, 24, 50, 95, 170, 300] as const;
const DELETE_SECONDS = [1, 6, 17, 45, 120] as const;

/** A random environment (1 to 8 layers, 1 to 60 services, any graph) and a random history with random faults. */
export function generate(seed: string): Scenario {
  const dice = new Dice(seed);
  const layers = layersOf(dice);
  const stacks = stacksOf(dice, layers);
  const acts = Array.from({ length: dice.between(1, WEEKS_MAX) }).flatMap((_, week) => weekOf(dice, stacks, week));
  return {
    seed,
    layers,
    stacks,
    limits: dice.pick(['on', 'off']),
    mode: dice.chance(0.3) ? 'express' : 'standard',
    acts,
    // The last throw, so that environments and histories do not hang on it.
    ...(dice.chance(0.5) ? { budget: 'tries' as const } : {}),
  };
}

function layersOf(dice: Dice): ScenarioLayer[] {
  const layers: ScenarioLayer[] = [];
  for (let index = 0, count = dice.between(1, LAYERS_MAX); index < count; index += 1) {
    const dependsOn = layers.map(({ name }) => name).filter(() => dice.chance(0.5));
    layers.push({ name: `l${index}`, dependsOn });
  }
  return layers;
}

/** A stack or two in each layer, and services in the last; small environments are the usual ones. */
function stacksOf(dice: Dice, layers: readonly ScenarioLayer[]): ScenarioStack[] {
  const stacks: ScenarioStack[] = [];
  for (const [index, { name: layer }] of layers.entries()) {
    const isLast = index === layers.length - 1;
    const count = isLast ? 1 + Math.floor(SERVICES_MAX * dice.share() ** 8) : dice.between(1, 2);
    const own: string[] = [];
    for (let at = 0; at < count; at += 1) {
      const name = at === 0 && !isLast ? '' : `s${at}`;
      const dependsOn = own.filter(() => dice.chance(Math.min(0.4, 2 / (own.length + 1))));
      const networks = stacks.filter((one) => one.content === 'network').length;
      const drawn: Content = dice.chance(0.7)
        ? 'plain'
        : dice.pick(['bucket', 'log-group', 'network', 'machine', 'untagged']);
      const content = drawn === 'network' && networks === VPCS_MAX ? 'plain' : drawn;
      stacks.push({
        layer,
        name,
        dependsOn,
        content,
        createSeconds: dice.pick(CREATE_SECONDS),
        deleteSeconds: dice.pick(DELETE_SECONDS),
      });
      own.push(name);
    }
  }
  return stacks;
}

/** Up, perhaps a change, perhaps the weekend, and now and then somebody who sweeps. */
function weekOf(dice: Dice, stacks: readonly ScenarioStack[], week: number): Act[] {
  const acts: Act[] = [];
  if (week === 0 || dice.chance(0.9)) acts.push(actOf(dice, stacks, 'up', false));
  if (dice.chance(0.4)) acts.push(actOf(dice, stacks, 'up', true));
  if (dice.chance(0.1)) acts.push(actOf(dice, stacks, 'sweep', false));
  acts.push(actOf(dice, stacks, 'down', false));
  if (dice.chance(0.1)) acts.push(actOf(dice, stacks, 'sweep', false));
  return acts;
}

function actOf(dice: Dice, stacks: readonly ScenarioStack[], verb: Act['verb'], isChange: boolean): Act {
  const calls = 12 + stacks.length * 6;
  const deaths = dice.chance(0.35) ? dice.between(1, 3) : 0;
  const stall = dice.chance(0.12) ? { stall: { atCall: dice.between(1, calls), minutes: dice.between(5, 120) } } : {};
  // Somebody who stands still is most in the way where somebody else goes on.
  const second = dice.chance('stall' in stall ? 0.6 : 0.12)
    ? {
        second: {
          verb: dice.chance(0.7) ? verb : dice.pick(['down', 'sweep'] as const),
          afterSeconds: dice.between(0, 120),
        },
      }
    : {};
  return {
    verb,
    changes: isChange ? stacks.map((_, index) => index).filter(() => dice.chance(0.3)) : [],
    diesAtCalls: Array.from({ length: deaths }, () => dice.between(1, calls)),
    ...second,
    ...stall,
    faults: dice.chance(0.75) ? faultsOf(dice) : [],
    restHours: dice.between(0, 60),
  };
}

const KINDS: readonly ((dice: Dice) => Fault)[] = [
  (dice) => ({
    fault: 'throttle',
    service: 'cloudformation',
    everySeconds: dice.between(60, 600),
    forSeconds: dice.between(5, 60),
    chance: 0.8,
  }),
  (dice) => ({ fault: 'throttle', service: 's3', chance: 0.1, forSeconds: dice.between(10, 600) }),
  () => ({ fault: 'error', chance: 0.04 }),
  () => ({ fault: 'reset-before', chance: 0.04 }),
  () => ({ fault: 'reset-after', chance: 0.04 }),
  (dice) => ({
    fault: 'reset-after',
    operation: dice.pick(['CreateStack', 'UpdateStack', 'DeleteStack', 'PutObject']),
    times: 2,
  }),
  (dice) => ({ fault: 'slow', seconds: dice.between(1, 20), chance: 0.05 }),
  (dice) => ({ fault: 'stale', operation: 'DescribeStacks', seconds: dice.between(2, 15), chance: 0.5 }),
  (dice) => ({
    fault: 'fail-create',
    resourceType: 'AWS::SSM::Parameter',
    chance: 0.05,
    times: dice.between(1, 3),
    text: dice.pick([
      'Rate exceeded (Service: Ssm, Status Code: 400)',
      'The role defined for the function cannot be assumed by Lambda.',
      'Capacity is unavailable at this time. Please try again later or in a different availability zone',
      'A value is not as it should be',
    ]),
  }),
  () => ({ fault: 'fail-update', resourceType: 'AWS::SSM::Parameter', chance: 0.1, times: 2, text: 'Rate exceeded' }),
  (dice) => ({ fault: 'fail-delete', resourceType: 'AWS::SSM::Parameter', chance: 0.2, times: dice.between(1, 8) }),
  () => ({ fault: 'fail-delete', logicalId: 'P0', chance: 0.05 }),
  // Long enough for a teardown to give it up.
  (dice) => ({ fault: 'fail-delete', logicalId: 'Query', times: dice.between(3, 40), text: 'has a dependent object' }),
  (dice) => ({ fault: 'expired-credentials', chance: 0.3, times: dice.between(1, 6) }),
  (dice) => ({ fault: 'expired-credentials', afterSeconds: dice.between(0, 300), forSeconds: dice.between(1, 120) }),
  (dice) => ({
    fault: 'denied',
    service: 'cloudformation',
    operation: dice.pick(['CreateStack', 'UpdateStack', 'DeleteStack', 'Describe*']),
    afterSeconds: dice.between(0, 300),
    forSeconds: dice.between(10, 1_200),
  }),
  (dice) => ({ fault: 'denied', service: 's3', forSeconds: dice.between(1, 300), chance: 0.5 }),
  (dice) => ({
    fault: 'capacity',
    resourceType: 'AWS::EC2::Instance',
    chance: 0.5,
    forSeconds: dice.between(30, 900),
  }),
];

function faultsOf(dice: Dice): Fault[] {
  const count = dice.between(1, 4);
  return Array.from({ length: count }, () => ({ ...KINDS[dice.between(0, KINDS.length - 1)]!(dice) })).map((fault) =>
    strikesResources(fault) ? fault : { ...fault, accessKeyId: '111111111111' },
  );
}

/** Of calls, only those of the runs are disturbed, not those of whoever looks at them; a resource is made by nobody's key. */
function strikesResources({ fault }: Fault): boolean {
  return fault === 'capacity' || fault.startsWith('fail-');
}
