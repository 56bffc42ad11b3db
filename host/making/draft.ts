// What both ways of making come to before the compiler: a manifest as it was written, and source.

import type { RenderedLines, ToolExample } from '#host/registry';
import type { ManifestSurroundings, WrittenManifest } from './check-manifest.ts';

/** The file a tool's module is. */
export const ENTRY = 'tool.ts';

/** A tool that is yet to be compiled, inspected and probed. */
export interface Draft {
  readonly lineage: string;
  readonly written: WrittenManifest;
  readonly surroundings: ManifestSurroundings;
  /** Relative path → text; {@link ENTRY} is among them. */
  readonly files: Readonly<Record<string, string>>;
  /** What the tool is generated with, canonical JSON text. */
  readonly context: string;
  readonly examples: readonly ToolExample[];
  /** Where the lines of the entry come from, when a template rendered it. */
  readonly rendered?: RenderedLines;
}
