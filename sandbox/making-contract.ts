// What the host may ask of a workshop, and what it answers. Texts, not paths; shared with the rings inside.

import type { SourcePosition } from './manifest.ts';

/** A context and the schema it must fit. */
export interface ContextRequest {
  readonly tenant: string;
  /** JSON text. */
  readonly contextSchema: string;
  /** JSON text. */
  readonly context: string;
  /** What is rendered next: it is compiled beside this step. What is wrong with it, the next step tells. */
  readonly next?: TemplateTexts;
}

/** The two templates of a tool. */
export interface TemplateTexts {
  /** `tool.json.hbs`. */
  readonly manifestTemplate: string;
  /** `tool.ts.hbs`. */
  readonly sourceTemplate: string;
}

/** The files of a template that matter for rendering; texts, not paths. */
export interface RenderRequest extends TemplateTexts {
  readonly tenant: string;
  /** The checked context, JSON text. */
  readonly context: string;
  /** JSON text of one object: pack name → pack; `@data.<pack>` in the template. */
  readonly data: string;
}

/** A rendered template. */
export interface Rendered {
  /** JSON text of the manifest. */
  readonly manifest: string;
  readonly source: string;
  /** For each line of `source` (index 0 = line 1) the line of `tool.ts.hbs` it came from. */
  readonly sourceLines: readonly number[];
}

/** A tool's own files. */
export interface CompileRequest {
  readonly tenant: string;
  /** Key of the entry within `files`, for instance `tool.ts`. */
  readonly entry: string;
  /** Relative path → text. Nothing else can be imported, except `glovebox`. */
  readonly files: Readonly<Record<string, string>>;
  /** The schemas that are compiled next, as far as they are known: beside this step. What is wrong with them, the next step tells. */
  readonly next?: Partial<SchemaTexts>;
}

/** A compiled tool. */
export interface Compiled {
  readonly script: string;
  /** Source map (version 3), JSON text, without the sources' contents. */
  readonly sourceMap: string;
  readonly warnings: readonly { readonly text: string; readonly at?: SourcePosition }[];
}

/** The schemas of a tool. */
export interface SchemaRequest extends SchemaTexts {
  readonly tenant: string;
}

/** A tool's schemas, each a JSON text. */
export interface SchemaTexts {
  readonly inputSchema: string;
  readonly outputSchema?: string;
}

/** Generated validators of a tool. */
export interface CompiledSchemas {
  readonly validators: string;
}
