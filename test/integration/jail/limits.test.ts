// What a run may use, and that the benign ones get it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, describe, it } from 'node:test';

import { createSandbox, type Sandbox } from '#sandbox';
import { codeOf, outputOf, run, toolOf } from '../../fixtures/jail/tools.ts';

let sandbox: Sandbox;

before(() => {
  sandbox = createSandbox({ lanes: 2 });
});
after(() => sandbox[Symbol.asyncDispose]());

describe('limits', () => {
  it('end a heap bomb with LIMIT_HEAP or its process', async () => {
    const bomb = toolOf('bomb', 'const all = []; for (;;) all.push(new Array(100_000).fill(all.length));');
    assert.match(codeOf(await run(sandbox, bomb)), /^(LIMIT_HEAP|RUN_CRASHED)$/);
  });

  it('end one allocation past every heap limit', async () => {
    const huge = toolOf('huge', String.raw`return { hit: /q/.test('一'.repeat(2 ** 29 - 25)) };`);
    assert.match(codeOf(await run(sandbox, huge)), /^(LIMIT_HEAP|RUN_CRASHED|TOOL_THREW|LIMIT_CPU)$/);
  });

  it('refuse an output over outputBytes', async () => {
    const large = toolOf('large', `return { text: 'x'.repeat(2 ** 20) };`);
    assert.equal(codeOf(await run(sandbox, large, { limits: { outputBytes: 1000 } })), 'LIMIT_OUTPUT');
  });

  it('refuse a gigabyte of output without holding it', async () => {
    const giant = toolOf('giant', `return { parts: new Array(1024).fill('x'.repeat(2 ** 20)) };`);
    assert.match(codeOf(await run(sandbox, giant)), /^(LIMIT_OUTPUT|LIMIT_HEAP|RUN_CRASHED|TOOL_INVALID)$/);
  });

  it('cut the log and keep the result', async () => {
    const chatty = toolOf('chatty', `for (let i = 0; i < 100; i += 1) console.log('x'.repeat(100)); return {};`);
    const outcome = await run(sandbox, chatty, { limits: { logBytes: 1000 } });
    assert.deepEqual(outputOf(outcome), {});
    assert.ok(outcome.logs.length >= 9 && outcome.logs.length <= 12, `${outcome.logs.length} lines`);
  });

  it('count host calls', async () => {
    const busy = toolOf('busy', `for (let i = 0; i < 50; i += 1) await host.sleep(0); return {};`);
    assert.equal(codeOf(await run(sandbox, busy, { limits: { hostCalls: 10 } })), 'LIMIT_HOST_CALLS');
  });

  it('let a large heap be asked for', async () => {
    const roomy = toolOf(
      'roomy',
      `const a = []; for (let i = 0; i < 20; i += 1) a.push(new Array(2 ** 20).fill(i)); return { n: a.length };`,
    );
    const outcome = await run(sandbox, roomy, { limits: { heapBytes: 400 * 2 ** 20, cpuMs: 10_000, wallMs: 20_000 } });
    assert.deepEqual(outputOf(outcome), { n: 20 });
  });
});

describe('CPU time', () => {
  it('adds up over many short turns', async () => {
    const turns = toolOf('turns', `for (;;) { for (let i = 0; i < 3e4; i += 1); await host.sleep(0); }`);
    const outcome = await run(sandbox, turns, { limits: { cpuMs: 300, wallMs: 20_000, hostCalls: 10_000 } });
    assert.equal(codeOf(outcome), 'LIMIT_CPU');
    assert.ok(outcome.bill.cpuMs >= 290 && outcome.bill.cpuMs < 500, `${outcome.bill.cpuMs} ms`);
  });

  it('does not pass while a run waits', async () => {
    const outcome = await run(sandbox, toolOf('rest', 'await host.sleep(400); return {};'), { limits: { cpuMs: 100 } });
    assert.deepEqual(outputOf(outcome), {});
    assert.ok(outcome.bill.cpuMs < 60 && outcome.bill.wallMs >= 400, JSON.stringify(outcome.bill));
  });
});

describe('wall time', () => {
  it('does not pass while another run has the cell', async () => {
    await using single = createSandbox({ lanes: 1, maxLanes: 1 });
    const busy = toolOf('busy', 'for (let i = 0; i < 1e8; i += 1); return {};');
    const brief = toolOf('brief', 'await host.sleep(20); for (let i = 0; i < 6e6; i += 1); return {};');
    const waiting = run(single, brief, { limits: { wallMs: 300 } });
    const outcomes = await Promise.all([
      waiting,
      ...Array.from({ length: 2 }, () => run(single, busy, { limits: { cpuMs: 10_000, wallMs: 20_000 } })),
    ]);
    for (const outcome of outcomes) assert.equal(outcome.ok, true, JSON.stringify(outcome));
  });
});

describe('a starved machine', () => {
  // Proves jail.cpu-is-cpu.
  it('does not make a benign run pass its CPU limit', async () => {
    const busy = Array.from({ length: 4 }, () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
    try {
      const work = toolOf('work', `let n = 0; for (let i = 0; i < 4e7; i += 1) n += i % 7; return { n };`);
      const outcomes = await Promise.all(
        Array.from({ length: 4 }, () => run(sandbox, work, { limits: { cpuMs: 1000, wallMs: 20_000 } })),
      );
      for (const outcome of outcomes) assert.equal(outcome.ok, true, JSON.stringify(outcome));
    } finally {
      for (const child of busy) child.kill('SIGKILL');
    }
  });
});
