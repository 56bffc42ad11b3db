// One run inside a cell, from its first turn to its end.
//
//   start → (turn → parked → answer)* → turn → done | failed
//
// SECURITY: the input was valid before the tool's first line runs, and no output leaves that its validator has not seen;
// validators live in a context that tool code never touches. test/integration/jail/results.test.ts holds the order.

import type IVM from 'isolated-vm';

import type { StartRun, TurnEnded } from '../cell-messages.ts';
import { isCodedError, sandboxFailure, type Failure } from '../errors.ts';
import type { FreshContext, GuestIsolate } from './guest-isolate.ts';

/** The end of a turn as far as the run knows it. */
export type TurnResult =
  /** The output is empty when the tool gave content alone. */
  | { readonly state: 'done'; readonly output: string; readonly content: string }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'parked' };

/** Where a run's messages go while its turn lasts. */
export type Say = (kind: 'log' | 'progress' | 'call', text: string) => void;

/** A run and the isolate it has for itself. */
export class Run {
  readonly id: string;
  readonly digest: string;
  readonly isolate: GuestIsolate;
  readonly #say: Say;
  #fresh: FreshContext | undefined;
  /** Whether guest code may have run. */
  #hasEntered = false;
  #pendingCalls = 0;
  #output: string | undefined;
  #content = '';
  #failure: Failure | undefined;

  constructor(id: string, digest: string, isolate: GuestIsolate, say: Say) {
    this.id = id;
    this.digest = digest;
    this.isolate = isolate;
    this.#say = say;
  }

