// Where templates are rendered and schemas compiled: an isolate with our engines in it, for one step, then thrown away.
//
// SECURITY: Handlebars and ajv turn a stranger's text into functions and call them. They do so in an isolate of their own,
// so that what a template or a schema breaks out of is a room with nothing in it, and what it leaves behind is gone.

import type IVM from 'isolated-vm';

import { CodedError, type Failure } from '../errors.ts';

/** What the engines' script evaluates to (`guest/engines.ts`): JSON text in, JSON text out. */
export type EngineName = 'contextSchema' | 'toolSchema' | 'template' | 'context' | 'render';

interface Bench {
  readonly isolate: IVM.Isolate;
  readonly engines: IVM.Reference;
}

const HEAP_MIB = 128;
// A making checks its context, renders, and compiles its schemas.
const READY_BENCHES = 3;

/** Keeps benches ready, so that a step does not wait for the engines to load. */
export class BenchSupply {
  readonly #ivm: typeof IVM;
  readonly #script: string;
  readonly #ready: Promise<Bench>[] = [];
  #cachedData: IVM.ExternalCopy<ArrayBuffer> | undefined;

  constructor(ivm: typeof IVM, script: string) {
    this.#ivm = ivm;
    this.#script = script;
    this.#stock();
  }

  /** Runs one engine once and returns its value, whatever that is. The lane keeps the deadline. @throws the engine's codes */
  async run(name: EngineName, request: unknown): Promise<unknown> {
    const { isolate, engines } = await (this.#ready.shift() ?? this.#prepare());
    try {
      const engine = await engines.get(name, { reference: true });
      const answer = (await engine.apply(undefined, [JSON.stringify(request)])) as string;
      const { value, failure } = JSON.parse(answer) as { value?: unknown; failure?: Failure };
      if (failure !== undefined) throw new CodedError(failure);
      return value;
    } finally {
      isolate.dispose();
      // After the answer is on its way.
      setImmediate(() => this.#stock());
    }
  }

  #stock(): void {
    while (this.#ready.length < READY_BENCHES) {
      const bench = this.#prepare();
      bench.catch(() => {});
      this.#ready.push(bench);
    }
  }

  async #prepare(): Promise<Bench> {
    const isolate = new this.#ivm.Isolate({ memoryLimit: HEAP_MIB, onCatastrophicError: () => process.abort() });
    const context = await isolate.createContext();
    const filename = 'glovebox:engines';
    const script: IVM.Script & IVM.CachedDataResult = await isolate.compileScript(
      this.#script,
      this.#cachedData === undefined
        ? { filename, produceCachedData: true }
        : { filename, cachedData: this.#cachedData },
    );
    this.#cachedData ??= script.cachedData;
    return { isolate, engines: await script.run(context, { reference: true }) };
  }
}
