// What the examination and the program it sends behind the walls say to each other.

/** What a guest would try that has taken over its process. */
export type Deed =
  | 'find-file'
  | 'read-file'
  | 'write-file'
  | 'read-host-environment'
  | 'read-host-memory'
  | 'connect-tcp'
  | 'connect-unix'
  | 'fork'
  | 'exec'
  | 'ptrace'
  | 'signal-host'
  | 'io-uring'
  | 'writable-code';

/** What a probe stands in for. */
export type ProbeKind = 'strict cell' | 'fast cell' | 'workshop';

/** What there is to be done: all of it can be done where no wall stands. */
export interface ProbePlan {
  readonly hostPid: number;
  /** One that a process of this user can read, and no other: as the host's database. */
  readonly file: string;
  /** One that a process of this user can write to. */
  readonly folder: string;
  /** A UNIX socket that listens. */
  readonly socketPath: string;
  /** A TCP port of 127.0.0.1 that listens. */
  readonly port: number;
}

/** What came of it. */
export interface ProbeReport {
  readonly done: readonly Deed[];
  readonly facts: {
    /** What lies in `/`; absent behind Landlock. */
    readonly root?: readonly string[];
    readonly canWriteRoot?: boolean;
    /** `/proc/self/status` and `/proc/self/limits`; absent behind Landlock. */
    readonly status?: string;
    readonly limits?: string;
    /** 0 behind seccomp, which refuses the question. */
    readonly landlockAbi: number;
    /** 0 behind seccomp, which refuses the question. */
    readonly parentDeathSignal: number;
  };
}
