import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';

import type { SandboxStats } from '#sandbox';
import { watchProcesses, type ProcessWatch } from '../../../../../host/cli/attest/process-watch.ts';

/** Takes 64 MB more with each line it is sent, and keeps them. */
const GREEDY = `
const kept = [];
process.stdin.on('data', () => {
  kept.push(Buffer.alloc(64e6, 1));
  process.stdout.write('taken');
});
process.stdout.write('ready');
`;

const NOTHING: SandboxStats = { lanes: 0, running: 0, parked: 0, queued: 0, children: [], cells: [], cellsKilled: 0 };

describe('a watch over processes', { skip: process.platform !== 'linux' }, () => {
  let cell: ChildProcessWithoutNullStreams;
  let watch: ProcessWatch;
  // Not before: the tests of attacks, in the same process, answer for every child there is.
  before(async () => {
    cell = spawn(process.execPath, ['--eval', GREEDY]);
    const pid = cell.pid!;
    watch = watchProcesses({ stats: () => ({ ...NOTHING, children: [pid], cells: [pid] }) });
    await once(cell.stdout, 'data');
  });
  after(() => cell.kill('SIGKILL'));

  async function take(): Promise<void> {
    const taken = once(cell.stdout, 'data');
    cell.stdin.write('more');
    await taken;
  }

  it('is content with a cell that takes nothing', async () => {
    await watch.assertReleased(watch.sizes(), () => assert.fail('done again'));
  });

  it('is content with one that takes nothing the second time', async () => {
    const sizes = watch.sizes();
    await take();
    let times = 0;
    await watch.assertReleased(sizes, async () => void (times += 1));
    assert.equal(times, 1);
  });

  // Proves command.attest-released.
  it('rejects with ATTEST_FAILED when one takes more each time', async () => {
    const sizes = watch.sizes();
    await take();
    await assert.rejects(watch.assertReleased(sizes, take), { code: 'ATTEST_FAILED' });
  });

  it('is content with one that is gone', async () => {
    const sizes = watch.sizes();
    const gone = once(cell, 'exit');
    cell.kill('SIGKILL');
    await gone;
    await watch.assertReleased(sizes, () => assert.fail('done again'));
  });
});
