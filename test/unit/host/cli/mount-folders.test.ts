import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createLog, LOCAL_PRINCIPAL } from '#host/base';
import type { MountedItem, MountRequest } from '#host/making';
import type { Mount, SuspiciousItem } from '#host/registry';
import type { CommandApp, CommandContext } from '../../../../host/cli/command.ts';
import { collectFolder, describeMounted, mountFolders } from '../../../../host/cli/mount-folders.ts';
import { createMount } from '../../../fixtures/store/mounts.ts';

describe('mountFolders', () => {
  const signal = new AbortController().signal;
  const told: unknown[] = [];
  const context = {
    principal: LOCAL_PRINCIPAL,
    stopping: signal,
    output: { mountedItem: (item: MountedItem) => told.push(item.path) },
    surroundings: { cwd: () => '/work' },
  } as unknown as CommandContext;

  it('mounts one folder after the other, by their paths from where the command stands', async () => {
    const done: unknown[] = [];
    const mount = createMount({ tools: ['a', 'b'], resources: { r: 'n://r' } });
    const app = {
      maker: {
        mount: async ({ folder, onItem, ...request }: MountRequest): Promise<Mount> => {
          done.push(folder);
          assert.deepEqual(request, { principal: LOCAL_PRINCIPAL, signal });
          onItem?.({ path: `${folder}/tools/a.ts`, ms: 1, done: 1, total: 1 });
          return mount;
        },
      },
      registry: { mount: (_principal: unknown, given: Mount) => done.push(given === mount) },
    } as unknown as CommandApp;
    assert.deepEqual(await mountFolders(app, ['mine', '/elsewhere/yours'], context), [
      { folder: 'mine', tools: 2, prompts: 0, resources: 1, suspicious: [] },
      { folder: '/elsewhere/yours', tools: 2, prompts: 0, resources: 1, suspicious: [] },
    ]);
    assert.deepEqual(done, ['/work/mine', true, '/elsewhere/yours', true]);
    assert.deepEqual(told, ['/work/mine/tools/a.ts', '/elsewhere/yours/tools/a.ts']);
  });

  it('warns of what looks suspicious, and answers with all of it', async () => {
    const lines: string[] = [];
    const log = createLog({ level: 'warn', destination: { write: (line) => lines.push(line) } });
    const finding = { excerpt: 'eval', message: 'code from text', where: { file: 'tools/a.ts', line: 1 } };
    const suspicious: readonly SuspiciousItem[] = [
      {
        path: 'tools/a.ts',
        findings: [
          { kind: 'code-from-text', severity: 'warning', ...finding },
          { kind: 'long-line', severity: 'note', ...finding },
        ],
      },
    ];
    const app = {
      maker: { mount: () => Promise.resolve({ ...createMount({ tools: ['a'] }), suspicious }) },
      registry: { mount: () => {} },
    } as unknown as CommandApp;
    const [mounted] = await mountFolders(app, ['mine'], { ...context, log });
    assert.deepEqual(mounted?.suspicious, suspicious);
    assert.deepEqual(
      lines.map((line) => (JSON.parse(line) as { readonly kind: string }).kind),
      ['code-from-text'],
    );
  });
});

describe('collectFolder', () => {
  it('keeps the order they are given in, and refuses none at all', () => {
    assert.deepEqual(collectFolder('b', collectFolder('a')), ['a', 'b']);
    assert.throws(() => collectFolder(''), { code: 'commander.invalidArgument' });
  });
});

describe('describeMounted', () => {
  it('counts', () => {
    const mounted = { folder: './mine', tools: 1, prompts: 0, resources: 2 };
    assert.equal(describeMounted(mounted), '1 tool, 0 prompts and 2 resources from ./mine');
  });
});
