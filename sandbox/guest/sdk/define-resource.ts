// Resources: what an author writes, turned into the one form the jail runs.

import { checkCompleters, complete, type Completers, type CompletionRequest } from './completion.ts';
import { toDocument, toRecord } from './content-part.ts';
import type { Host } from './types.ts';

/** One document of a resource: its text or its bytes. */
export type ResourceContents = {
  /** @default the URI that was asked for */
  readonly uri?: string;
  /** @default the manifest's `mimeType` */
  readonly mimeType?: string;
} & ({ readonly text: string } | { readonly blob: Uint8Array | string });

/** What reading gives; a string is the text of one document, a Uint8Array the bytes of one. */
export type ResourceOutput =
  | string
  | Uint8Array
  | ResourceContents
  | { readonly contents: readonly ResourceContents[] };

/** What is read. */
export interface ResourceRequest<Variables = Readonly<Record<string, string>>> {
  /** The URI that was asked for. */
  readonly uri: string;
  /** The values of the URI template's variables, decoded; none where the manifest's `uri` has no variables. */
  readonly variables: Variables;
}

/** What a resource is: made into the default export of its file by `defineResource`. */
export interface ResourceDefinition<Variables = Readonly<Record<string, string>>, Context = unknown> {
  /**
   * Reads the resource, once per request, in a fresh context.
   *
   * @param host Everything the resource can reach.
   */
  read(request: ResourceRequest<Variables>, host: Host<Context>): ResourceOutput | Promise<ResourceOutput>;
  /** Values to offer for the URI template's variables, by their names. */
  readonly complete?: Completers<Context>;
}

/** A resource as the jail runs it. */
export interface Resource {
  run(input: ResourceInput, host: Host<never>): Promise<object>;
}

/** What the host asks of a resource. */
export type ResourceInput = ResourceRequest<never> | { readonly complete: CompletionRequest };

/**
 * Defines a resource; the default export of `resources/NAME.ts`.
 *
 * ```ts
 * import { defineResource } from 'glovebox';
 *
 * export default defineResource({
 *   read({ variables }: { uri: string; variables: { id: string } }) {
 *     return { mimeType: 'application/json', text: JSON.stringify({ id: variables.id }) };
 *   },
 * });
 * ```
 *
 * @throws TypeError when there is no function `read`, or a completer is none
 */
export function defineResource<Variables = Readonly<Record<string, string>>, Context = unknown>(
  definition: ResourceDefinition<Variables, Context>,
): Resource {
  const { read } = definition;
  if (typeof read !== 'function') throw new TypeError('defineResource({ read }) needs a function read');
  const completers = checkCompleters('defineResource({ complete })', definition.complete);
  return {
    async run(input, host) {
      if ('complete' in input) return complete(completers, input.complete, host);
      if ('variables' in input) return toOutput(await definition.read(input, host), input.uri);
      throw new TypeError('defineResource makes resources, not tools: its file belongs into the folder "resources"');
    },
  };
}

/** @throws TypeError naming what is wrong */
function toOutput(returned: unknown, uri: string): object {
  if (typeof returned === 'string') return { contents: [{ uri, text: returned }] };
  if (returned instanceof Uint8Array) return { contents: [{ uri, blob: returned.toBase64() }] };
  const given = toRecord('what the resource returns (a string, bytes, { text }, { blob } or { contents })', returned);
  if (given['contents'] === undefined) return { contents: [toDocument('the resource', given, uri)] };
  if (!Array.isArray(given['contents']))
    throw new TypeError('contents must be a list of { uri, text } or { uri, blob }');
  return {
    contents: given['contents'].map((document: unknown, at) => toDocument(`contents[${at}]`, document, uri)),
  };
}
