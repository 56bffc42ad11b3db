// Numbers of Linux system calls, by name. From 424 on all architectures share them.

/** Architectures a filter can be built for. */
export type FilterArch = 'x64' | 'arm64';

/** A name, its number on x64, its number on arm64 (absent: that architecture never had it). */
type Row = readonly [x64: number, arm64?: number];

/** What Node, V8 and isolated-vm use from `execve` to their end; measured with strace, and what libuv falls back to. */
export const SYSTEM_CALLS = {
  // While guests run: first, because a filter is read from the top.
  futex: [202, 98],
  read: [0, 63],
  write: [1, 64],
  epoll_pwait: [281, 22],
  epoll_wait: [232],
  mprotect: [10, 226],
  mmap: [9, 222],
  munmap: [11, 215],
  madvise: [28, 233],
  brk: [12, 214],
  clock_gettime: [228, 113],
  clock_nanosleep: [230, 115],
  getrusage: [98, 165],
  readv: [19, 65],
  writev: [20, 66],
  getrandom: [318, 278],
  mremap: [25, 216],
  mincore: [27, 232],
  nanosleep: [35, 101],
  sched_yield: [24, 124],
  restart_syscall: [219, 128],
  membarrier: [324, 283],
  gettimeofday: [96, 169],
  clock_getres: [229, 114],
  recvmsg: [47, 212],
  sendmsg: [46, 211],
  poll: [7],
  ppoll: [271, 73],
  // Descriptors
  close: [3, 57],
  fstat: [5, 80],
  lseek: [8, 62],
  pread64: [17, 67],
  ioctl: [16, 29],
  fcntl: [72, 25],
  dup: [32, 23],
  dup2: [33],
  dup3: [292, 24],
  pipe: [22],
  pipe2: [293, 59],
  epoll_create1: [291, 20],
  epoll_ctl: [233, 21],
  eventfd2: [290, 19],
  shutdown: [48, 210],
  getsockname: [51, 204],
  getpeername: [52, 205],
  getsockopt: [55, 209],
  // Files: Landlock says which
  open: [2],
  openat: [257, 56],
  access: [21],
  faccessat: [269, 48],
  stat: [4],
  lstat: [6],
  newfstatat: [262, 79],
  statx: [332, 291],
  readlink: [89],
  readlinkat: [267, 78],
  getdents64: [217, 61],
  getcwd: [79, 17],
  // Itself
  execve: [59, 221],
  arch_prctl: [158],
  prctl: [157, 167],
  prlimit64: [302, 261],
  set_tid_address: [218, 96],
  set_robust_list: [273, 99],
  rseq: [334, 293],
  clone: [56, 220],
  exit: [60, 93],
  exit_group: [231, 94],
  rt_sigaction: [13, 134],
  rt_sigprocmask: [14, 135],
  rt_sigreturn: [15, 139],
  sigaltstack: [131, 132],
  kill: [62, 129],
  tgkill: [234, 131],
  getpid: [39, 172],
  getppid: [110, 173],
  gettid: [186, 178],
  getuid: [102, 174],
  geteuid: [107, 175],
  getgid: [104, 176],
  getegid: [108, 177],
  capget: [125, 90],
  uname: [63, 160],
  sysinfo: [99, 179],
  getcpu: [309, 168],
  sched_getaffinity: [204, 123],
  sched_getparam: [143, 121],
  sched_getscheduler: [145, 120],
} as const satisfies Record<string, Row>;

/** A call of {@link SYSTEM_CALLS}. */
export type SystemCall = keyof typeof SYSTEM_CALLS;

/** What the launcher itself asks for, once. */
export const SECCOMP: Readonly<Record<FilterArch, number>> = { x64: 317, arm64: 277 };
export const CAPSET: Readonly<Record<FilterArch, number>> = { x64: 126, arm64: 91 };
export const LANDLOCK = { createRuleset: 444, addRule: 445, restrictSelf: 446 } as const;

/** Undefined where the architecture has no such call. */
export function numberOf(name: SystemCall, arch: FilterArch): number | undefined {
  const row: Row = SYSTEM_CALLS[name];
  return arch === 'x64' ? row[0] : row[1];
}
