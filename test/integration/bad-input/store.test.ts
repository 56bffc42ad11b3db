// A store that cannot be written while a tool is made: the making fails with the store's code at its publish step.
// The store on its own under the same troubles: test/integration/store-busy.test.ts and store-full.test.ts.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { isCodedError } from '#sandbox';
import { LOCAL_PRINCIPAL as principal } from '#host/base';
import type { MakingStep } from '#host/registry';
import { openArena, type Arena } from '../../fixtures/attacks/arena.ts';
import { Child } from '../../fixtures/store/child.ts';
import { createTemporaryHome } from '../../fixtures/store/temporary-home.ts';

const manifest = { name: 'late', description: 'Comes too late.', inputSchema: { type: 'object' } };
const source = `export default { run: () => ({ text: '${'x'.repeat(500_000)}' }) };`;

/** The making must fail at its publish step, with nothing published. */
async function assertUnpublished({ app }: Arena, code: string): Promise<void> {
  await assert.rejects(app.maker.create({ principal, manifest, source }), (error: unknown) => {
    assert.ok(isCodedError(error), String(error));
    const report = error.data?.['report'] as readonly MakingStep[];
    const last = report.at(-1);
    assert.deepEqual([error.code, last?.step, last?.verdict], [code, 'publish', 'failed']);
    return true;
  });
  assert.deepEqual(toolsOf(app), ['benign']);
}

function toolsOf(app: Arena['app']): readonly string[] {
  return app.registry.list(principal.tenant).map(({ tool }) => tool);
}

describe('a making whose database another process holds', () => {
  // Proves store.busy.
  it('fails with STORE_BUSY, publishes nothing, and succeeds once the other lets go', async () => {
    await using arena = await openArena();
    await using holder = new Child('./hold-lock.ts', arena.home);
    await holder.said(1);
    await assertUnpublished(arena, 'STORE_BUSY');
    holder.release();
    await holder.ended();
    await arena.callBenign();
    assert.equal((await arena.app.maker.create({ principal, manifest, source })).version, 1);
  });
});

describe('a making on a full disk', { skip: await whyNotMount() }, () => {
  // Proves store.full.
  it('fails with STORE_FULL, publishes nothing, and succeeds once there is room', async () => {
    await using folder = await createTemporaryHome();
    mount(folder.path);
    try {
      await using arena = await openArena(folder.path);
      const empty = fill(folder.path);
      await assertUnpublished(arena, 'STORE_FULL');
      empty();
      await arena.callBenign();
      assert.equal((await arena.app.maker.create({ principal, manifest, source })).version, 1);
    } finally {
      unmount(folder.path);
    }
  });
});

function mount(path: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'glovebox-test', path], { stdio: 'pipe' });
}

function unmount(path: string): void {
  execFileSync('umount', ['-l', path]);
}

async function whyNotMount(): Promise<string | false> {
  await using folder = await createTemporaryHome();
  try {
    mount(folder.path);
    unmount(folder.path);
    return false;
  } catch {
    return 'mounting a tmpfs is not permitted here';
  }
}

/** Takes every byte that is left; returns the way to give them back. */
function fill(disk: string): () => void {
  const path = join(disk, 'filler');
  writeFileSync(path, '');
  for (let size = 64 * 1024; size >= 1; size = size === 1 ? 0 : size / 2) {
    while (tries(() => writeFileSync(path, Buffer.alloc(size), { flag: 'a' }))) continue;
  }
  return () => writeFileSync(path, '');
}

function tries(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
