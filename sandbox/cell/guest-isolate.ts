// One V8 isolate that runs one version: a context for its validators, and a fresh context for every run.
//
// A tool's code runs on a thread of V8's pool, so that this process can still be told to drop it. Everything else (contexts,
// preludes, validators) runs here at once: it is ours or short, a hop to another thread costs more, and the lane ends the
// whole process where it does not end.
//
// SECURITY: nothing but JSON text and the one `post` callback crosses into a run's context, and no guest code runs in a
// context whose prelude did not verify itself. test/escape/calling.test.ts holds it.

import type IVM from 'isolated-vm';

/** Compiled code by name, kept so that the next isolate compiles faster. */
export type CodeCache = Map<string, IVM.ExternalCopy<ArrayBuffer>>;

/** The scripts every isolate starts from: ours, bundled by the host. */
export interface GuestPrograms {
  readonly prelude: string;
  readonly validatorRuntime: string;
  readonly cached: CodeCache;
}

/** What a version is made of inside a cell. */
export interface VersionCode {
  readonly script: string;
  readonly validators: string;
  readonly context: string;
  readonly heapBytes: number;
  readonly cached: CodeCache;
}

/** A context in which the prelude ran and no guest code has. */
export interface FreshContext {
  readonly context: IVM.Context;
  /** The prelude's entry point. */
  readonly turn: IVM.Reference;
  /** Evaluates the tool's script when called: not before. */
  readonly toolFactory: IVM.Reference;
}

type Validator = (text: string) => string;

const MIB = 1024 * 1024;

/** What an isolate may hold between runs. Fresh contexts alone bring it there after some sixty calls. */
const MAX_HELD_BYTES = 16 * MIB;
/** What one run may leave behind. */
const MAX_GROWTH_BYTES = 4 * MIB;
/**
 * Pages that one run may have the system give to this process, of 4 KiB as a rule. Those the collector freed stay with the
 * isolate and stand in no statistic. Ordinary runs take some tens, and the first of an isolate some thousand.
 */
const MAX_RUN_PAGES = 4096;

/** An isolate for one run at a time. */
export class GuestIsolate implements Disposable {
  readonly #ivm: typeof IVM;
  readonly #isolate: IVM.Isolate;
  readonly #programs: GuestPrograms;
  readonly #code: VersionCode;
  #prelude: IVM.Script | undefined;
  #factory: IVM.Script | undefined;
  #validators: { readonly input: Validator; readonly output: Validator } | undefined;
  #next: FreshContext | undefined;
  /** What it held when it was last put to rest. */
  #restedBytes = 0;
  #runPages = 0;

