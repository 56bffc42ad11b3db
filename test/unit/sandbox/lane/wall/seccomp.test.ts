import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { buildFilter, PATH_ADDRESS } from '../../../../../sandbox/lane/wall/seccomp.ts';
import {
  numberOf,
  SYSTEM_CALLS,
  type FilterArch,
  type SystemCall,
} from '../../../../../sandbox/lane/wall/system-calls.ts';
import { runFilter } from '../../../../fixtures/jail/run-filter.ts';

const EPERM = 1;
const ENOSYS = 38;
const PID = 4711;
const AUDIT = { x64: 0xc000_003e, arm64: 0xc000_00b7 } as const;

/** Calls that are refused whatever their arguments, by their numbers on x64 and arm64. */
const REFUSED: Readonly<Record<string, readonly [x64: number, arm64: number, errno?: number]>> = {
  socket: [41, 198],
  socketpair: [53, 199],
  connect: [42, 203],
  bind: [49, 200],
  listen: [50, 201],
  accept4: [288, 242],
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  execveat: [322, 281],
  tkill: [200, 130],
  rt_sigqueueinfo: [129, 138],
  bpf: [321, 280],
  userfaultfd: [323, 282],
  perf_event_open: [298, 241],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  unshare: [272, 97],
  setns: [308, 268],
  kexec_load: [246, 104],
  init_module: [175, 105],
  finit_module: [313, 273],
  keyctl: [250, 219],
  add_key: [248, 217],
  request_key: [249, 218],
  memfd_create: [319, 279],
  open_by_handle_at: [304, 265],
  shmat: [30, 196],
  pkey_mprotect: [329, 288],
  seccomp: [317, 277],
  io_uring_setup: [425, 425, ENOSYS],
  io_uring_enter: [426, 426, ENOSYS],
  io_uring_register: [427, 427, ENOSYS],
  pidfd_open: [434, 434, ENOSYS],
  clone3: [435, 435, ENOSYS],
  landlock_create_ruleset: [444, 444, ENOSYS],
  a_call_of_tomorrow: [999, 999, ENOSYS],
};

