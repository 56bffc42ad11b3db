// `glovebox demo` from the repository: as expected within its time, interrupted without a trace.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, describe, it } from 'node:test';
import { runBin, startBin } from '../fixtures/cli/run-bin.ts';
import { descendantsOf, runningAfter } from '../fixtures/e2e/processes.ts';

const cwd = mkdtempSync(join(tmpdir(), 'demo-'));
after(() => rmSync(cwd, { recursive: true, force: true }));

interface DemoDocument {
  readonly ok: boolean;
  readonly ms: number;
  readonly chapters: readonly { readonly title: string; readonly facts: Readonly<Record<string, unknown>> }[];
}

// Proves command.demo.
describe('glovebox demo', () => {
  it('tells its seven chapters, within 15 s, and leaves the working directory empty', async () => {
    const { exitCode, stdout, stderr } = await runBin(['demo', '--json'], { cwd });
    assert.deepEqual([exitCode, stderr], [0, '']);
    const { ok, ms, chapters } = JSON.parse(stdout) as DemoDocument;
    assert.equal(ok, true);
    assert.equal(chapters.length, 7);
    assert.ok(ms < 15_000, `it took ${Math.round(ms)} ms`);
    assert.deepEqual(readdirSync(cwd), []);
  });

  for (const chapter of [3, 5]) {
    it(`leaves no process and no home when it is interrupted after chapter ${chapter}`, async () => {
      const temporary = mkdtempSync(join(cwd, 'tmp-'));
      using child = startBin(['demo'], { cwd, env: { TMPDIR: temporary } });
      const lines = createInterface({ input: child.stdout! });
      for await (const line of lines) if (line.startsWith(`${chapter} `)) break;
      assert.equal(readdirSync(temporary).length, 1);
      const processes = descendantsOf(child.pid!);
      assert.ok(processes.length > 0);
      child.kill('SIGINT');
      assert.deepEqual(await once(child, 'exit'), [1, null]);
      assert.deepEqual(await runningAfter(processes, 2000), []);
      assert.deepEqual(readdirSync(temporary), []);
    });
  }
});
