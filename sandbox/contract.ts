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

/** One execution of one version. */
export interface RunRequest {
  readonly runId: string;
  /** Two tenants never share a cell. */
  readonly tenant: string;
  readonly artifact: ToolArtifact;
  readonly limits: Limits;
  /** The caller's arguments as JSON text; checked against the input schema inside the cell. */
  readonly input: string;
  /** Seed of `Math.random`, 32 hex digits. */
  readonly seed: string;
  /** What `Date.now()` says when the run starts, epoch milliseconds. */
  readonly clockMs: number;
  /** Names of the granted host calls: `host.call` refuses every other. */
  readonly grants: readonly string[];
  /** Ends the run: its isolate is disposed, its cell killed if that does not help. */
  readonly signal?: AbortSignal;
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
  /**
   * Answers a granted host call with JSON text. `signal` fires when the run ends first. A rejected promise becomes an
   * exception in the guest, with the rejection's message and code.
   */
  hostCall?(call: HostCall, signal: AbortSignal): Promise<HostAnswer>;
}

/** A granted call a tool makes to the host. */
export interface HostCall {
  readonly runId: string;
  /** `area.verb`, for instance `kv.write`. */
  readonly capability: string;
  /** JSON text. */
  readonly args: string;
}

/** What the host answers. */
export interface HostAnswer {
  /** JSON text. */
  readonly value: string;
  /** Whether something changed outside: a run that had such an answer is never silently run again. */
  readonly sideEffect: boolean;
}

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
}

/** How a run ended. */
export type RunOutcome = {
  readonly bill: Bill;
  readonly logs: readonly LogLine[];
} & (
  | {
      readonly ok: true;
      /** JSON text of the structured result, checked against the output schema. */
      readonly output: string;
      readonly content: readonly ContentPart[];
    }
  | {
      readonly ok: false;
      readonly failure: Failure;
      /** Whether this run's guest code is to blame for a dead cell or a passed deadline. */
      readonly convicted: boolean;
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
  readonly cellsKilled: number;
}

/** The jail. Every request runs in a child process; a request that kills its process fails alone. */
export interface Sandbox extends AsyncDisposable {
  /** Has the first lanes start before a request needs them; a cell that cannot start is told to the first run. */
  warm(): Promise<void>;
  /** Runs a version. Never rejects for what a tool does: see {@link RunOutcome}. @throws HOST_BUSY, HOST_STOPPING */
  run(request: RunRequest, events?: RunEvents): Promise<RunOutcome>;
  /** Reads the schemas a tool's `defineTool({input, output})` carries, in a cell; absent ones are undefined. */
  describe(
    request: Pick<RunRequest, 'tenant' | 'limits' | 'signal'> & { readonly script: string },
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
