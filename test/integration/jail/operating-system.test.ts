// The operating system's walls, tried from inside by a program in a child's place: the isolate is taken for lost, and with
// it Node's permission model.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

import { createSandbox, examineWalls, missingWalls } from '#sandbox';
import type { Deed } from '../../../sandbox/lane/wall/probe-contract.ts';
import { sendProbe, type ProbeRequest } from '../../../sandbox/lane/wall/send-probe.ts';
import { run, toolOf } from '../../fixtures/jail/tools.ts';

const HOST = fileURLToPath(new URL('../../fixtures/jail/probe-walls.ts', import.meta.url));
const KINDS = ['cell', 'workshop'] as const;
/** What a process of this user can do here when nothing but rlimits holds it. */
const BARE: readonly Deed[] = ['read-file', 'write-file', 'connect-tcp', 'connect-unix', 'fork', 'signal-host', 'exec'];

// What the kernel offers, whatever becomes of it: a wall that fails to stand must not skip its own test.
const isLinux = process.platform === 'linux';
const bare = isLinux ? await sendProbe({ kind: 'cell', without: ['landlock', 'seccomp'] }) : undefined;
const landlockAbi = bare?.facts.landlockAbi ?? 0;
const hasFilters = isLinux && /^Seccomp:/m.test(readFileSync('/proc/self/status', 'utf8'));

async function deedsOf(request: ProbeRequest): Promise<readonly Deed[]> {
  const report = await sendProbe(request);
  assert.ok(report !== undefined, 'the probe came up');
  return report.done;
}

describe('whoever takes over the process', { skip: !isLinux }, () => {
  for (const kind of KINDS) {
    // A workshop compiles to machine code: that is all it may do.
    const allowed = kind === 'workshop' ? ['writable-code'] : [];

    // Proves jail.os-wall.
    it(`of a ${kind} can do nothing`, { skip: landlockAbi < 1 || !hasFilters }, async () => {
      assert.deepEqual(await deedsOf({ kind }), allowed);
    });

    it(`of a ${kind} could do all of it without these walls`, async () => {
      const done = new Set(await deedsOf({ kind, without: ['landlock', 'seccomp'] }));
      assert.deepEqual(
        BARE.filter((deed) => !done.has(deed)),
        [],
      );
    });

    it(`of a ${kind} gets at no file where Landlock stands alone`, { skip: landlockAbi < 6 }, async () => {
      const done = await deedsOf({ kind, without: ['seccomp'] });
      assert.deepEqual(
        done.filter((deed) => deed !== 'io-uring'),
        ['connect-unix', 'fork', 'writable-code'],
      );
    });

    it(`of a ${kind} gets at files alone where the filter stands alone`, { skip: !hasFilters }, async () => {
      assert.deepEqual(await deedsOf({ kind, without: ['landlock'] }), ['read-file', 'write-file', ...allowed]);
    });
  }

  it(
    'can do nothing when the host is an ordinary user',
    { skip: process.getuid?.() !== 0 || landlockAbi < 1 || !hasFilters },
    async () => {
      const nobody = { uid: 65_534, gid: 65_534, env: { PATH: '/usr/bin:/bin', HOME: '/', TMPDIR: '/tmp' }, cwd: '/' };
      const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', HOST], nobody);
      const { walled, bare } = JSON.parse(stdout) as { walled: Deed[]; bare: Deed[] };
      assert.deepEqual(walled, []);
      // Root's children lose their capabilities, and with them the way to a host that has some; this host has none.
      const expected: readonly Deed[] = [...BARE, 'read-host-environment'];
      assert.deepEqual(
        expected.filter((deed) => !bare.includes(deed)),
        [],
      );
    },
  );
});

describe('the children of a sandbox', { skip: !isLinux }, () => {
  it('are filtered and hold no capability', { skip: !hasFilters }, async () => {
    await using sandbox = createSandbox({ lanes: 1, maxLanes: 1 });
    await sandbox.compile({ tenant: 'local', entry: 'tool.ts', files: { 'tool.ts': 'export default 1;' } });
    await run(sandbox, toolOf('a', 'return {};'));
    for (const pid of sandbox.stats().children) {
      await until(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes('--permission'));
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      assert.match(status, /^Seccomp:\t2$/m);
      assert.match(status, /^CapEff:\t0{16}$/m);
      assert.match(status, /^CapPrm:\t0{16}$/m);
    }
  });
});

describe('examineWalls', { skip: !isLinux }, () => {
  it('finds every wall held that this kernel offers, and tells why of all', async () => {
    const walls = await examineWalls();
    assert.deepEqual(missingWalls(walls, 'process'), []);
    const held = (name: string): boolean | undefined => walls.find(({ wall }) => wall === name)?.held;
    assert.equal(held('landlock'), landlockAbi > 0);
    assert.equal(held('seccomp'), hasFilters);
    for (const { detail } of walls) assert.notEqual(detail, '');
  });
});

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 3000;
  while (!holds() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(holds());
}
