import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentCredentials } from '@roundtrip/aws';
import type { HookKind } from '@roundtrip/engine';
import type { Layer } from '@roundtrip/environment';
import { builtModule } from './built-module.ts';
import type { ConductorMessage, HookInput, LayerMessage } from './conductor-message.ts';
import { answerWrite } from './hook-writes.ts';
import { onLines, sendLine } from './json-lines.ts';
import { layersBefore } from './layers-before.ts';
import { runLayer, type RunHook } from './layer-run.ts';
import type { RunState } from './run-state.ts';

const ENDED_EARLY = 'its process ended before the hook did';

export interface Conductor {
  /** Path of the socket that the layers' processes connect to. */
  readonly path: string;
  close(): Promise<void>;
}

/**
 * Listens for the layers' processes. Turbo decides when a layer starts; this one process plans and writes for all of
 * them, so that one poller, one journal and one screen serve the whole environment.
 */
export async function startConductor(state: RunState): Promise<Conductor> {
  // The socket carries credentials for hooks: only this user may enter the folder.
  const folder = mkdtempSync(join(tmpdir(), 'roundtrip-'));
  const path = join(folder, 'conductor.sock');
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  const running = new Set<Promise<void>>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(state, socket, running);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    path,
    async close() {
      // Turbo has ended, so a process that still holds on was left behind; without this run it ends itself.
      for (const socket of sockets) socket.destroy();
      await Promise.all(running);
      await closeServer(server);
      process.off('exit', removeFolder);
      removeFolder();
    },
  };
}

/** One layer's process: its first message says which layer it is. When it dies, nothing new is started for its layer. */
function serve(state: RunState, socket: Socket, running: Set<Promise<void>>): void {
  const gone = new AbortController();
  let hookEnded: ((error: string | undefined) => void) | undefined;
  let layer: Layer | undefined;
  let hook: HookKind | undefined;
  const send = (message: ConductorMessage): void => sendLine(socket, message);
  const runHook = async (layerOf: Layer, kind: HookKind): Promise<string | undefined> => {
    hook = kind;
    const module = builtModule(state.open.root, `${layerOf.folder}/dist/hooks/${kind}.js`);
    const input = await hookInput(state, layerOf);
    return await new Promise((resolve) => {
      hookEnded = resolve;
      if (gone.signal.aborted) resolve(ENDED_EARLY);
      else send({ type: 'run-hook', hook: kind, module, input });
    });
  };
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    gone.abort(new Error('its process ended'));
    hookEnded?.(ENDED_EARLY);
  });
  onLines<LayerMessage>(socket, (message) => {
    if (message.type === 'hello') {
      layer = state.open.layers.find((one) => one.name === message.layer);
      const refusal = refuse(state, message, layer);
      if (refusal !== undefined) {
        state.journal.write({ type: 'notice', text: refusal });
        return send({ type: 'finished', exitCode: 2, text: refusal });
      }
      const work = workOn(state, layer!, gone.signal, (kind) => runHook(layer!, kind)).then((exitCode) =>
        send({ type: 'finished', exitCode }),
      );
      running.add(work);
      void work.finally(() => running.delete(work));
    } else if (message.type === 'hook-output' && layer !== undefined && hook !== undefined) {
      state.journal.write({ type: 'hook-output', layer: layer.name, hook, line: message.line });
    } else if (message.type === 'hook-finished') {
      hookEnded?.(message.error);
    } else if (message.type === 'call-waits') {
      void letCallGo(state, message, gone.signal, send);
    } else if (message.type === 'write-waits') {
      void answerWrite(state, message, gone.signal, send);
    } else if (message.type === 'call-throttled') {
      state.open.settings.pace?.throttled(message.kind);
    }
  });
}

/** Hooks in other processes draw on the run's own budget. One whose process has ended gets no answer. */
async function letCallGo(
  { open }: RunState,
  { number, kind }: Extract<LayerMessage, { type: 'call-waits' }>,
  gone: AbortSignal,
  send: (message: ConductorMessage) => void,
): Promise<void> {
  await open.settings.pace?.take(kind);
  if (!gone.aborted) send({ type: 'call-may-go', number });
}

/** Runs a layer as long as its process lives; gives the exit code for that process, and never rejects. */
async function workOn(state: RunState, layer: Layer, gone: AbortSignal, runHook: RunHook): Promise<number> {
  const signal = AbortSignal.any([state.context.signal, gone]);
  try {
    const outcome = await runLayer({ ...state, context: { ...state.context, signal } }, layer, runHook);
    if (gone.aborted && outcome !== 'done' && !state.context.signal.aborted) {
      state.journal.write({
        type: 'notice',
        layer: layer.name,
        text: 'its process ended before it was done',
      });
    }
    return outcome === 'done' ? 0 : outcome === 'interrupted' ? 130 : 1;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    state.journal.write({ type: 'notice', layer: layer.name, text });
    state.journal.write({ type: 'layer-finished', layer: layer.name, outcome: 'failed' });
    return 1;
  }
}

function refuse(
  state: RunState,
  hello: Extract<LayerMessage, { type: 'hello' }>,
  layer: Layer | undefined,
): string | undefined {
  const { command } = state;
  if (layer === undefined) return `this run knows no layer ${hello.layer}`;
  if (hello.task !== command.task)
    return `packages/${hello.layer}: script ${hello.task} was started by a run of ${command.task}`;
  if (hello.environment !== undefined && hello.environment !== command.environment) {
    return `packages/${hello.layer}/package.json: script ${hello.task} says --env ${hello.environment}, the run is for ${command.environment}`;
  }
  const early = undoneBefore(state, layer.name);
  return early === undefined ? undefined : `layer ${layer.name} was started before layer ${early} was done`;
}

/** A layer that should be done by now. The guard has compared turbo's graph; a script that does nothing still gets past it. */
function undoneBefore(state: RunState, layer: string): string | undefined {
  const finished = state.journal.events.flatMap((event) => (event.type === 'layer-finished' ? [event] : []));
  const done = new Set(finished.filter((event) => event.outcome === 'done').map((event) => event.layer));
  return layersBefore(state.command.direction, state.open.layers)[layer]?.find((name) => !done.has(name));
}

async function hookInput(state: RunState, layer: Layer): Promise<HookInput> {
  const { open, context } = state;
  const visible = [layer.name, ...layer.dependsOn].flatMap((name) => open.desired.get(name) ?? []);
  const seen = visible.flatMap((stack) => context.poller.latest.get(stack.name) ?? []);
  const credentials = await currentCredentials(open.settings);
  state.journal.secrets.push(credentials.secretAccessKey, credentials.sessionToken ?? '');
  const { region, endpoint } = open.settings;
  return {
    root: open.root,
    environment: open.environment.facts,
    layer: layer.name,
    config: open.environment.sections.get(layer.name)?.config,
    outputs: Object.fromEntries(seen.map((stack) => [stack.name, stack.outputs])),
    aws: {
      region,
      ...(endpoint === undefined ? {} : { endpoint }),
      credentials: {
        accessKeyId: credentials.accessKeyId,
        secretAccessKey: credentials.secretAccessKey,
        ...(credentials.sessionToken === undefined ? {} : { sessionToken: credentials.sessionToken }),
      },
    },
  };
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
