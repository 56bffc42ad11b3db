// What a cell keeps warm: the code of known versions, and idle isolates, both bounded by count and bytes.

import type IVM from 'isolated-vm';

import { GuestIsolate, type GuestPrograms, type VersionCode } from './guest-isolate.ts';

const MAX_VERSIONS = 256;
const MAX_CODE_BYTES = 64 * 1024 * 1024;
// Well below the cell's data limit: what idle isolates hold must never make a running one fail.
const MAX_IDLE_BYTES = 128 * 1024 * 1024;

interface Idle {
  readonly digest: string;
  readonly isolate: GuestIsolate;
  readonly heldBytes: number;
}

/** Known versions and their idle isolates, least recently used first. */
export class VersionCache {
  readonly #ivm: typeof IVM;
  readonly #programs: GuestPrograms;
  readonly #onLost: () => void;
  readonly #maxIdle: number;
  readonly #versions = new Map<string, VersionCode>();
  #codeBytes = 0;
  #idle: Idle[] = [];

  /** `maxIdle`: how many isolates to keep for runs to come. */
  constructor(ivm: typeof IVM, programs: GuestPrograms, onLost: () => void, maxIdle: number) {
    this.#ivm = ivm;
    this.#programs = programs;
    this.#onLost = onLost;
    this.#maxIdle = maxIdle;
  }

  add(digest: string, code: Omit<VersionCode, 'cached'>): void {
    this.#forget(digest);
    this.#versions.set(digest, { ...code, cached: new Map() });
    this.#codeBytes += codeBytes(code);
    for (const oldest of this.#versions.keys()) {
      if (this.#versions.size <= MAX_VERSIONS && this.#codeBytes <= MAX_CODE_BYTES) break;
      if (oldest !== digest) this.#forget(oldest);
    }
  }

  find(digest: string): VersionCode | undefined {
    const code = this.#versions.get(digest);
    if (code !== undefined) {
      // Moves it to the young end.
      this.#versions.delete(digest);
      this.#versions.set(digest, code);
    }
    return code;
  }

  /** An isolate of this version that no run uses: a warm one, or a new one. */
  takeIsolate(digest: string, code: VersionCode): GuestIsolate {
    const at = this.#idle.findLastIndex((idle) => idle.digest === digest && !idle.isolate.isDisposed);
    const [warm] = at < 0 ? [] : this.#idle.splice(at, 1);
    return warm?.isolate ?? this.createIsolate(code);
  }

  createIsolate(code: VersionCode): GuestIsolate {
    return new GuestIsolate(this.#ivm, this.#programs, code, this.#onLost);
  }

  /** Keeps an isolate after a clean end, or a new one in its place, and lets go of the oldest ones past the bounds. */
  keepIsolate(digest: string, isolate: GuestIsolate): void {
    const code = this.#versions.get(digest);
    if (isolate.isDisposed || code === undefined) {
      isolate[Symbol.dispose]();
      return;
    }
    const kept = isolate.isSpent ? this.#renew(isolate, code) : isolate;
    kept.prepareContext();
    if (!kept.isDisposed) this.#idle.push({ digest, isolate: kept, heldBytes: kept.rest() });
    let held = this.#idle.reduce((sum, idle) => sum + idle.heldBytes, 0);
    while (this.#idle.length > this.#maxIdle || held > MAX_IDLE_BYTES) {
      const oldest = this.#idle.shift();
      if (oldest === undefined) break;
      held -= oldest.heldBytes;
      oldest.isolate[Symbol.dispose]();
    }
  }

  #renew(spent: GuestIsolate, code: VersionCode): GuestIsolate {
    spent[Symbol.dispose]();
    return this.createIsolate(code);
  }

  #forget(digest: string): void {
    const code = this.#versions.get(digest);
    if (code === undefined) return;
    this.#versions.delete(digest);
    this.#codeBytes -= codeBytes(code);
    for (const idle of this.#idle) if (idle.digest === digest) idle.isolate[Symbol.dispose]();
    this.#idle = this.#idle.filter((idle) => idle.digest !== digest);
  }
}

function codeBytes(code: Pick<VersionCode, 'script' | 'validators' | 'context'>): number {
  return code.script.length + code.validators.length + code.context.length;
}
