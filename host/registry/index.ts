// Which tools exist.

/** The registry over a store. */
export { openRegistry, type RegistryOptions } from './open-registry.ts';
/** The way back from a position in a script to its author's line. */
export { atSource, readOrigin, toTemplate, writeOrigin, type Origin, type Position } from './source-position.ts';
/** What a making found suspicious. */
export type { ToldFindings } from './findings.ts';
/** How a rendered file's lines relate to its template's. */
export { compareLines, type RenderedLines } from './rendered-lines.ts';
/** Which URIs a resource may have, and what they mean. */
export { matchUri, MAX_URI_LENGTH, parseUriTemplate, type UriPart, type UriTemplate } from './uri-template.ts';
/** Tools, their versions, and how to publish them; prompts and resources of mounted folders. */
export type {
  Change,
  ChangeKind,
  FoundResource,
  ListedTool,
  ListTopic,
  MakingStep,
  Mount,
  MountedVersion,
  PromptManifest,
  PromptVersion,
  Published,
  PublishOptions,
  Registry,
  ResourceManifest,
  ResourceVersion,
  SetEntry,
  Succession,
  SuspiciousItem,
  ToolExample,
  ToolVersion,
  VersionChange,
  VersionDraft,
  VersionSource,
  VersionSummary,
} from './types.ts';
