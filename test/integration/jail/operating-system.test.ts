// The operating system's walls, tried from inside by a program in a child's place: the isolate is taken for lost, and with
// it Node's permission model. With bubblewrap and without, as this user and, where this one is root, as an ordinary one.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

import { examineWalls, missingWalls } from '#sandbox';
import { findBubblewrap } from '../../../sandbox/lane/wall/bubblewrap.ts';
import type { Deed } from '../../../sandbox/lane/wall/probe-contract.ts';
import { findNativeParts } from '../../../sandbox/programs.ts';
import type { Choice, HostReport } from '../../fixtures/jail/probe-walls.ts';

const HOST = fileURLToPath(new URL('../../fixtures/jail/probe-walls.ts', import.meta.url));
const NOBODY = 65_534;
const KINDS = ['strict cell', 'fast cell', 'workshop'] as const;
/** What a process of this user can do here when nothing but rlimits holds it. */
const BARE: readonly Deed[] = [
  'find-file',
  'read-file',
  'write-file',
  'connect-tcp',
  'connect-unix',
  'fork',
  'signal-host',
  'exec',
];

// What the kernel offers, whatever becomes of it: a wall that fails to stand must not skip its own test.
const isLinux = process.platform === 'linux';
const hasFilters = isLinux && /^Seccomp:/m.test(readFileSync('/proc/self/status', 'utf8'));
const found = await findBubblewrap({ readable: findNativeParts().readable });
const noBubblewrap = 'absent' in found ? `bubblewrap: ${found.absent}` : false;
const users = isLinux ? [process.getuid?.() ?? NOBODY, ...(process.getuid?.() === 0 ? [NOBODY] : [])] : [];

async function openHost(uid: number): Promise<HostReport> {
  const options = { env: { PATH: '/usr/bin:/bin', HOME: '/', TMPDIR: '/tmp' }, cwd: '/', maxBuffer: 2 ** 24 };
  const user = uid === process.getuid?.() ? {} : { uid, gid: uid };
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', HOST], { ...options, ...user });
  return JSON.parse(stdout) as HostReport;
}

it('finds bubblewrap where it must be', { skip: process.env['GLOVEBOX_REQUIRE_BUBBLEWRAP'] === undefined }, () => {
  assert.equal(noBubblewrap, false);
});

for (const uid of users) {
  const { probes, children } = await openHost(uid);
  const landlockAbi = probes['strict cell'].none?.facts.landlockAbi ?? 0;

  describe(`whoever takes over the process, of user ${uid},`, () => {
    for (const kind of KINDS) {
      const deedsBehind = (choice: Choice): readonly Deed[] => {
        const report = probes[kind][choice];
        assert.ok(report !== undefined, 'the probe came up');
        return report.done;
      };
      // Where there is a JIT, there is code that was written.
      const allowed = kind === 'strict cell' ? [] : ['writable-code'];

      // Proves jail.os-wall.
      it(`of a ${kind} learns that a file is there, and no more`, { skip: landlockAbi < 1 || !hasFilters }, () => {
        assert.deepEqual(deedsBehind('launcher'), ['find-file', ...allowed]);
      });

      // Proves jail.bubblewrap.
      it(`of a ${kind} can do nothing in bubblewrap`, { skip: noBubblewrap }, () => {
        assert.deepEqual(deedsBehind('all'), allowed);
      });

      it(`of a ${kind} could do all of it without these walls`, () => {
        const done = new Set(deedsBehind('none'));
        // Root's children lose their capabilities, and with them the way to a host that has some; others have none.
        const expected = uid === 0 ? BARE : [...BARE, 'read-host-environment' as const];
        assert.deepEqual(
          expected.filter((deed) => !done.has(deed)),
          [],
        );
      });

      it(`of a ${kind} gets at no file where Landlock stands alone`, { skip: landlockAbi < 6 }, () => {
        assert.deepEqual(
          deedsBehind('landlock').filter((deed) => deed !== 'io-uring'),
          ['find-file', 'connect-unix', 'fork', 'writable-code'],
        );
      });

      it(`of a ${kind} gets at files alone where the filter stands alone`, { skip: !hasFilters }, () => {
        // Where all processes are one ordinary user's, files are also what a host is made of.
        const files = deedsBehind('seccomp').filter((deed) => !deed.startsWith('read-host-'));
        assert.deepEqual(files, ['find-file', 'read-file', 'write-file', ...allowed]);
      });

      it(`of a ${kind} gets at nothing outside where bubblewrap stands alone`, { skip: noBubblewrap }, () => {
        assert.deepEqual(
          deedsBehind('bubblewrap').filter((deed) => deed !== 'io-uring'),
          ['fork', 'writable-code'],
        );
        assert.equal(probes[kind].bubblewrap?.facts.status, undefined, 'there is no /proc');
        assert.equal(probes[kind].bubblewrap?.facts.canWriteRoot, false);
        // But for the folder that the runtime itself lies in, somewhere below.
        const [, own] = process.execPath.split('/');
        for (const name of ['home', 'tmp', 'var', 'proc', 'sys', 'usr/bin'].filter((each) => each !== own))
          assert.ok(!probes[kind].bubblewrap?.facts.root?.includes(name), `there is no /${name}`);
      });
    }
  });

  describe(`the children of a sandbox of user ${uid}`, () => {
    const namespaces = (status: string): number => /^NSpid:\t(.*)$/m.exec(status)?.[1]?.split('\t').length ?? 0;

    for (const mode of ['auto', 'never'] as const) {
      it(`are filtered and hold no capability (bubblewrap: ${mode})`, { skip: !hasFilters }, () => {
        assert.ok(children[mode].length >= 2, 'a cell and a workshop');
        for (const status of children[mode]) {
          assert.match(status, /^Seccomp:\t2$/m);
          assert.match(status, /^NoNewPrivs:\t1$/m);
          assert.match(status, /^CapEff:\t0{16}$/m);
          assert.match(status, /^CapPrm:\t0{16}$/m);
        }
      });
    }

    it('are in namespaces of their own, unless nobody wants it', { skip: noBubblewrap }, () => {
      const outside = namespaces(readFileSync('/proc/self/status', 'utf8'));
      assert.ok(children.auto.every((status) => namespaces(status) > outside));
      assert.ok(children.never.every((status) => namespaces(status) === outside));
    });
  });

  describe(`examineWalls`, { skip: uid !== users[0] }, () => {
    it('finds every wall held that this machine offers, and tells why of all', async () => {
      const walls = await examineWalls();
      assert.deepEqual(missingWalls(walls, 'process'), []);
      const held = (name: string): boolean | undefined => walls.find(({ wall }) => wall === name)?.held;
      assert.equal(held('landlock'), landlockAbi > 0);
      assert.equal(held('seccomp'), hasFilters);
      assert.equal(held('bubblewrap'), noBubblewrap === false);
      for (const { detail } of walls) assert.notEqual(detail, '');
    });

    it('finds bubblewrap absent where it is not wanted, and the others as they are', async () => {
      const walls = await examineWalls({ bubblewrap: 'never' });
      assert.equal(walls.find(({ wall }) => wall === 'bubblewrap')?.held, false);
      assert.deepEqual(missingWalls(walls, 'process'), []);
    });
  });
}
