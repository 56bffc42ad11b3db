// The second of the two paths: one call becomes a recorded result.

/** Calls tools, prompts and resources. */
export { createCaller, type CallerDeps } from './create-caller.ts';
/** Does recorded runs again. */
export { createReplayer, type ReplayerDeps } from './replay/create-replayer.ts';
export type { Divergence, Replay, ReplayQuery, Replayer } from './replay/types.ts';
/** What a client can do, and what it may be asked. */
export type { ClientFeatures } from '#sandbox';
export type { ClientRequest } from '#host/capabilities';
/** What a call is, and what it comes to. */
export type {
  CallBase,
  CallEnded,
  Caller,
  Completion,
  CompletionCall,
  Conversation,
  InputRequired,
  PromptCall,
  PromptMessage,
  PromptResult,
  ResourceCall,
  ResourceResult,
  RunFacts,
  Task,
  Tasks,
  TaskStarted,
  ToolCall,
  ToolCallResult,
} from './types.ts';
