/** One thing that is broken on purpose in the compiled engine. */
export interface Mutation {
  readonly name: string;
  /** A file of `tasks/engine/dist`. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** What a rehearsal has to find out within so many seeds; each is a mistake that somebody could make. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'stacks do not wait for those that they depend on',
    file: 'execute.js',
    find: 'const before = step.dependsOn.flatMap(',
    replace: 'const before = [].flatMap(',
  },
  {
    name: 'layers do not wait for those that they depend on',
    file: 'conduct.js',
    find: 'Promise.all((before.get(layer) ?? []).map(start))',
    replace: 'Promise.all([].map(start))',
  },
  {
    name: 'a teardown goes the way up',
    file: 'conduct.js',
    find: "if (direction === 'up')\n        return new Map(layers.map(",
    replace: 'if (true)\n        return new Map(layers.map(',
  },
  {
    name: 'stacks of a layer are deleted all at once',
    file: 'plan.js',
    find: 'dependsOn: dependents.map((other) => other.name) };',
    replace: 'dependsOn: [] };',
  },
  {
    name: 'a lease that is held is taken',
    file: 'lease.js',
    find: '        if (isFree) {',
    replace: '        if (true) {',
  },
  {
    name: 'writes do not ask for the lease',
    file: 'operation.js',
    find: 'await lease?.ensure();',
    replace: '',
  },
  {
    name: 'a write whose reply was lost is sent again without a look',
    file: 'operation.js',
    find: 'for (let look = 0; look < LOOKS; look += 1) {',
    replace: 'for (let look = 0; look < 0; look += 1) {',
  },
  {
    name: 'a rollback counts as success',
    file: 'status.js',
    find: "return status === 'CREATE_COMPLETE';",
    replace: "return status.endsWith('_COMPLETE');",
  },
  {
    name: 'a changed template is taken for unchanged',
    file: 'plan.js',
    find: 'if (stack.tags[TAG.fingerprint] !== fingerprint(resolved.stack)) {',
    replace: 'if (false) {',
  },
  {
    name: 'what is left behind is not noted',
    file: 'take-down.js',
    find: 'await addOrphans(ledger, clock, environment, orphans);',
    replace: '',
  },
  {
    name: 'calls do not wait for their turn',
    file: 'rate-budget.js',
    find: 'if (at <= now)',
    replace: 'if (true)',
  },
  {
    name: 'stacks of other environments are taken for ours',
    file: 'plan.js',
    find: 'stack.tags[TAG.environment] === input.environment && stack.tags[TAG.layer] === input.layer',
    replace: 'stack.tags[TAG.layer] === input.layer',
  },
  {
    name: 'a protected environment is taken down',
    file: 'conduct.js',
    find: "if (direction === 'down' && protect)",
    replace: 'if (false)',
  },
  {
    name: 'a run with nothing to do begins all the same',
    file: 'conduct.js',
    find: "if (orders.direction === 'up' && isUnchanged(orders, poller.latest, ports))",
    replace: 'if (false)',
  },
  {
    name: 'a sweep takes whatever has a similar name',
    file: 'sweep.js',
    find: 'found.filter((leftover) => isOwn(leftover, input))',
    replace: 'found',
  },
  {
    name: 'a stack that is being deleted counts as gone',
    file: 'take-down.js',
    find: 'const token = await sendDelete(context, stack, attempt * TRIES_MAX + rung, manner);',
    replace: 'return void (await sendDelete(context, stack, attempt * TRIES_MAX + rung, manner));',
  },
  {
    name: 'what others build on is not waited for in express mode',
    file: 'await-ready.js',
    find: 'const unready = await readiness.watch.until(resources, signal);',
    replace: 'const unready = [];',
  },
  {
    name: 'an output that has changed is not passed on',
    file: 'fingerprint.js',
    find: 'hash.update(canonical(stack.parameters));',
    replace: '',
  },
  {
    name: 'nobody asks whose account it is',
    file: 'conduct.js',
    find: 'return found === account ? undefined',
    replace: 'return true ? undefined',
  },
];
