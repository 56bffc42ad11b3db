// What the host may ask of the jail, and what the jail answers. Plain data both ways.

import type { Failure } from './errors.ts';
import type { Limits } from './limits.ts';
import type {
  CompileRequest,
  Compiled,
  CompiledSchemas,
  ContextRequest,
  RenderRequest,
  Rendered,
  SchemaRequest,
} from './making-contract.ts';
import type { ContentPart, ToolArtifact } from './manifest.ts';

/**
 * How a cell executes. `strict`: nothing is compiled to machine code, and the kernel bounds memory. `fast`: V8 compiles; its
 * reservations make the kernel's bound wide, and the lane watches the resident size instead.
 */
export type Profile = 'strict' | 'fast';

/** One execution of one version. */
export interface RunRequest {
  readonly runId: string;
  /** Two tenants never share a cell. */
  readonly tenant: string;
  readonly artifact: ToolArtifact;
  readonly limits: Limits;
  /** @default 'strict' */
  readonly profile?: Profile;
  /** The caller's arguments as JSON text; checked against the input schema inside the cell. */
  readonly input: string;
  /** Seed of `Math.random`, 32 hex digits. */
  readonly seed: string;
  /** What `Date.now()` says when the run starts, epoch milliseconds. */
  readonly clockMs: number;
  /** Names of the granted host calls: `host.call` refuses every other. */
  readonly grants: readonly string[];
  /** What the client behind the call can do: `host.client`. @default nothing */
  readonly client?: ClientFeatures;
  /**
   * The answers an earlier execution of the same version had, with the same input, seed and clock. They are given in this
   * order, at once, before anything is asked anew; a tool that does not ask for them again ends with RUN_DIVERGED.
   * Progress and log lines are not told a second time while answers are left. @default none
   */
  readonly journal?: readonly JournalEntry[];
  /**
   * Does again what is on record and nothing else: past the journal no call is answered, sleeps included, and a run that
   * waits for one ends with RUN_SUSPENDED. @default false
   */
  readonly isReplay?: boolean;
  /** Ends the run: its isolate is disposed, its cell killed if that does not help. */
  readonly signal?: AbortSignal;
}

/** What the client behind a call can do. */
export interface ClientFeatures {
  /** Puts a question to its user. */
  readonly ask: boolean;
  /** Has its model answer. */
  readonly sample: boolean;
  /** Tells which folders it works in. */
  readonly roots: boolean;
  /** Holds handles of calls that outlive their requests. */
  readonly tasks: boolean;
}

/** How far a run has come. */
export interface Progress {
  /** 0 to 1. */
  readonly ratio: number;
  readonly message?: string;
}

/** What a run says while it runs. */
export interface RunEvents {
  progress?(progress: Progress): void;
  /** Each log line as it is written; a run that starts over tells them again. The outcome holds them all, too. */
  log?(line: LogLine): void;
  /**
   * Answers a granted host call with JSON text. `signal` fires when the run ends first. A rejected promise becomes an
   * exception in the guest, with the rejection's message and code; a run that lets it through ends with that failure.
   * A rejection with a code says that nothing was changed; after one without, a run is never silently run again.
   */
  hostCall?(call: HostCall, signal: AbortSignal): Promise<HostReply>;
}

/** A granted call a tool makes to the host. */
export interface HostCall {
  readonly runId: string;
  /** 1, 2, 3 … within the run, in the order the calls were made. */
  readonly call: number;
  /** `area.verb`, for instance `kv.write`. */
  readonly capability: string;
  /** JSON text. */
  readonly args: string;
}

/**
 * What becomes of a host call: an answer, or `suspend` when there is none to be had while the run lasts. Once a run waits
 * for nothing else, it ends with RUN_SUSPENDED.
 */
export type HostReply = HostAnswer | 'suspend';

/** What the host answers. */
export interface HostAnswer {
  /** JSON text. */
  readonly value: string;
  /** Whether something changed outside: a run that had such an answer is never silently run again. */
  readonly sideEffect: boolean;
}

