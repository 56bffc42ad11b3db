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
  readonly 'client.ask'?: true;
  readonly 'client.sample'?: true;
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
