// Which tools exist.

/** The registry over a store. */
export { openRegistry, type RegistryOptions } from './open-registry.ts';
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
