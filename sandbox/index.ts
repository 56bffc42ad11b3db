// The jail: runs whatever nobody trusts. Everything else of `sandbox/` is private to it.

/** What can be asked of the jail, and what it answers. */
export type {
  Bill,
  ClientFeatures,
  HostAnswer,
  HostCall,
  HostReply,
  JournalEntry,
  LogLine,
  Profile,
  RunEvents,
  RunOutcome,
  RunRequest,
  Sandbox,
  SandboxStats,
  WaitingCall,
} from './contract.ts';
/** The steps of a making. */
export type {
  CompileRequest,
  Compiled,
  CompiledSchemas,
  ContextRequest,
  RenderRequest,
  Rendered,
  SchemaRequest,
  SchemaTexts,
} from './making-contract.ts';
/** What the jail's guest code runs on. */
export { ENGINE, engineIn, profileOf } from './engine.ts';
/** Every name a tool can reach. */
export { NAME_KINDS, readSurface, type NameKind, type Surface } from './read-surface.ts';
/** Builds the jail. */
export { createSandbox, type SandboxOptions } from './create-sandbox.ts';
/** Failures: their shape, the jail's catalogue. */
export {
  CodedError,
  isCodedError,
  plainFailure,
  SANDBOX_ERRORS,
  sandboxError,
  sandboxFailure,
  type ErrorEntry,
  type ErrorFault,
  type ErrorKind,
  type Failure,
  type SandboxErrorCode,
} from './errors.ts';
/** What a run may use. */
export {
  DEFAULT_LIMITS,
  DEFAULT_TASK_MS,
  LIMIT_CEILINGS,
  parseLimits,
  type Limits,
  type ParsedLimits,
} from './limits.ts';
/** What reading a tool can make one suspicious of. */
export { FINDING_KINDS, type Finding, type FindingKind, type FindingPlace, type FindingSeverity } from './finding.ts';
/** What describes a tool. */
export type {
  Annotations,
  ContentPart,
  Grants,
  Json,
  JsonSchema,
  Manifest,
  SourcePosition,
  TaskSupport,
  ToolArtifact,
} from './manifest.ts';
/** Content parts out of a cell, rebuilt from an allow-list. */
export { checkPart } from './lane/check-answer.ts';
/** The attacks it has to withstand, as plain data. */
export { ATTACK_LIMITS, REACHED, TEMPLATE_FILES, toolOf as attackToolOf } from './attacks/attack-tool.ts';
export type {
  AttackCall,
  CallEnd,
  CallingAttack,
  CodedEnd,
  Control,
  DoorAttack,
  DoorRequest,
  MakingAttack,
  Making,
  ReportedAttack,
} from './attacks/attack.ts';
export { loadAttacks, type NamedAttack } from './attacks/load-attacks.ts';
/** Which walls stand around jailed processes here. */
export { examineWalls, missingWalls, WALL_LEVELS, type WallLevel } from './lane/wall/examine-walls.ts';
export type { WallFinding, WallName } from './lane/wall/judge-walls.ts';
export { BUBBLEWRAP_MODES, type BubblewrapMode, type WallSettings } from './lane/wall/wall-settings.ts';
/** A checker for this repository's own static schemas. */
export { createSchemaChecker, type SchemaProblem, type SchemaVerdict } from './schema-checker.ts';
