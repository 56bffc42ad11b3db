import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { examineWalls, missingWalls, type WallFinding } from '#sandbox';
import {
  absentWalls,
  judgeBubblewrap,
  judgeWalls,
  type KindReports,
} from '../../../../../sandbox/lane/wall/judge-walls.ts';
import type { Deed, ProbeReport } from '../../../../../sandbox/lane/wall/probe-contract.ts';

const STATUS = 'NoNewPrivs:\t1\nSeccomp:\t2\n';
const LIMITS = [
  'Max file size 0 0 bytes',
  'Max data size 9 9 bytes',
  'Max address space 9 9 bytes',
  'Max core file size 0 0 bytes',
  'Max open files 9 9 files',
].join('\n');

interface Found {
  readonly past?: { readonly landlock?: readonly Deed[]; readonly seccomp?: readonly Deed[] };
  readonly abi?: number;
  readonly status?: string;
  readonly limits?: string;
  readonly signal?: number;
}

function reportsOf(
  kind: KindReports['kind'],
  { past = {}, abi = 7, status = STATUS, limits = LIMITS, signal = 9 }: Found = {},
): KindReports {
  const withoutSeccomp: ProbeReport = {
    done: past.landlock ?? ['connect-unix', 'fork', 'writable-code'],
    facts: { landlockAbi: abi, parentDeathSignal: signal },
  };
  const withoutLandlock: ProbeReport = {
    done: past.seccomp ?? ['read-file', 'write-file'],
    facts: { landlockAbi: 0, parentDeathSignal: 0, status, limits },
  };
  return { kind, withoutSeccomp, withoutLandlock };
}

/** Walls that do not hold when a cell is as they say and a workshop as it should be. */
function absent(cell: Found): string[] {
  return judgeWalls([reportsOf('strict cell', cell), reportsOf('workshop')])
    .filter(({ held }) => !held)
    .map(({ wall }) => wall);
}

describe('judgeWalls', () => {
  it('finds all held where all hold', () => {
    assert.deepEqual(absent({}), []);
  });

  it('finds none where nothing came up', () => {
    const nothing: KindReports = { ...reportsOf('strict cell'), withoutSeccomp: undefined };
    assert.ok(judgeWalls([nothing, reportsOf('workshop')]).every(({ held }) => !held));
  });

  it('finds no Landlock in a kernel that has none', () => {
    assert.deepEqual(absent({ abi: 0, past: { landlock: ['read-file'] } }), ['landlock']);
  });

  it('expects of Landlock what its ABI can', () => {
    assert.deepEqual(absent({ abi: 3, past: { landlock: ['connect-tcp', 'signal-host'] } }), []);
    assert.deepEqual(absent({ abi: 4, past: { landlock: ['connect-tcp'] } }), ['landlock']);
    assert.deepEqual(absent({ abi: 5, past: { landlock: ['signal-host'] } }), []);
    assert.deepEqual(absent({ abi: 6, past: { landlock: ['signal-host'] } }), ['landlock']);
    assert.deepEqual(absent({ abi: 1, past: { landlock: ['write-file'] } }), ['landlock']);
  });

  it('finds no filter where the kernel says so, or where one lets through', () => {
    assert.deepEqual(absent({ status: 'NoNewPrivs:\t1\nSeccomp:\t0\n' }), ['seccomp']);
    assert.deepEqual(absent({ past: { seccomp: ['fork'] } }), ['seccomp']);
    assert.deepEqual(absent({ past: { seccomp: ['writable-code'] } }), ['seccomp']);
  });

  it('lets a workshop, and no cell, write its code', () => {
    const workshop = reportsOf('workshop', { past: { seccomp: ['writable-code'] } });
    assert.ok(judgeWalls([reportsOf('strict cell'), workshop]).every(({ held }) => held));
  });

  it('names each limit that is not there', () => {
    assert.deepEqual(absent({ limits: LIMITS.replace('Max data size 9 9', 'Max data size unlimited unlimited') }), [
      'rlimits',
    ]);
    assert.deepEqual(absent({ limits: LIMITS.replace('space 9 9', 'space unlimited unlimited') }), ['rlimits']);
    assert.deepEqual(absent({ limits: LIMITS.replace('Max file size 0 0', 'Max file size 1 1') }), ['rlimits']);
  });

  it('finds what the launcher did not set', () => {
    assert.deepEqual(absent({ status: 'NoNewPrivs:\t0\nSeccomp:\t2\n' }), ['no-new-privileges']);
    assert.deepEqual(absent({ signal: 0 }), ['parent-death']);
  });
});

