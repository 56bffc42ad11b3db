// What a run took of its cell's memory is given back, though its isolate would be kept for the next run.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';

import { createSandbox } from '#sandbox';
import { outputOf, run, toolOf } from '../../fixtures/jail/tools.ts';

/** Tools that end cleanly and fill some forty MiB before that; some of it is free again when they end. */
const HUNGRY: Readonly<Record<string, string>> = {
  objects: 'const a = []; for (let i = 0; i < 4e5; i += 1) a.push({ i }); return { n: a.length };',
  strings: 'const a = []; for (let i = 0; i < 3e5; i += 1) a.push("x".repeat(20) + i); return { n: a.length };',
  buffers:
    'const a = []; for (let i = 0; i < 40; i += 1) a.push(new Uint8Array(2 ** 20).fill(1)); return { n: a.length };',
  'a map': 'const m = new Map(); for (let i = 0; i < 3e5; i += 1) m.set(i, i); return { n: m.size };',
  'a text made flat': 'const t = "abc".repeat(4e6); return { n: /z/.test(t) ? 1 : 2 };',
  'what the collector has seen':
    'let last; for (let i = 0; i < 60; i += 1) last = Array.from({ length: 2e4 }, (_, n) => ({ n })); return { n: last.length };',
};

function residentKib(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

describe('the resident size of a cell', { skip: process.platform === 'linux' ? false : 'needs /proc' }, () => {
  for (const [what, body] of Object.entries(HUNGRY)) {
    // Proves jail.memory-returned.
    it(`is within 20 % of what it was 3 s after a run that made ${what}`, async () => {
      await using sandbox = createSandbox({ lanes: 1 });
      const [modest, hungry] = [toolOf('modest', 'return { n: 1 };'), toolOf('hungry', body)];
      const limits = { cpuMs: 10_000, wallMs: 20_000 };
      for (let i = 0; i < 5; i += 1) outputOf(await run(sandbox, modest));
      const [pid = 0] = sandbox.stats().cells;
      const before = residentKib(pid);
      for (let i = 0; i < 2; i += 1) outputOf(await run(sandbox, hungry, { limits }));
      const until = Date.now() + 3000;
      while (residentKib(pid) > 1.2 * before && Date.now() < until) await delay(50);
      const after = residentKib(pid);
      assert.ok(after <= 1.2 * before, `${before} KiB before, ${after} KiB after`);
      outputOf(await run(sandbox, modest));
      assert.equal(sandbox.stats().cells.includes(pid), true);
    });
  }
});