/** One answer a run had from the host. What an execution did besides follows from these, its input, seed and clock. */
export interface JournalEntry {
  /** Which of the run's calls: see {@link HostCall.call}. */
  readonly call: number;
  readonly capability: string;
  /** What was asked, JSON text. */
  readonly args: string;
  readonly ok: boolean;
  /** What was answered, JSON text: the value, or the failure. */
  readonly value: string;
  /** What the guest's clock said from then on, epoch milliseconds. */
  readonly clockMs: number;
}

/** A call a suspended run waits for. */
export type WaitingCall = Pick<JournalEntry, 'call' | 'capability' | 'args'>;

/** What a run used. */
export interface Bill {
  readonly cpuMs: number;
  readonly wallMs: number;
  /** Heap of the run's isolate when it ended: a sample, not a peak. */
  readonly heapUsedBytes: number;
  /** Peak resident size of the cell so far. */
  readonly cellRssPeakBytes: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly hostCalls: number;
}

/** One line a tool logged. */
export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly text: string;
  /** On the last line of a log that was cut at its limit: what came after it is lost, and the run went on. */
  readonly code?: 'LIMIT_LOG';
}

/** How a run ended. */
export type RunOutcome = {
  readonly bill: Bill;
  readonly logs: readonly LogLine[];
  /** Every answer the run had, those of the request's journal included. */
  readonly journal: readonly JournalEntry[];
} & (
  | {
      readonly ok: true;
      /** JSON text of the structured result, checked against the output schema; absent when the tool gave content alone. */
      readonly output?: string;
      readonly content: readonly ContentPart[];
    }
  | {
      readonly ok: false;
      readonly failure: Failure;
      /** Whether this run's guest code is to blame for a dead cell or a passed deadline. */
      readonly convicted: boolean;
      /** With RUN_SUSPENDED: what it waits for, in the order it was asked. */
      readonly waiting?: readonly WaitingCall[];
    }
);

/** How busy the jail is. */
export interface SandboxStats {
  readonly lanes: number;
  readonly running: number;
  readonly parked: number;
  readonly queued: number;
  /** Process ids of live cells and workshops, spares included. */
  readonly children: readonly number[];
  /** Those of them that are cells. */
  readonly cells: readonly number[];
  readonly cellsKilled: number;
}

/** The jail. Every request runs in a child process; a request that kills its process fails alone. */
export interface Sandbox extends AsyncDisposable {
  /** Has the first lanes and the workshop start before a request needs them; one that cannot start is told to that request. */
  warm(): Promise<void>;
  /** Runs a version. Never rejects for what a tool does: see {@link RunOutcome}. @throws HOST_BUSY, HOST_STOPPING */
  run(request: RunRequest, events?: RunEvents): Promise<RunOutcome>;
  /** Reads the schemas a tool's `defineTool({input, output})` carries, in a cell; absent ones are undefined. */
  describe(
    request: Pick<RunRequest, 'tenant' | 'limits' | 'profile' | 'signal'> & { readonly script: string },
  ): Promise<{ readonly input?: string; readonly output?: string }>;
  /** Checks a context, in a workshop; returns its JSON text with the schema's defaults. @throws CONTEXT_INVALID, SCHEMA_… */
  checkContext(request: ContextRequest): Promise<string>;
  /** Renders, in a workshop. @throws TEMPLATE_… */
  render(request: RenderRequest): Promise<Rendered>;
  /** Bundles, in a workshop. @throws COMPILE_… */
  compile(request: CompileRequest): Promise<Compiled>;
  /** Bounds and compiles schemas, in a workshop. @throws SCHEMA_… */
  compileSchemas(request: SchemaRequest): Promise<CompiledSchemas>;
  stats(): SandboxStats;
  /** Refuses new runs with HOST_STOPPING and waits for those under way, at most `deadlineMs`. */
  drain(deadlineMs: number): Promise<void>;
}
