// What holds around a cell once its isolate does not: asked of the kernel, and tried from the process itself.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { createSandbox, DEFAULT_LIMITS } from '#sandbox';
import { Dispatcher } from '../../../sandbox/dispatcher.ts';
import { settledChildren } from '../../fixtures/jail/children.ts';
import { fakePrograms } from '../../fixtures/jail/fake-cell.ts';
import { codeOf, outputOf, run, toolOf } from '../../fixtures/jail/tools.ts';

const MIB = 2 ** 20;

/** What a cell may not do, as expressions: each has to throw or reject. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  'read a file': `fs.readFileSync('/etc/passwd')`,
  'list a folder': `fs.readdirSync('/')`,
  'read the environment of its host': `fs.readFileSync('/proc/' + process.ppid + '/environ')`,
  'write a file': `fs.writeFileSync('/tmp/glovebox-was-here', 'x')`,
  'start a program': `childProcess.spawnSync('/bin/true').error.code === 'x' || (() => { throw childProcess.spawnSync('/bin/true').error })()`,
  'start a thread': `new threads.Worker('0', { eval: true })`,
  'open a connection': `connect('127.0.0.1', 1)`,
  'open a port': `listen()`,
  'look up a name': `dns.promises.lookup('localhost')`,
  'open an inspector': `inspector.open(0)`,
  'start WASI': `new WASI({ version: 'preview1' })`,
};

/** Runs one of these in a cell's main realm and tells what came of it. */
async function attempt(expression: string): Promise<string> {
  const deed = `(async () => {
    const [fs, childProcess, threads, net, dns, inspector, { WASI }] = await Promise.all(
      ['fs', 'child_process', 'worker_threads', 'net', 'dns', 'inspector', 'wasi'].map((name) => import('node:' + name)),
    );
    const settle = (emitter, event) => new Promise((resolve, reject) => emitter.once(event, () => resolve()).once('error', reject));
    const connect = (host, port) => settle(net.connect(port, host), 'connect');
    const listen = () => settle(net.createServer().listen(0), 'listening');
    let message;
    try { await (${expression}); message = 'done'; } catch (error) { message = String(error.code); }
    send({ type: 'turn', run, state: 'failed', usage, failure: { code: 'TOOL_FAILED', message } });
  })();`;
  const dispatcher = new Dispatcher({
    programs: await fakePrograms(deed),
    lanes: 1,
    maxLanes: 1,
    maxQueued: 1,
    queueMs: 9000,
    idleMs: 9000,
  });
  await using _ = dispatcher;
  const artifact = toolOf('any', '');
  const task = {
    runId: 'run',
    tenant: 'local',
    artifact,
    limits: DEFAULT_LIMITS,
    input: '"evil"',
    seed: '',
    clockMs: 0,
    grants: [],
  };
  const outcome = await dispatcher.run({ task, key: 'any', digest: artifact.digest });
  return outcome.ok ? 'ok' : `${outcome.failure.code}: ${outcome.failure.message}`;
}

describe('a cell', { skip: process.platform !== 'linux' }, () => {
  it('has the limits, the privileges and the environment it should', async () => {
    await using sandbox = createSandbox({ lanes: 1 });
    await run(sandbox, toolOf('a', 'return {};'));
    const children = await settledChildren(sandbox, 2);
    assert.equal(children.length, 2, 'a cell and its spare');
    for (const pid of children) {
      const limits = readFileSync(`/proc/${pid}/limits`, 'utf8');
      assert.match(limits, new RegExp(`^Max data size +${512 * MIB} +${512 * MIB} `, 'm'));
      assert.match(limits, /^Max core file size +0 +0 /m);
      assert.match(limits, /^Max file size +0 +0 /m);
      assert.match(limits, /^Max open files +256 +256 /m);
      assert.match(readFileSync(`/proc/${pid}/status`, 'utf8'), /^NoNewPrivs:\t1$/m);
      const names = readFileSync(`/proc/${pid}/environ`, 'utf8')
        .split('\0')
        .map((entry) => entry.split('=')[0]);
      assert.deepEqual(
        names.filter((name) => name !== ''),
        ['TZ', 'LC_ALL', 'LIBC', 'OPENSSL_CONF', 'MALLOC_MMAP_THRESHOLD_'],
      );
    }
  });

  it('gets a larger memory limit only with a larger heap', async () => {
    await using sandbox = createSandbox({ lanes: 1 });
    await run(sandbox, toolOf('a', 'return {};'), { limits: { heapBytes: 512 * MIB } });
    const sizes = sandbox
      .stats()
      .children.map((pid) => /^Max data size +(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[1]);
    assert.ok(sizes.includes(String(1152 * MIB)), sizes.join());
  });

  for (const [deed, expression] of Object.entries(FORBIDDEN)) {
    it(`cannot ${deed}`, async () => {
      assert.equal(await attempt(expression), 'TOOL_FAILED: ERR_ACCESS_DENIED');
    });
  }

  it('ends when it takes more memory than it may, wherever that memory lies', async () => {
    const hoard = `const all = []; const more = () => { all.push(Buffer.alloc(${16 * MIB}, 1)); setImmediate(more); }; more()`;
    assert.match(
      await attempt(`(${JSON.stringify('')}, eval(${JSON.stringify(hoard)}), new Promise(() => {}))`),
      /^RUN_CRASHED/,
    );
  });
});

describe('two runs of one version', () => {
  it('share no global, no prototype and no module state', async () => {
    await using sandbox = createSandbox({ lanes: 1, maxLanes: 1 });
    const tool = toolOf(
      'leaver',
      `const left = [globalThis.left, [].left, tool.left]; globalThis.left = 1; tool.left = 1;
       try { Array.prototype.left = 1; } catch {}
       return { left };`,
    );
    for (let i = 0; i < 3; i++) assert.deepEqual(outputOf(await run(sandbox, tool)), { left: [null, null, null] });
    assert.equal(codeOf(await run(sandbox, toolOf('thrower', 'throw undefined;'))), 'TOOL_THREW');
  });
});