for (const arch of ['x64', 'arm64'] as const) {
  describe(`buildFilter for ${arch}`, () => {
    const cell = buildFilter({ arch, pid: PID, jit: false });
    const workshop = buildFilter({ arch, pid: PID, jit: true });
    const ask = (filter: Buffer, name: SystemCall, ...args: (bigint | number)[]): ReturnType<typeof runFilter> =>
      runFilter(filter, { number: numberOf(name, arch) ?? -1, auditArch: AUDIT[arch], args: args.map(BigInt) });

    it('fits what the kernel takes', () => {
      for (const filter of [cell, workshop]) assert.ok(filter.length / 8 <= 4096);
    });

    for (const [name, [x64, arm64, errno = EPERM]] of Object.entries(REFUSED)) {
      it(`refuses ${name}`, () => {
        const number = arch === 'x64' ? x64 : arm64;
        for (const filter of [cell, workshop]) {
          assert.equal(runFilter(filter, { number, auditArch: AUDIT[arch] }), errno);
        }
      });
    }

    it('kills whoever calls by the numbers of another architecture', () => {
      const other: FilterArch = arch === 'x64' ? 'arm64' : 'x64';
      assert.equal(runFilter(cell, { number: 0, auditArch: AUDIT[other] }), 'kill');
      assert.equal(runFilter(cell, { number: 0x4000_0000, auditArch: AUDIT[arch] }), 'kill');
    });

    it('allows what it does not look into, whatever the arguments', () => {
      const examined = [
        'execve',
        'clone',
        'kill',
        'tgkill',
        'prlimit64',
        'prctl',
        'arch_prctl',
        'fcntl',
        'ioctl',
        'mmap',
        'mremap',
        'mprotect',
      ];
      const names = (Object.keys(SYSTEM_CALLS) as SystemCall[]).filter(
        (name) => !examined.includes(name) && numberOf(name, arch) !== undefined,
      );
      for (const name of names) assert.equal(ask(cell, name, -1n, -1n, -1n), 'allow', name);
    });

    it('allows threads, and no process', () => {
      assert.equal(ask(cell, 'clone', 0x3d_0f00), 'allow');
      assert.equal(ask(cell, 'clone', 17), EPERM);
      assert.equal(ask(cell, 'clone', 0x4000_0000_0000n | 17n), EPERM);
    });

    it('allows execve from one address, where nothing can be mapped', () => {
      assert.equal(ask(cell, 'execve', PATH_ADDRESS), 'allow');
      assert.equal(ask(cell, 'execve', PATH_ADDRESS + 1), EPERM);
      assert.equal(ask(cell, 'execve', BigInt(PATH_ADDRESS) | (1n << 32n)), EPERM);
      for (const filter of [cell, workshop]) {
        for (const hint of [1, 0x1_0000, PATH_ADDRESS, PATH_ADDRESS + 4096]) {
          assert.equal(ask(filter, 'mmap', hint, 4096, 3, 0x22), EPERM);
        }
        assert.equal(ask(filter, 'mmap', 0, 4096, 3, 0x22), 'allow');
        assert.equal(ask(filter, 'mmap', BigInt(PATH_ADDRESS) | (1n << 32n), 4096, 3, 0x22), 'allow');
        const growsDown = 0x100;
        assert.equal(ask(filter, 'mmap', 0x20_0000, 4096, 3, 0x32 | growsDown), EPERM);
        assert.equal(ask(filter, 'mremap', 0, 0, 0, 3, PATH_ADDRESS), EPERM);
        assert.equal(ask(filter, 'mremap', 0, 0, 0, 1), 'allow');
      }
    });

    it('allows the thread area to be set, and no library to be mapped', { skip: arch !== 'x64' }, () => {
      const [setFs, mapVdso] = [0x1002, 0x2003];
      assert.equal(ask(cell, 'arch_prctl', setFs), 'allow');
      assert.equal(ask(cell, 'arch_prctl', mapVdso, PATH_ADDRESS), EPERM);
    });

    it('allows signals to itself alone', () => {
      for (const name of ['kill', 'tgkill'] as const) {
        assert.equal(ask(cell, name, PID, 9), 'allow');
        for (const pid of [1, 0, -1, PID + 1]) assert.equal(ask(cell, name, pid, 9), EPERM);
      }
    });

    it('allows no code that was ever writable, but where there is a JIT', () => {
      const mmaps = [
        ['libraries', 5, 0x2, 'allow'],
        ['data', 3, 0x22, 'allow'],
        ['anonymous code', 5, 0x22, EPERM],
        ['a writable library', 7, 0x2, EPERM],
      ] as const;
      for (const [what, protection, flags, verdict] of mmaps) {
        assert.equal(ask(cell, 'mmap', 0, 4096, protection, flags), verdict, what);
        assert.equal(ask(workshop, 'mmap', 0, 4096, protection, flags), 'allow', what);
      }
      assert.equal(ask(cell, 'mprotect', 0, 4096, 3), 'allow');
      assert.equal(ask(cell, 'mprotect', 0, 4096, 5), EPERM);
      assert.equal(ask(workshop, 'mprotect', 0, 4096, 7), 'allow');
    });

    it('lets nobody undo what the launcher set', () => {
      const parentDeath = 1;
      const memoryMap = 35;
      for (const option of [parentDeath, memoryMap]) assert.equal(ask(cell, 'prctl', option, 0), EPERM);
      assert.equal(ask(cell, 'prctl', 15), 'allow');
      assert.equal(ask(cell, 'prlimit64', 0, 2), 'allow');
      assert.equal(ask(cell, 'prlimit64', 1, 2), EPERM);
    });

    it('allows of fcntl and ioctl what pipes need', () => {
      const setOwner = 8;
      const pushToTerminal = 0x5412;
      assert.equal(ask(cell, 'fcntl', 3, 4), 'allow');
      assert.equal(ask(cell, 'fcntl', 3, setOwner), EPERM);
      assert.equal(ask(cell, 'ioctl', 0, 0x5421), 'allow');
      assert.equal(ask(cell, 'ioctl', 0, pushToTerminal), EPERM);
    });
  });
}