  constructor(ivm: typeof IVM, programs: GuestPrograms, code: VersionCode, onLost: () => void) {
    this.#ivm = ivm;
    this.#programs = programs;
    this.#code = code;
    this.#isolate = new ivm.Isolate({
      memoryLimit: Math.max(8, Math.ceil(code.heapBytes / MIB)),
      onCatastrophicError: onLost,
    });
  }

  get cpuMs(): number {
    return Number(this.#isolate.cpuTime) / 1e6;
  }

  get isDisposed(): boolean {
    return this.#isolate.isDisposed;
  }

  /** Heap in use and what the isolate holds in all, in bytes. Only between turns: it waits for a running one. */
  heap(): { readonly usedBytes: number; readonly heldBytes: number } {
    const heap = this.#isolate.getHeapStatisticsSync();
    return {
      usedBytes: heap.used_heap_size + heap.externally_allocated_size,
      heldBytes: heap.total_heap_size + heap.externally_allocated_size,
    };
  }

  /** A turn of its run has ended, in which the system gave this process that many pages. */
  notePages(pages: number): void {
    this.#runPages += pages;
  }

  /** Whether the run that has ended may have left more behind than a new isolate costs. Only between turns. */
  get isSpent(): boolean {
    const { heldBytes } = this.heap();
    const grownBytes = heldBytes - this.#restedBytes;
    return heldBytes > MAX_HELD_BYTES || grownBytes > MAX_GROWTH_BYTES || this.#runPages > MAX_RUN_PAGES;
  }

  /** Puts it to rest until its next run. Returns what it holds meanwhile, in bytes. */
  rest(): number {
    this.#runPages = 0;
    this.#restedBytes = this.heap().heldBytes;
    return this.#restedBytes;
  }

  /** The validators of the version; each takes JSON text and returns '' or the errors as JSON text. */
  get validators(): { readonly input: Validator; readonly output: Validator } {
    this.#validators ??= this.#createValidators();
    return this.#validators;
  }

  /** A context no guest code has touched, prepared ahead where possible. */
  takeContext(): FreshContext {
    const next = this.#next ?? this.#createContext();
    this.#next = undefined;
    return next;
  }

  /** Prepares the next context while nobody waits; an isolate that cannot is of no further use. */
  prepareContext(): void {
    if (this.isDisposed) return;
    try {
      this.#next ??= this.#createContext();
    } catch {
      this[Symbol.dispose]();
    }
  }

  /** A callback of the guest's that lands on this process's main thread. */
  callback(receive: (kind: string, text: string) => void): IVM.Callback {
    return new this.#ivm.Callback(receive, { ignored: true });
  }

  [Symbol.dispose](): void {
    try {
      this.#isolate.dispose();
    } catch {
      // Gone already: ivm disposes an isolate that passed its heap limit.
    }
  }

  #createContext(): FreshContext {
    const context = this.#isolate.createContextSync();
    const turn = this.#compiledPrelude().runSync(context, { reference: true });
    this.#factory ??= this.#compile('tool', asFactory(this.#code.script), this.#code.cached);
    const toolFactory = this.#factory.runSync(context, { reference: true });
    return { context, turn, toolFactory };
  }

  #createValidators(): { readonly input: Validator; readonly output: Validator } {
    const context = this.#isolate.createContextSync();
    this.#compiledPrelude().runSync(context, { reference: true });
    const { validatorRuntime, cached } = this.#programs;
    const runtimeScript = this.#compile('validator-runtime', validatorRuntime, cached);
    const runtime = runtimeScript.runSync(context, { reference: true });
    const script = this.#compile('validators', this.#code.validators, this.#code.cached);
    const create = script.runSync(context, { reference: true });
    const pair = create.applySync(undefined, [runtime.derefInto()], {
      result: { reference: true },
    }) as IVM.Reference<Record<'input' | 'output', unknown>>;
    return {
      input: validatorOf(pair.getSync('input', { reference: true })),
      output: validatorOf(pair.getSync('output', { reference: true })),
    };
  }

  #compiledPrelude(): IVM.Script {
    this.#prelude ??= this.#compile('prelude', this.#programs.prelude, this.#programs.cached);
    return this.#prelude;
  }

  /** INVARIANT: what is cached was compiled before any guest code ran in the isolate. */
  #compile(name: string, code: string, cached: CodeCache): IVM.Script {
    const cachedData = cached.get(name);
    // The file name is all a guest sees of where its code lives.
    const filename = `glovebox:${name}`;
    if (cachedData !== undefined) return this.#isolate.compileScriptSync(code, { filename, cachedData });
    const script: IVM.Script & IVM.CachedDataResult = this.#isolate.compileScriptSync(code, {
      filename,
      produceCachedData: true,
    });
    if (script.cachedData !== undefined) cached.set(name, script.cachedData);
    return script;
  }
}

/**
 * Wraps a tool's script so that evaluating it runs none of the tool's code.
 *
 * The script is esbuild's output, hence a complete program: it cannot close the function it is put in. It starts on the
 * first line, so that its source map still fits.
 */
function asFactory(script: string): string {
  return `(function(){"use strict";${script}\nreturn tool;})`;
}

function validatorOf(reference: IVM.Reference): Validator {
  return (text) => {
    const verdict: unknown = reference.applySync(undefined, [text]);
    return typeof verdict === 'string' ? verdict : '{"errors":[]}';
  };
}
