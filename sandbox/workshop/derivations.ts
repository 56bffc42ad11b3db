// What the engines make of one stranger's text alone: a template compiled, a schema's validator. It is kept, so that the
// next making that starts from the same text does not wait for it.
//
// SECURITY: each is derived in an isolate that has seen nothing but that text, and kept by the digest of it. Whatever a
// hostile text does to its engine, it spoils only what is derived from itself; no context ever comes near.
// test/unit/sandbox/workshop/derivations.test.ts holds it.

import { createHash } from 'node:crypto';

import { sandboxError } from '../errors.ts';
import type { BenchSupply } from './bench.ts';

/** Engines whose answer depends on nothing but the request, and is a text. */
export type DerivingEngine = 'contextSchema' | 'toolSchema' | 'template';

/** The most characters that are kept; beyond them the least recently used go. */
export const MAX_KEPT_CHARACTERS = 16 * 1024 * 1024;

/** See the head of this file. */
export class Derivations {
  readonly #benches: Pick<BenchSupply, 'run'>;
  /** Oldest use first. */
  readonly #kept = new Map<string, string>();
  #characters = 0;

  constructor(benches: Pick<BenchSupply, 'run'>) {
    this.#benches = benches;
  }

  /** The engine's answer. A failure is not kept. @throws the codes of the engine */
  async derive(engine: DerivingEngine, request: unknown): Promise<string> {
    const key = createHash('sha256')
      .update(JSON.stringify([engine, request]))
      .digest('base64');
    const derived = this.#kept.get(key) ?? textOf(await this.#benches.run(engine, request));
    this.#keep(key, derived);
    return derived;
  }

  #keep(key: string, derived: string): void {
    if (!this.#kept.delete(key)) this.#characters += derived.length;
    this.#kept.set(key, derived);
    for (const [oldest, text] of this.#kept) {
      if (this.#characters <= MAX_KEPT_CHARACTERS) return;
      this.#kept.delete(oldest);
      this.#characters -= text.length;
    }
  }
}

/** An isolate under a stranger's control may answer anything. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw sandboxError('MAKING_CRASHED', 'the template or schema broke its engine');
}
