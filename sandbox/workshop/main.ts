// A workshop: the jailed process that renders templates, compiles sources and generates validators. One order at a time;
// its lane keeps the deadline and ends this process when it must.

import { createRequire } from 'node:module';
import { Socket } from 'node:net';

import type * as Esbuild from 'esbuild-wasm';
import type IVM from 'isolated-vm';

import { isCodedError, plainFailure, sandboxFailure, type Failure } from '../errors.ts';
import { encodeFrame, FrameReader, WIRE_VERSION, type Frame } from '../wire.ts';
import type { WorkOrder, WorkshopOp } from '../workshop-messages.ts';
import { BenchSupply } from './bench.ts';
import { CompilerLost, type SdkFiles } from './compile.ts';
import { Derivations } from './derivations.ts';
import { startEsbuild } from './start-esbuild.ts';
import { createSteps, type Steps } from './steps.ts';

/** The socket the host opened for the frames. */
const FRAMES_FD = 3;

const [esbuildPath = '', esbuildWasmPath = '', isolatedVmPath = ''] = process.argv.slice(-3);
const require = createRequire('/');
const ivm = require(isolatedVmPath) as typeof IVM;
const socket = new Socket({ fd: FRAMES_FD });
const reader = new FrameReader();
let steps: Steps;

socket.on('data', (chunk: Buffer) => {
  for (const frame of reader.push(chunk)) receive(frame);
});
// The host is gone: nothing here may outlive it.
socket.on('close', die);
socket.on('error', die);

function receive({ header, body }: Frame): void {
  if (header.type === 'init') {
    const sdk = header['sdk'] as SdkFiles;
    const benches = new BenchSupply(ivm, body.toString());
    const esbuild = startEsbuild(require(esbuildPath) as typeof Esbuild, esbuildWasmPath);
    steps = createSteps({ benches, derivations: new Derivations(benches), esbuild, sdk });
    send({ type: 'ready', wire: WIRE_VERSION }, '');
  } else if (header.type === 'work') void work(header as unknown as WorkOrder, body.toString());
}

async function work({ id, op }: WorkOrder, request: string): Promise<void> {
  try {
    send({ type: 'done', id, ok: true }, await perform(op, request));
  } catch (error) {
    // Without its compiler this process is of no more use; the lane sees it die and starts another.
    if (error instanceof CompilerLost) die();
    send({ type: 'done', id, ok: false }, JSON.stringify(failureOf(op, error)));
  }
}

/** As a step's own request: the lane sends what the host's types say. */
async function perform(op: WorkshopOp, request: string): Promise<string> {
  const step = steps[op] as (request: unknown) => Promise<unknown>;
  return JSON.stringify(await step(JSON.parse(request)));
}

function failureOf(op: string, error: unknown): Failure {
  // Plain data from an isolate, or an error of this process: both by their shape.
  if (isCodedError(error)) return plainFailure(error);
  // An isolate that ran out of heap or stack.
  return sandboxFailure(
    'MAKING_CRASHED',
    `the ${op} step used more memory than a workshop has; make its input smaller`,
  );
}

function send(header: Frame['header'], body: string): void {
  socket.write(encodeFrame(header, body));
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
