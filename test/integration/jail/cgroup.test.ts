// Control groups of children in a real hierarchy of version 2: made, entered and gone again. Controllers are not needed for
// that; what they limit is up to the kernel.

import assert from 'node:assert/strict';
import { accessSync, constants, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';

import { createSandbox, examineWalls } from '#sandbox';
import { standardPlan } from '../../../sandbox/lane/cell-plan.ts';
import { spawnChild, untilReady } from '../../../sandbox/lane/child.ts';
import { limitsFor, openCgroup } from '../../../sandbox/lane/wall/cgroup.ts';
import { openPrograms } from '../../../sandbox/lane/wall/open-programs.ts';
import { run, toolOf } from '../../fixtures/jail/tools.ts';

/** A folder in which this user may make groups. */
function findHierarchy(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const mount = /^\S+ (\S+) cgroup2 /m.exec(readFileSync('/proc/mounts', 'utf8'))?.[1];
  const own = /^0::(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1];
  if (mount === undefined || own === undefined) return undefined;
  const folder = join(mount, own);
  try {
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    return undefined;
  }
}

const hierarchy = findHierarchy();
const skip = hierarchy === undefined ? 'no control group of version 2 is writable here' : false;

/** An empty group for one test; this process is where it was again when it ends. */
async function withGroup(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = join(hierarchy ?? '', `glovebox-test-${process.pid}`);
  mkdirSync(folder);
  try {
    await test(folder);
  } finally {
    writeFileSync(join(hierarchy ?? '', 'cgroup.procs'), String(process.pid));
    for (const name of groupsIn(folder)) rmdirSync(join(folder, name));
    rmdirSync(folder);
  }
}

function groupsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [each.name] : []));
}

async function untilEmpty(folder: string, but: readonly string[] = []): Promise<void> {
  const deadline = Date.now() + 3000;
  while (groupsIn(folder).length > but.length && Date.now() < deadline) await delay(10);
  assert.deepEqual(groupsIn(folder), but);
}

describe('a child with a control group', { skip }, () => {
  for (const bubblewrap of ['auto', 'never'] as const) {
    it(`is in it with all that holds it, alone, and the group goes with it (bubblewrap: ${bubblewrap})`, () =>
      withGroup(async (folder) => {
        const programs = { ...(await openPrograms({ bubblewrap })), cgroup: { folder, controllers: [] } };
        const plan = { kind: 'cell', ...standardPlan('strict'), programs } as const;
        const [one, other] = [spawnChild(plan), spawnChild(plan)];
        await Promise.all([untilReady(one), untilReady(other)]);
        const members = groupsIn(folder).map((name) => readFileSync(join(folder, name, 'cgroup.procs'), 'utf8'));
        assert.equal(members.length, 2);
        for (const child of [one, other]) {
          const own = members.filter((pids) => pids.split('\n').includes(String(child.pid)));
          assert.equal(own.length, 1, 'it is in one group');
        }
        one.kill();
        other.kill();
        await Promise.all([one.exited, other.exited]);
        await untilEmpty(folder);
      }));
  }
});

describe('a host that was given a control group', { skip }, () => {
  it('limits the memory of each child, and starts none where that one cannot', () =>
    withGroup(async (folder) => {
      const limits = 'controllers' in openCgroup(folder);
      await using sandbox = createSandbox({ lanes: 1, maxLanes: 1, walls: { cgroup: folder } });
      const running = run(sandbox, toolOf('a', 'return {};'));
      if (!limits) {
        await assert.rejects(running, { code: 'CELL_UNAVAILABLE' });
        return;
      }
      assert.equal((await running).ok, true);
      const { memoryBytes } = limitsFor(standardPlan('strict'));
      for (const name of groupsIn(folder).filter((each) => each.startsWith('child-')))
        assert.equal(Number(readFileSync(join(folder, name, 'memory.max'), 'utf8')), memoryBytes);
      await sandbox[Symbol.asyncDispose]();
      await untilEmpty(folder, ['host']);
    }));

  it('is told by doctor whether it can', () =>
    withGroup(async (folder) => {
      const held = 'controllers' in openCgroup(folder);
      const walls = await examineWalls({ cgroup: folder });
      assert.equal(walls.find(({ wall }) => wall === 'cgroup')?.held, held);
    }));
});
