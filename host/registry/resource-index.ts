// Which resource a URI means: one of exactly this URI before any template, templates in the order of their names.

import { compareNames } from './names.ts';
import { matchUri, parseUriTemplate, type UriTemplate } from './uri-template.ts';

/** A resource that a URI may mean. */
export interface UriMatch {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** The URIs of resources, by the resources' names. */
export class ResourceIndex {
  readonly #names = new Map<string, string>();
  #templates: readonly { readonly name: string; readonly template: UriTemplate }[] = [];

  /** Whether a resource has this very URI or URI template. */
  has(uri: string): boolean {
    return this.#names.has(uri);
  }

  /** @throws MANIFEST_INVALID */
  add(name: string, uri: string): void {
    const template = parseUriTemplate(uri);
    this.#names.set(uri, name);
    if (template.parts.length === 1) return;
    this.#templates = [...this.#templates, { name, template }].toSorted((a, b) => compareNames(a.name, b.name));
  }

  delete(name: string, uri: string): void {
    this.#names.delete(uri);
    this.#templates = this.#templates.filter((entry) => entry.name !== name);
  }

  /** Every resource the URI fits, the best first; found as they are asked for. */
  *matches(uri: string): Generator<UriMatch> {
    const name = this.#names.get(uri);
    // No URI holds braces: whoever asks for a template by its own text means none of its resources.
    if (name !== undefined && !uri.includes('{')) yield { name, variables: {} };
    for (const { name: templateName, template } of this.#templates) {
      const variables = matchUri(template, uri);
      if (variables !== undefined) yield { name: templateName, variables };
    }
  }
}
