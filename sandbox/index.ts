// The jail: runs whatever nobody trusts. Everything else of `sandbox/` is private to it.

/** What can be asked of the jail, and what it answers. */
export type {
  Bill,
  CompileRequest,
  Compiled,
  CompiledSchemas,
  ContextRequest,
  HostAnswer,
  HostCall,
  LogLine,
  RenderRequest,
  Rendered,
  RunEvents,
  RunOutcome,
  RunRequest,
  Sandbox,
  SandboxStats,
  SchemaRequest,
} from './contract.ts';
/** Builds the jail. */
export { createSandbox, type SandboxOptions } from './create-sandbox.ts';
/** Failures: their shape, the jail's catalogue. */
export {
  CodedError,
  isCodedError,
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
export { DEFAULT_LIMITS, LIMIT_CEILINGS, parseLimits, type Limits, type ParsedLimits } from './limits.ts';
/** What describes a tool. */
export type {
  Annotations,
  ContentPart,
  Grants,
  Json,
  JsonSchema,
  Manifest,
  SourcePosition,
  ToolArtifact,
} from './manifest.ts';