describe('judgeBubblewrap', () => {
  const wrapped = (...done: Deed[]): ProbeReport => ({
    done,
    facts: { landlockAbi: 0, parentDeathSignal: 9, root: ['dev', 'lib'], canWriteRoot: false },
  });
  const judge = (...reports: readonly (ProbeReport | undefined)[]): WallFinding =>
    judgeBubblewrap(reports.map((inBubblewrap) => ({ ...reportsOf('workshop'), inBubblewrap })));

  it('expects of it what namespaces and a root of its own can, and no filter', () => {
    assert.equal(judge(wrapped('fork', 'io-uring', 'writable-code')).held, true);
    for (const deed of ['read-file', 'write-file', 'connect-tcp', 'connect-unix', 'signal-host', 'exec'] as const)
      assert.equal(judge(wrapped(), wrapped(deed)).held, false);
  });

  it('finds it absent where its root can be written to, or nobody could tell', () => {
    for (const facts of [{ canWriteRoot: true }, {}])
      assert.equal(judge({ done: [], facts: { landlockAbi: 0, parentDeathSignal: 9, ...facts } }).held, false);
  });

  it('finds it absent where something did not come up in it', () => {
    assert.equal(judge(wrapped(), undefined).held, false);
  });
});

describe('examineWalls', () => {
  it('finds all absent on a machine that is not Linux, and says so of each', async () => {
    const walls = await examineWalls({}, 'darwin');
    assert.deepEqual(
      walls.map(({ wall, held }) => [wall, held]),
      [
        ['process', false],
        ['rlimits', false],
        ['no-new-privileges', false],
        ['parent-death', false],
        ['landlock', false],
        ['seccomp', false],
        ['bubblewrap', false],
        ['cgroup', false],
      ],
    );
    assert.ok(walls.every(({ detail }) => detail.includes('darwin')));
  });
});

describe('missingWalls', () => {
  const without = (...names: string[]): readonly WallFinding[] =>
    judgeWalls([reportsOf('strict cell'), reportsOf('workshop')]).map((finding) =>
      names.includes(finding.wall) ? { ...finding, held: false } : finding,
    );
  const names = (findings: readonly WallFinding[]): string[] => findings.map(({ wall }) => wall);

  it('asks of each level what the one below has, and more', () => {
    const bare = absentWalls('elsewhere');
    assert.deepEqual(names(missingWalls(bare, 'isolate')), []);
    assert.deepEqual(names(missingWalls(bare, 'process')), ['process', 'rlimits', 'no-new-privileges', 'parent-death']);
    assert.deepEqual(names(missingWalls(bare, 'os')), [
      'process',
      'rlimits',
      'no-new-privileges',
      'parent-death',
      'landlock',
      'seccomp',
    ]);
  });

  it('misses nothing of a level that another wall belongs to', () => {
    assert.deepEqual(missingWalls(without('seccomp', 'landlock'), 'process'), []);
    assert.deepEqual(names(missingWalls(without('seccomp'), 'os')), ['seccomp']);
  });

  it('takes bubblewrap in the place of Landlock, and for nothing else', () => {
    const wrapped: WallFinding = { wall: 'bubblewrap', held: true, detail: 'own namespaces' };
    assert.deepEqual(missingWalls([...without('landlock'), wrapped], 'os'), []);
    assert.deepEqual(names(missingWalls([...without('landlock', 'seccomp'), wrapped], 'os')), ['seccomp']);
    assert.deepEqual(names(missingWalls([...without('landlock'), { ...wrapped, held: false }], 'os')), ['landlock']);
  });
});
