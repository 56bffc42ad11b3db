// Which tools exist.

/** The registry over a store. */
export { openRegistry, type RegistryOptions } from './open-registry.ts';
/** The way back from a position in a script to its author's line. */
export { atSource, readOrigin, writeOrigin, type Origin } from './source-position.ts';
/** How a rendered file's lines relate to its template's. */
export { compareLines, type RenderedLines } from './rendered-lines.ts';
/** Tools, their versions, and how to publish them. */
export type {
  ListedTool,
  MakingStep,
  Published,
  PublishOptions,
  Registry,
  ToolExample,
  ToolVersion,
  VersionDraft,
  VersionSource,
  VersionSummary,
} from './types.ts';
