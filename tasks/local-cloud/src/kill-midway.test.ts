import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Dice } from './fuzz/dice.ts';
import { freePort, startDaemon } from './testing/test-daemon.ts';
import { keepers } from './testing/test-keepers.ts';
import type { Keeper } from './testing/test-keepers.ts';

const OPERATIONS = 200;
const THINGS = 40;
/** A quarter of an hour a second: stacks are under way and come to rest while operations go on. */
const SPEED = '900';

/** One thing that is written again and again, and what it may hold once the process was killed. */
interface Thing {
  readonly keeper: Keeper;
  readonly name: string;
  /** Acknowledged last; undefined where it is absent. */
  value: string | undefined;
  /** Asked for when the process was killed, and never answered: it may or may not have been done. */
  pending?: { readonly value: string | undefined };
}

for (const seed of ['one', 'two']) {
  test(`SIGKILL in the middle of ${OPERATIONS} random operations loses nothing that was acknowledged (${seed})`, async () => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'kill-')));
    const port = await freePort();
    const dice = new Dice(seed);
    const killAt = 70 + dice.below(60);
    let daemon = await startDaemon(port, root, ['--speed', SPEED]);
    const every = keepers(port);
    for (const keeper of every) await keeper.prepare?.();
    const things = Array.from({ length: THINGS }, (_, at) => thingOf(every[at % every.length] as Keeper, at));

    let acknowledged = 0;
    const gone = once(daemon, 'exit');
    await Promise.all(
      things.map(async (thing) => {
        for (let left = OPERATIONS / THINGS; left > 0 && thing.pending === undefined; left--) {
          if (await changed(thing, dice)) acknowledged += 1;
          if (acknowledged === killAt) daemon.kill('SIGKILL');
        }
      }),
    );
    await gone;
    assert.ok(acknowledged >= killAt && acknowledged < OPERATIONS, `${acknowledged} were acknowledged`);

    daemon = await startDaemon(port, root, ['--speed', SPEED]);
    const lost: string[] = [];
    for (const { keeper, name, value, pending } of things) {
      const found = await keeper.read(name);
      const isKnown = found === value || (pending !== undefined && found === pending.value);
      if (!isKnown) lost.push(`${keeper.kind} ${name} is ${found}, not ${value}`);
    }
    for (const keeper of every) lost.push(...((await keeper.forgotten?.()) ?? []));
    daemon.kill('SIGKILL');
    await once(daemon, 'exit');
    for (const keeper of every) keeper.close();
    rmSync(root, { recursive: true });
    assert.equal(lost, []);
  });
}

function thingOf(keeper: Keeper, at: number): Thing {
  return { keeper, name: `thing${at}`, value: undefined };
}

/** Writes or deletes. Out: whether it was acknowledged. */
async function changed(thing: Thing, dice: Dice): Promise<boolean> {
  const { keeper, name } = thing;
  const isRemoved = thing.value !== undefined && (keeper.isWrittenOnce === true || dice.below(4) === 0);
  const next = isRemoved ? undefined : `value-${dice.below(1_000_000)}`;
  try {
    if (next === undefined) await keeper.remove(name);
    else await keeper.write(name, next, thing.value !== undefined);
    thing.value = next;
    return true;
  } catch (error) {
    // A refusal is an answer: nothing has changed. No answer may mean either.
    const isRefusal = (error as { $response?: unknown }).$response !== undefined;
    if (!isRefusal) thing.pending = { value: next };
    return false;
  }
}

test.run();
