// The making report: what each step did, how long it took, how it ended. The caller gets it whatever happens.

import { CodedError, isCodedError, sandboxFailure, type Failure } from '#sandbox';
import type { Clock } from '#host/base';
import type { MakingStep } from '#host/registry';

type StepName = MakingStep['step'];

/** Collects the steps of one making. */
export class MakingReport {
  readonly #clock: Clock;
  readonly #onStep: ((step: MakingStep) => void) | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly steps: MakingStep[] = [];

  constructor(clock: Clock, onStep?: (step: MakingStep) => void, signal?: AbortSignal) {
    this.#clock = clock;
    this.#onStep = onStep;
    this.#signal = signal;
  }

  /** Does one step and writes its row. `detail` says of a success what was done. */
  async step<T>(step: StepName, work: () => Promise<T> | T, detail?: (value: T) => string): Promise<T> {
    if (this.#signal?.aborted === true) throw cancelled(step);
    const startedAt = this.#clock.elapsed();
    try {
      const value = await work();
      this.#add({ step, ms: this.#since(startedAt), verdict: 'ok', ...(detail === undefined ? {} : { detail: detail(value) }) });
      return value;
    } catch (error) {
      const fault = isCodedError(error) ? `${error.code}: ${error.message}` : 'an internal error';
      this.#add({ step, ms: this.#since(startedAt), verdict: 'failed', detail: fault });
      throw error;
    }
  }

  /** Writes a row of a step that was timed elsewhere. */
  note(step: StepName, ms: number, detail: string): void {
    this.#add({ step, ms, verdict: 'ok', detail });
  }

  /** Writes the row of a step this making does not have. */
  skip(step: StepName, detail: string): void {
    this.#add({ step, ms: 0, verdict: 'skipped', detail });
  }

  #since(startedAt: number): number {
    return Math.round((this.#clock.elapsed() - startedAt) * 100) / 100;
  }

  #add(step: MakingStep): void {
    this.steps.push(step);
    this.#onStep?.(step);
  }
}

/** A failure of a making, with the report so far in its data. */
export function withReport(error: unknown, steps: readonly MakingStep[]): unknown {
  if (!isCodedError(error)) return error;
  const { code, kind, fault, message, data } = error;
  return new CodedError({ code, kind, fault, message, data: { ...data, report: steps } }, { cause: error });
}

/** The failure alone, for the ledger: it has the report in a column of its own. */
export function failureOf(error: unknown): Failure {
  if (!isCodedError(error)) return { code: 'INTERNAL', kind: 'bug', fault: 'host', message: 'an internal error' };
  const { code, kind, fault, message, data } = error;
  return { code, kind, fault, message, ...(data === undefined ? {} : { data }) };
}

function cancelled(step: StepName): CodedError {
  return new CodedError(sandboxFailure('RUN_CANCELLED', `the making was cancelled before its ${step} step`));
}
