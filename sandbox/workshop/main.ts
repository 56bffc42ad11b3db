// A workshop: the jailed process that renders templates, compiles sources and generates validators. One order at a time;
// its lane keeps the deadline and ends this process when it must.

import { createRequire } from 'node:module';
import { Socket } from 'node:net';

import type * as Esbuild from 'esbuild-wasm';
import type IVM from 'isolated-vm';

import { CodedError, isCodedError, plainFailure, sandboxFailure, type Failure } from '../errors.ts';
import { encodeFrame, FrameReader, WIRE_VERSION, type Frame } from '../wire.ts';
import type { WorkOrder, WorkshopOps } from '../workshop-messages.ts';
import { BenchSupply } from './bench.ts';
import { compile, CompilerLost, type SdkFiles } from './compile.ts';
import { startEsbuild } from './start-esbuild.ts';

/** The socket the host opened for the frames. */
const FRAMES_FD = 3;

const [esbuildPath = '', esbuildWasmPath = '', isolatedVmPath = ''] = process.argv.slice(-3);
const ivm = createRequire('/')(isolatedVmPath) as typeof IVM;
const socket = new Socket({ fd: FRAMES_FD });
const reader = new FrameReader();
let benches: BenchSupply;
let sdk: SdkFiles;
let esbuild: Promise<typeof Esbuild>;

socket.on('data', (chunk: Buffer) => {
  for (const frame of reader.push(chunk)) receive(frame);
});
// The host is gone: nothing here may outlive it.
socket.on('close', die);
socket.on('error', die);

function receive({ header, body }: Frame): void {
  if (header.type === 'init') {
    sdk = header['sdk'] as SdkFiles;
    benches = new BenchSupply(ivm, body.toString());
    esbuild = startEsbuild(esbuildPath, esbuildWasmPath);
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

async function perform(op: WorkOrder['op'], request: string): Promise<string> {
  if (op === 'compile')
    return JSON.stringify(await compile(await esbuild, sdk, JSON.parse(request) as WorkshopOps['compile']['request']));
  const answer = JSON.parse(await benches.run(op, request)) as { value?: unknown; failure?: Failure };
  if (answer.failure !== undefined) throw new CodedError(answer.failure);
  return JSON.stringify(answer.value);
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
