// A cell: the jailed process that runs tools. It holds isolates, does what its lane says, one turn at a time, and has no
// deadline of its own: the lane keeps it from outside, and ends this process when it must.

import { createRequire } from 'node:module';
import { Socket } from 'node:net';

import type IVM from 'isolated-vm';

import type { DescribeScript, LoadVersion, StartRun, ToCell, TurnUsage } from '../cell-messages.ts';
import { encodeFrame, FrameReader, WIRE_VERSION, type Frame } from '../wire.ts';
import { Run, turnHeader, type TurnResult } from './run.ts';
import { VersionCache } from './version-cache.ts';

/** The socket the host opened for the frames. */
const FRAMES_FD = 3;

const [maxIdle = '', ivmPath = ''] = process.argv.slice(-2);
const ivm = createRequire('/')(ivmPath) as typeof IVM;
const socket = new Socket({ fd: FRAMES_FD });
const reader = new FrameReader();
const runs = new Map<string, Run>();
let versions: VersionCache;

socket.on('data', (chunk: Buffer) => {
  for (const frame of reader.push(chunk)) receive(frame);
});
// The host is gone: nothing here may outlive it.
socket.on('close', die);
socket.on('error', die);

function receive({ header, body }: Frame): void {
  const order = header as unknown as ToCell;
  switch (order.type) {
    case 'init':
      versions = new VersionCache(
        ivm,
        {
          prelude: body.toString('utf8', 0, order.preludeBytes),
          validatorRuntime: body.toString('utf8', order.preludeBytes),
          cached: new Map(),
        },
        // Not as the lane ends it: whoever reads the signal sees that the engine did.
        () => process.abort(),
        Number(maxIdle),
      );
      send({ type: 'ready', wire: WIRE_VERSION });
      // While nobody waits, as a rule: a spare is asked whether it listens before it gets a run.
      setImmediate(warmUp);
      return;
    case 'load':
      return load(order, body);
    case 'start':
      return start(order, body.toString());
    case 'answer': {
      const run = runs.get(order.run);
      // The run may have been dropped while its answer was on the way.
      if (run !== undefined) turn(run, () => run.answer(order.call, order.ok, body.toString(), order.clockMs));
      return;
    }
    case 'drop':
      return drop(order.run);
    case 'ping':
      return send({ type: 'pong' });
    case 'describe':
      return describe(order, body.toString());
  }
}

/** Has V8 compile what every isolate runs before a version's own code: the first run finds it compiled. */
function warmUp(): void {
  const validators = '() => ({ input: () => {}, output: () => {} })';
  const code = { script: '', validators, context: 'null', heapBytes: 0, cached: new Map() };
  using isolate = versions.createIsolate(code);
  isolate.prepareContext();
  void isolate.validators;
}

function load(order: LoadVersion, body: Buffer): void {
  const validatorsAt = order.scriptBytes;
  const contextAt = validatorsAt + order.validatorsBytes;
  versions.add(order.digest, {
    heapBytes: order.heapBytes,
    script: body.toString('utf8', 0, validatorsAt),
    validators: body.toString('utf8', validatorsAt, contextAt),
    context: body.toString('utf8', contextAt),
  });
}

function start(order: StartRun, input: string): void {
  const code = versions.find(order.digest);
  if (code === undefined) {
    send({ type: 'turn', run: order.run, state: 'unknown-version', usage: NO_USAGE });
    return;
  }
  const isolate = versions.takeIsolate(order.digest, code);
  const run = new Run(order.run, order.digest, isolate, sayFor(order.run));
  runs.set(run.id, run);
  turn(run, () => run.start(order, code.context, input));
}

function describe(order: DescribeScript, script: string): void {
  const code = { script, validators: '', context: 'null', heapBytes: order.heapBytes, cached: new Map() };
  const run = new Run(order.run, '', versions.createIsolate(code), sayFor(order.run));
  runs.set(run.id, run);
  turn(run, () => run.describe());
}

/** Executing or parked: either way its isolate goes, and with it the end of an executing turn comes. */
function drop(id: string): void {
  runs.get(id)?.isolate[Symbol.dispose]();
  runs.delete(id);
}

let executing: string | undefined;

function turn(run: Run, work: () => Promise<TurnResult>): void {
  executing = run.id;
  const cpuBefore = run.isolate.cpuMs;
  const pagesBefore = pagesGiven();
  void work().then((result) => {
    executing = undefined;
    run.isolate.notePages(pagesGiven() - pagesBefore);
    const dropped = !runs.has(run.id);
    const usage = usageOf(run, cpuBefore);
    if (dropped) send({ type: 'turn', run: run.id, state: 'dropped', usage });
    else if (result.state === 'done') {
      send({ type: 'turn', run: run.id, usage, ...turnHeader(result) }, result.output, result.content);
    } else send({ type: 'turn', run: run.id, usage, ...turnHeader(result) });
    if (result.state !== 'parked' || dropped) finish(run, result.state === 'done' && !dropped);
  });
}

/** SECURITY: after anything but a clean end the isolate goes: left-over jobs would run in the next call's time. */
function finish(run: Run, clean: boolean): void {
  runs.delete(run.id);
  if (!clean || run.digest === '') {
    run.isolate[Symbol.dispose]();
    return;
  }
  run.release();
  versions.keepIsolate(run.digest, run.isolate);
}

/** Pages the system has given this process so far. */
function pagesGiven(): number {
  return process.resourceUsage().minorPageFault;
}

const NO_USAGE: TurnUsage = { cpuMs: 0, heapUsedBytes: 0, rssPeakBytes: 0 };

function usageOf(run: Run, cpuBefore: number): TurnUsage {
  const rssPeakBytes = process.resourceUsage().maxRSS * 1024;
  if (run.isolate.isDisposed) return { ...NO_USAGE, rssPeakBytes };
  return { cpuMs: run.isolate.cpuMs - cpuBefore, heapUsedBytes: run.isolate.heap().usedBytes, rssPeakBytes };
}

function sayFor(run: string) {
  return (kind: 'log' | 'progress' | 'call', text: string): void => {
    // The lane takes words of any other run for a break-out.
    if (run === executing) send({ type: 'said', run, kind }, text);
  };
}

function send(header: Frame['header'], ...bodies: readonly string[]): void {
  socket.write(encodeFrame(header, ...bodies));
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
