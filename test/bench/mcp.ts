// What MCP costs with a jail behind it: the documented `serve` and `stdio`, beside a static tool on the MCP SDK.

import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { runFloor } from './floor.ts';
import { inFlight } from './in-flight.ts';
import { callOverHttp, callOverStdio, type CallOnce, type Piped } from './mcp-client.ts';
import type { Measurement } from './measurement.ts';
import { cpuPerRequest, readProcessCpu, totalCpu, type ProcessCpu } from './process-cpu.ts';
import { BIN, freePort, stop, untilListening } from './server-process.ts';
import { median, percentile } from './statistics.ts';

const ROUNDS = 3;
const WARM_UP = 400;
const CALLS: Readonly<Record<number, number>> = { 1: 400, 16: 1200 };
const PEER = 'static tool';
const STATIC = join(import.meta.dirname, 'static-server.ts');

/** A server under test. */
interface Server extends AsyncDisposable {
  readonly pid: number;
  readonly call: CallOnce;
}

/** Both transports, over a home that has the trivial tool. */
export async function benchMcp(home: string): Promise<readonly Measurement[]> {
  const { cpu: isolateCpu } = await runFloor(WARM_UP, WARM_UP);
  return [
    ...(await benchTransport('MCP over HTTP', await startHttp(home), await startStaticHttp(), isolateCpu)),
    ...(await benchTransport('MCP over stdio', startStdio(home), startStaticStdio(), isolateCpu)),
  ];
}

async function benchTransport(
  title: string,
  server: Server,
  peer: Server,
  isolateCpu: number,
): Promise<readonly Measurement[]> {
  await using ours = server;
  await using theirs = peer;
  for (const { call } of [ours, theirs]) await inFlight(call, 16, WARM_UP);
  const rows: Measurement[] = [];
  for (const width of [1, 16]) {
    const [mine, other] = [new Sample(ours, width), new Sample(theirs, width)];
    for (let round = 0; round < ROUNDS; round += 1) {
      await other.round();
      await mine.round();
    }
    rows.push(...compare(`${title}, ${width === 1 ? 'one at a time' : `${width} in flight`}`, mine, other), {
      name: '  cells',
      unit: 'ms CPU',
      value: mine.cpu(({ children }) => children),
      against: { name: 'bare isolate', value: isolateCpu },
    });
  }
  return rows;
}

/** What one server did with so many requests in flight. */
class Sample {
  readonly #server: Server;
  readonly #width: number;
  readonly #times: number[] = [];
  readonly #cpu: ProcessCpu[] = [];
  #elapsedMs = 0;

  constructor(server: Server, width: number) {
    this.#server = server;
    this.#width = width;
  }

  async round(): Promise<void> {
    const calls = CALLS[this.#width] ?? 0;
    const before = readProcessCpu(this.#server.pid);
    const { times, elapsedMs } = await inFlight(this.#server.call, this.#width, calls);
    this.#cpu.push(cpuPerRequest(before, readProcessCpu(this.#server.pid), calls));
    this.#times.push(...times);
    this.#elapsedMs += elapsedMs;
  }

  percentile(share: number): number {
    return percentile(this.#times, share);
  }

  get perSecond(): number {
    return (this.#times.length / this.#elapsedMs) * 1000;
  }

  /** The middle round's. */
  cpu(part: (cpu: ProcessCpu) => number): number {
    return median(this.#cpu.map(part));
  }
}

function compare(name: string, ours: Sample, theirs: Sample): readonly Measurement[] {
  const row = (what: string, unit: Measurement['unit'], read: (sample: Sample) => number): Measurement => ({
    name: `${name}, ${what}`,
    unit,
    value: read(ours),
    against: { name: PEER, value: read(theirs) },
  });
  const part = (what: string, read: (cpu: ProcessCpu) => number): Measurement => ({
    ...row('', 'ms CPU', (sample) => sample.cpu(read)),
    name: `  ${what}`,
  });
  return [
    row('p50', 'ms', (sample) => sample.percentile(0.5)),
    row('p99', 'ms', (sample) => sample.percentile(0.99)),
    row('throughput', 'calls/s', (sample) => sample.perSecond),
    { ...row('CPU per request', 'ms CPU', (sample) => sample.cpu(totalCpu)), aim: 2 },
    part('main thread', ({ mainThread }) => mainThread),
    part('other threads', ({ otherThreads }) => otherThreads),
  ];
}

async function startHttp(home: string): Promise<Server> {
  const port = await freePort();
  const child = spawn(process.execPath, [BIN, 'serve', '--port', String(port), '--home', home], { stdio: 'ignore' });
  await untilListening(port);
  return serverOf(child, callOverHttp(`http://127.0.0.1:${port}/mcp`));
}

async function startStaticHttp(): Promise<Server> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--no-warnings', STATIC, 'http', String(port)], { stdio: 'ignore' });
  await untilListening(port);
  return serverOf(child, callOverHttp(`http://127.0.0.1:${port}/`));
}

function startStdio(home: string): Server {
  return piped([BIN, 'stdio', '--home', home]);
}

function startStaticStdio(): Server {
  return piped(['--no-warnings', STATIC, 'stdio']);
}

function piped(args: readonly string[]): Server {
  const child: Piped = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  return serverOf(child, callOverStdio(child));
}

function serverOf(child: Parameters<typeof stop>[0], call: CallOnce): Server {
  return { pid: child.pid ?? 0, call, [Symbol.asyncDispose]: () => stop(child) };
}
