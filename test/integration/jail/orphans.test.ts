// No process survives the host.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { createSandbox } from '#sandbox';
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
