// On recorded files: what is read and written where. What a kernel makes of it is for test/integration/jail/cgroup.test.ts.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

import { createChildGroup, limitsFor, openCgroup } from '../../../../../sandbox/lane/wall/cgroup.ts';

const MIB = 1024 * 1024;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'glovebox-cgroup-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A group as a service manager delegates it: this host is in there, with what started it. */
function record(controllers: string, procs = '17\n'): void {
  writeFileSync(join(folder, 'cgroup.controllers'), `${controllers}\n`);
  writeFileSync(join(folder, 'cgroup.procs'), procs);
}

function read(...path: string[]): string {
  return readFileSync(join(folder, ...path), 'utf8');
}

describe('openCgroup', () => {
  it('passes on the controllers that limit, of those there are', () => {
    record('cpuset cpu io memory hugetlb pids rdma misc');
    assert.deepEqual(openCgroup(folder), { folder, controllers: ['memory', 'pids', 'cpu'] });
    assert.equal(read('cgroup.subtree_control'), '+memory +pids +cpu');
    record('memory');
    assert.deepEqual(openCgroup(folder), { folder, controllers: ['memory'] });
  });

  it('moves this host out of the group that passes them on, the last of those in there', () => {
    record('memory');
    openCgroup(folder);
    assert.equal(read('host', 'cgroup.procs'), String(process.pid));
  });

  it('is of no use without a memory controller, or where there is no group', () => {
    record('cpuset cpu pids');
    assert.ok('absent' in openCgroup(folder));
    assert.equal(existsSync(join(folder, 'cgroup.subtree_control')), false);
    const found = openCgroup(join(folder, 'nothing'));
    assert.ok('absent' in found && found.absent.includes('ENOENT'));
  });

  it('removes the groups of hosts that are gone, and no other', () => {
    record('memory');
    const gone = 'child-4194305-a';
    const mine = `child-${process.pid}-b`;
    for (const name of [gone, mine, 'another']) mkdirSync(join(folder, name));
    openCgroup(folder);
    assert.deepEqual(
      readdirSync(folder).filter((name) => !name.startsWith('cgroup.')),
      ['another', mine, 'host'],
    );
  });
});

describe('createChildGroup', () => {
  function createIn(controllers: readonly string[]): (file: string) => string | undefined {
    createChildGroup({ folder, controllers }, { memoryBytes: 768 * MIB, cpus: 2, processes: 64 }).add(23);
    const [name = ''] = readdirSync(folder);
    assert.ok(name.startsWith(`child-${process.pid}-`));
    return (file) => (existsSync(join(folder, name, file)) ? read(name, file) : undefined);
  }

  it('limits what its folder has controllers for, before a process is in there', () => {
    const file = createIn(['memory', 'pids', 'cpu']);
    assert.equal(file('memory.max'), String(768 * MIB));
    assert.equal(file('memory.oom.group'), '1');
    assert.equal(file('pids.max'), '64');
    assert.equal(file('cpu.max'), '200000 100000');
    assert.equal(file('cgroup.procs'), '23');
  });

  it('limits nothing it has no controller for', () => {
    const file = createIn(['memory']);
    assert.deepEqual([file('pids.max'), file('cpu.max')], [undefined, undefined]);
  });
});

describe('limitsFor', () => {
  it('leaves the limits that tell why the first word', () => {
    assert.ok(limitsFor({ rssBytes: 640 * MIB }).memoryBytes > 640 * MIB);
  });
});
