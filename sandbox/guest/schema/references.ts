// Follows `$id`, `$ref` and `$dynamicRef` through one document: every reference must end at a schema inside it.
//
// SECURITY: a reference may only name what was walked. The compiler would also take `#/examples/0` for a schema, and no
// bound holds there; test/unit/sandbox/guest/schema/references.test.ts holds it.

import uri from 'ajv/dist/runtime/uri.js';
import { pointer, refuse, shorten, type SchemaRole } from './fault.ts';
import type { JsonObject } from './keywords.ts';

/** The nearest schema with an id around a place: its resolved id, and where it stands. */
export interface Scope {
  readonly document: string;
  readonly path: string;
}

/** Collects what a document names and refers to, while it is walked. */
export class References {
  readonly #role: SchemaRole;
  readonly #documents = new Set<string>();
  /** `document#/pointer` and `document#anchor` of every schema walked. */
  readonly #targets = new Set<string>();
  readonly #references: { readonly path: string; readonly ref: string; readonly resolved: string }[] = [];

  constructor(role: SchemaRole) {
    this.#role = role;
  }

  /** Notes a schema and what it refers to; returns the scope of its subschemas. */
  enter(schema: JsonObject | boolean, path: string, outer: Scope): Scope {
    const id = typeof schema === 'object' ? schema['$id'] : undefined;
    const own = typeof id === 'string' ? { document: this.#resolveId(id, path, outer), path } : outer;
    this.#documents.add(own.document);
    for (const scope of [own, outer]) this.#targets.add(`${scope.document}#${path.slice(scope.path.length)}`);
    if (typeof schema === 'boolean') return own;
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const anchor = schema[keyword];
      if (typeof anchor === 'string') this.#targets.add(`${own.document}#${anchor}`);
    }
    for (const keyword of ['$ref', '$dynamicRef']) {
      const ref = schema[keyword];
      if (typeof ref !== 'string') continue;
      const at = pointer(path, keyword);
      this.#references.push({ path: at, ref, resolved: this.#resolve(own.document, ref, at) });
    }
    return own;
  }

  /**
   * @throws SCHEMA_REF_REMOTE when a reference leaves the document: nothing is ever fetched
   * @throws SCHEMA_INVALID when it names no schema within the document
   */
  assertLocal(): void {
    for (const { path, ref, resolved } of this.#references) {
      const hash = resolved.indexOf('#');
      const document = hash < 0 ? resolved : resolved.slice(0, hash);
      const fragment = hash < 0 ? '' : resolved.slice(hash + 1);
      if (!this.#documents.has(document)) {
        const hint = 'copy what it names under $defs and refer to it as "#/$defs/…"';
        refuse('SCHEMA_REF_REMOTE', this.#role, path, `"${shorten(ref)}" is not in this document; ${hint}`);
      }
      if (!this.#targets.has(`${document}#${decode(fragment)}`)) {
        refuse('SCHEMA_INVALID', this.#role, path, `"${shorten(ref)}" is no schema of this document`);
      }
    }
  }

  #resolve(base: string, reference: string, path: string): string {
    try {
      return uri.default.resolve(base, reference);
    } catch {
      return refuse('SCHEMA_INVALID', this.#role, path, `"${shorten(reference)}" is no URI reference`);
    }
  }

  #resolveId(id: string, path: string, outer: Scope): string {
    const resolved = this.#resolve(outer.document, id, pointer(path, '$id')).replace(/#$/u, '');
    // The compiler keeps ids in plain objects, where an inherited name would be found unasked.
    if (resolved === '' || resolved in Object.prototype || this.#documents.has(resolved)) {
      refuse('SCHEMA_INVALID', this.#role, pointer(path, '$id'), `"${shorten(id)}" is empty, reserved or used twice`);
    }
    return resolved;
  }
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
