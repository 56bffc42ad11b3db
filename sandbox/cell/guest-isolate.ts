// One V8 isolate that runs one version: a context for its validators, and a fresh context for every run.
//
// SECURITY: nothing but JSON text and the one `post` callback crosses into a run's context, and no guest code runs in a
// context whose prelude did not verify itself. test/escape/calling.test.ts holds it.

import type IVM from 'isolated-vm';

/** The scripts every isolate starts from: ours, bundled by the host. */
export interface GuestPrograms {
  readonly prelude: string;
  readonly validatorRuntime: string;
}

/** What a version is made of inside a cell. Compiled code is kept so that the next isolate compiles faster. */
export interface VersionCode {
  readonly script: string;
  readonly validators: string;
  readonly context: string;
  readonly heapBytes: number;
  readonly cached: Map<string, IVM.ExternalCopy<ArrayBuffer>>;
}

/** A context in which the prelude ran and no guest code has. */
export interface FreshContext {
  readonly context: IVM.Context;
  /** The prelude's entry point. */
  readonly turn: IVM.Reference;
  /** Evaluates the tool's script when called: not before. */
  readonly toolFactory: IVM.Reference;
}

type Validator = (text: string) => Promise<string>;

const MIB = 1024 * 1024;

/** An isolate for one run at a time. */
export class GuestIsolate implements Disposable {
  readonly #ivm: typeof IVM;
  readonly #isolate: IVM.Isolate;
  readonly #programs: GuestPrograms;
  readonly #code: VersionCode;
  #prelude: IVM.Script | undefined;
  #factory: IVM.Script | undefined;
  #validators: { readonly input: Validator; readonly output: Validator } | undefined;
  #next: Promise<FreshContext> | undefined;

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

  /** The validators of the version; each takes JSON text and returns '' or the errors as JSON text. */
  async validators(): Promise<{ readonly input: Validator; readonly output: Validator }> {
    this.#validators ??= await this.#createValidators();
    return this.#validators;
  }

  /** A context no guest code has touched, prepared ahead where possible. */
  async takeContext(): Promise<FreshContext> {
    const next = this.#next ?? this.#createContext();
    this.#next = undefined;
    return next;
  }

  /** Prepares the next context while nobody waits; an isolate that cannot is of no further use. */
  prepareContext(): void {
    this.#next ??= this.#createContext();
    this.#next.catch(() => this[Symbol.dispose]());
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

  async #createContext(): Promise<FreshContext> {
    const context = await this.#isolate.createContext();
    this.#prelude ??= await this.#compile('prelude', this.#programs.prelude);
    const turn = await this.#prelude.run(context, { reference: true });
    this.#factory ??= await this.#compile('tool', asFactory(this.#code.script));
    const toolFactory = await this.#factory.run(context, { reference: true });
    return { context, turn, toolFactory };
  }

  async #createValidators(): Promise<{ readonly input: Validator; readonly output: Validator }> {
    const context = await this.#isolate.createContext();
    this.#prelude ??= await this.#compile('prelude', this.#programs.prelude);
    await this.#prelude.run(context, { reference: true });
    const runtimeScript = await this.#compile('validator-runtime', this.#programs.validatorRuntime);
    const runtime = await runtimeScript.run(context, { reference: true });
    const script = await this.#compile('validators', this.#code.validators);
    const create = await script.run(context, { reference: true });
    const pair = (await create.apply(undefined, [runtime.derefInto()], {
      result: { reference: true },
    })) as IVM.Reference<Record<'input' | 'output', unknown>>;
    const [input, output] = await Promise.all([
      pair.get('input', { reference: true }),
      pair.get('output', { reference: true }),
    ]);
    return { input: validatorOf(input), output: validatorOf(output) };
  }

  async #compile(name: string, code: string): Promise<IVM.Script> {
    const cachedData = this.#code.cached.get(name);
    // The file name is all a guest sees of where its code lives.
    const filename = `glovebox:${name}`;
    if (cachedData !== undefined) return this.#isolate.compileScript(code, { filename, cachedData });
    const script: IVM.Script & IVM.CachedDataResult = await this.#isolate.compileScript(code, {
      filename,
      produceCachedData: true,
    });
    if (script.cachedData !== undefined) this.#code.cached.set(name, script.cachedData);
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
  return async (text) => {
    const verdict: unknown = await reference.apply(undefined, [text]);
    return typeof verdict === 'string' ? verdict : '{"errors":[]}';
  };
}