  /** First turn: checks the input, evaluates the tool, calls it. */
  start(order: StartRun, context: string, input: string): Promise<TurnResult> {
    return this.#turn(async () => {
      const problems = this.isolate.validators.input(input);
      if (problems !== '') {
        this.#failure = invalid('INPUT_INVALID', 'the input does not match the input schema', problems);
        return;
      }
      this.#fresh = this.isolate.takeContext();
      const config = JSON.stringify({
        clockMs: order.clockMs,
        seed: order.seed,
        grants: order.grants,
        client: order.client,
        context,
        ...order.budgets,
      });
      await this.#enter('start', this.#callback(), config, this.#fresh.toolFactory.derefInto(), input);
    });
  }

  /** A further turn: the answer to a host call. */
  answer(call: number, ok: boolean, text: string, clockMs: number): Promise<TurnResult> {
    this.#pendingCalls -= 1;
    return this.#turn(() => this.#enter('answer', call, ok, text, clockMs));
  }

  /** The only turn of a description. */
  describe(): Promise<TurnResult> {
    return this.#turn(async () => {
      this.#fresh = this.isolate.takeContext();
      const config = JSON.stringify({
        clockMs: 0,
        seed: '0'.repeat(32),
        grants: [],
        client: {},
        context: 'null',
        outputBytes: 512 * 1024,
        logBytes: 0,
        hostCalls: 0,
      });
      await this.#enter('describe', this.#callback(), config, this.#fresh.toolFactory.derefInto());
    });
  }

  /** Lets go of the run's context after a clean end; the isolate lives on. */
  release(): void {
    this.#fresh?.turn.release();
    this.#fresh?.toolFactory.release();
    this.#fresh?.context.release();
    this.#fresh = undefined;
  }

  async #turn(work: () => Promise<void>): Promise<TurnResult> {
    try {
      await work();
      return this.#end();
    } catch (error) {
      return { state: 'failed', failure: this.#engineFailure(error) };
    }
  }

  async #enter(op: string, ...args: readonly (IVM.Transferable | IVM.Callback)[]): Promise<void> {
    this.#hasEntered = true;
    await this.#fresh?.turn.apply(undefined, [op, ...args]);
  }

  /**
   * What the engine's own error means for the run.
   *
   * SECURITY: a rejection that nobody catches comes here, too, and its message is the tool's. So no message counts without
   * what a tool cannot forge. test/integration/jail/results.test.ts holds it.
   */
  #engineFailure(error: unknown): Failure {
    const message = error instanceof Error ? error.message : '';
    if (this.isolate.isDisposed) return disposedFailure(message);
    const isOurs = !this.#hasEntered && message.startsWith('PRELUDE_FAILED');
    if (isOurs) return sandboxFailure('PRELUDE_FAILED', message.slice(0, 300));
    // For instance a stack overflow in the tool's first line, before the prelude could catch it.
    return sandboxFailure('TOOL_THREW', `the tool threw where nothing caught it: ${message.slice(0, 300)}`);
  }

  #end(): TurnResult {
    if (this.#failure !== undefined) return { state: 'failed', failure: this.#failure };
    if (this.#output !== undefined) {
      const problems = this.digest === '' ? '' : this.isolate.validators.output(this.#output);
      const output = this.#output === CONTENT_ALONE ? '' : this.#output;
      if (problems === '') return { state: 'done', output, content: this.#content };
      const failure = invalid('OUTPUT_INVALID', 'the result does not match the output schema', problems);
      return { state: 'failed', failure };
    }
    if (this.#pendingCalls > 0) return { state: 'parked' };
    const message = 'the tool waits for a promise that nothing can settle; await host calls or return';
    return { state: 'failed', failure: sandboxFailure('TOOL_NEVER_SETTLES', message) };
  }

  #callback(): IVM.Callback {
    return this.isolate.callback((kind, text) => {
      if (typeof text !== 'string' || this.#output !== undefined || this.#failure !== undefined) return;
      switch (kind) {
        case 'log':
        case 'progress':
          return this.#say(kind, text);
        case 'call':
          this.#pendingCalls += 1;
          return this.#say(kind, text);
        case 'content':
          this.#content = text === '[]' ? '' : text;
          return;
        case 'done':
        case 'described':
          this.#output = text;
          return;
        case 'failed':
          this.#failure = parseFailure(text);
      }
    });
  }
}

/** What the prelude posts as the output of a tool that gave content alone. */
const CONTENT_ALONE = 'null';

/** The failure of a run whose isolate is gone: by the engine, which says so, or by the lane's order. */
function disposedFailure(message: string): Failure {
  if (message !== 'Isolate was disposed during execution due to memory limit') {
    return sandboxFailure('RUN_CRASHED', "the run's isolate was disposed");
  }
  return sandboxFailure('LIMIT_HEAP', 'the tool used more than its heap limit; raise limits.heapBytes or keep less');
}

function invalid(code: 'INPUT_INVALID' | 'OUTPUT_INVALID', message: string, problems: string): Failure {
  const errors = parseErrors(problems);
  const [first] = errors;
  const at = first === undefined ? '' : `: ${first.path === '' ? '/' : first.path} ${first.message}`;
  return sandboxFailure(code, `${message}${at}`, { errors });
}

function parseErrors(problems: string): readonly { readonly path: string; readonly message: string }[] {
  const parsed: unknown = JSON.parse(problems);
  if (typeof parsed !== 'object' || parsed === null || !('errors' in parsed) || !Array.isArray(parsed.errors))
    return [];
  return parsed.errors as { path: string; message: string }[];
}

/** The prelude's failures are ours in shape, the guest's in content: the lane checks them once more. */
function parseFailure(text: string): Failure {
  const parsed: unknown = JSON.parse(text);
  if (isCodedError(parsed)) return parsed;
  const { code, message, data } = parsed as { code: string; message: string; data?: Record<string, unknown> };
  return { code, kind: 'invalid', fault: 'tool', message, ...(data === undefined ? {} : { data }) };
}

/** What of a turn's result goes into the frame's header. */
export function turnHeader(result: TurnResult): Pick<TurnEnded, 'state'> & Record<string, unknown> {
  switch (result.state) {
    case 'done':
      return { state: 'done', outputBytes: Buffer.byteLength(result.output) };
    case 'failed':
      return { state: 'failed', failure: result.failure };
    case 'parked':
      return { state: 'parked' };
  }
}
