// No process survives the host.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { createSandbox } from '#sandbox';
import { standardPlan } from '../../../sandbox/lane/cell-plan.ts';
import { spawnChild } from '../../../sandbox/lane/child.ts';
import { openPrograms } from '../../../sandbox/lane/wall/open-programs.ts';
import { run, toolOf } from '../../fixtures/jail/tools.ts';

const HOST = fileURLToPath(new URL('../../fixtures/jail/hold-stuck-cell.ts', import.meta.url));

describe('the children of a host', () => {
  // Proves jail.no-orphans.
  it('die with it within 2 s of SIGKILL, a cell in an endless native loop included', async () => {
    const host = spawn(process.execPath, [HOST], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(host.stdout, 'data')) as [Buffer];
    const children = JSON.parse(line.toString()) as number[];
    assert.ok(children.length >= 2);
    assert.deepEqual(children.filter(isAlive), children);
    host.kill('SIGKILL');
    await once(host, 'exit');
    await until(() => children.every((pid) => !isAlive(pid)), 2000);
    assert.deepEqual(children.filter(isAlive), []);
  });

  it('die with the sandbox when it is disposed', async () => {
    const sandbox = createSandbox({ lanes: 2 });
    await run(sandbox, toolOf('a', 'return {};'));
    const { children } = sandbox.stats();
    await sandbox[Symbol.asyncDispose]();
    await until(() => children.every((pid) => !isAlive(pid)), 2000);
    assert.deepEqual(children.filter(isAlive), []);
  });
});

describe('a child that is killed while it starts', () => {
  // A size of its own, by which its processes are known: nobody may be left to ask for their ids.
  const dataBytes = standardPlan('strict').dataBytes + 4096 * process.pid;

  it('is gone with all that was to hold it', { skip: process.platform !== 'linux' }, async () => {
    const programs = await openPrograms();
    for (let delayMs = 0; delayMs < 20; delayMs += 0.5) {
      const child = spawnChild({ kind: 'cell', ...standardPlan('strict'), dataBytes, programs });
      await delay(delayMs);
      child.kill();
      await child.exited;
    }
    await until(() => processesWith(String(dataBytes)).length === 0, 2000);
    assert.deepEqual(processesWith(String(dataBytes)), []);
  });
});

/** Processes that were started with an argument that holds a text. */
function processesWith(text: string): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && commandOf(name).includes(text));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(holds: () => boolean, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!holds() && Date.now() < deadline) await delay(20);
}
