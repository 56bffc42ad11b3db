// Versions with their scripts, bounded by bytes: the least recently used ones go first.

import type { ToolVersion } from './types.ts';

/** Immutable versions by tenant, name and number. */
export class VersionCache {
  readonly #maxBytes: number;
  readonly #versions = new Map<string, { readonly version: ToolVersion; readonly bytes: number }>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  find(tenant: string, tool: string, number: number): ToolVersion | undefined {
    const key = keyOf(tenant, tool, number);
    const entry = this.#versions.get(key);
    if (entry === undefined) return undefined;
    // A Map iterates in order of insertion: the used one goes to the end.
    this.#versions.delete(key);
    this.#versions.set(key, entry);
    return entry.version;
  }

  add(version: ToolVersion): void {
    const key = keyOf(version.tenant, version.tool, version.version);
    const bytes = bytesOf(version);
    if (bytes > this.#maxBytes || this.#versions.has(key)) return;
    this.#versions.set(key, { version, bytes });
    this.#bytes += bytes;
    for (const [oldest, entry] of this.#versions) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#versions.delete(oldest);
      this.#bytes -= entry.bytes;
    }
  }
}

function keyOf(tenant: string, tool: string, number: number): string {
  return `${tenant}/${tool}@${number}`;
}

function bytesOf({ artifact }: ToolVersion): number {
  return [artifact.script, artifact.validators, artifact.context].reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    0,
  );
}
