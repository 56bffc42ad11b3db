// The shapes that describe a tool, as pure types: what an author writes, what a version keeps.

import type { Limits } from './limits.ts';

/** Anything JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON Schema (2020-12) with an object at its root. */
export type JsonSchema = { readonly [key: string]: Json };

/** Authority a tool asks for. Nothing is granted by default. */
export interface Grants {
  readonly 'net.fetch'?: readonly string[];
  readonly 'kv.read'?: true;
  readonly 'kv.write'?: true;
  readonly secret?: readonly string[];
  readonly 'tool.call'?: readonly string[];
  readonly 'media.image'?: true;
  /** `host.ask`: put a question to whoever uses the client. */
  readonly 'client.ask'?: true;
  /** `host.sample`: have the client's model answer. */
  readonly 'client.sample'?: true;
  /** `host.roots`: which folders the client works in. */
  readonly 'client.roots'?: true;
  /** `host.listing`: show and hide these tools, prompts and resources of the same mounted folder, by name. */
  readonly 'listing.change'?: readonly string[];
  /** `host.updated`: tell subscribers that one of these resources changed, by URI. */
  readonly 'resource.notify'?: readonly string[];
}

/** How a tool works as a task: a call that outlives its request, where the client can hold a handle. */
export interface TaskSupport {
  /** `required`: a client that knows no tasks cannot call it. */
  readonly support: 'optional' | 'required';
  /**
   * When the call becomes a task: at its start, or when the tool says `await host.background()`; what it asks the client
   * before that is asked within the call. @default "start"
   */
  readonly from: 'start' | 'background';
}

/** MCP tool annotations: hints to clients, never trusted by the host. */
export interface Annotations {
  readonly title?: string;
  readonly readOnlyHint?: boolean;
  readonly destructiveHint?: boolean;
  readonly idempotentHint?: boolean;
  readonly openWorldHint?: boolean;
}

/** A tool's manifest after it was checked. */
export interface Manifest {
  /** snake_case, at most 64 characters. */
  readonly name: string;
  readonly title?: string;
  readonly description: string;
  /** Semantic version the author gives. @default "1.0.0" */
  readonly version: string;
  /** One word a registry groups by. @default "general" */
  readonly category: string;
  readonly inputSchema: JsonSchema;
  readonly outputSchema?: JsonSchema;
  readonly annotations?: Annotations;
  /** Absent: every call is answered within its request. */
  readonly task?: TaskSupport;
  readonly grants: Grants;
  readonly limits: Limits;
}

/** Everything a cell needs to run one version; plain text, so that it can be hashed, stored and sent. */
export interface ToolArtifact {
  /** SHA-256 over the artifact and its limits, hex; computed by the host. */
  readonly digest: string;
  /** The tool's name, for messages only. */
  readonly tool: string;
  /** One classic script; evaluates to the module's exports (see the workshop's compile step). */
  readonly script: string;
  /** Generated validators, one classic script (see `guest/schema`). */
  readonly validators: string;
  /** What the tool was generated with, JSON text; `host.context` in the guest. */
  readonly context: string;
}

/** Where a piece of source stands: 1-based line, 0-based column. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One content part beside the structured result, rebuilt by the host from an allow-list. */
export type ContentPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly data: string; readonly mimeType: string }
  | { readonly type: 'audio'; readonly data: string; readonly mimeType: string }
  | {
      readonly type: 'resource_link';
      readonly uri: string;
      readonly name: string;
      readonly description?: string;
      readonly mimeType?: string;
    }
  | {
      readonly type: 'resource';
      readonly resource: {
        readonly uri: string;
        readonly mimeType?: string;
        readonly text?: string;
        readonly blob?: string;
      };
    };
