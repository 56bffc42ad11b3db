// The module `glovebox`, as tools import it.

/** What makes a tool. */
export { defineTool } from './define-tool.ts';
/** What makes a prompt. */
export {
  definePrompt,
  type Prompt,
  type PromptDefinition,
  type PromptInput,
  type PromptMessage,
  type PromptOutput,
} from './define-prompt.ts';
/** What makes a resource. */
export {
  defineResource,
  type Resource,
  type ResourceContents,
  type ResourceDefinition,
  type ResourceInput,
  type ResourceOutput,
  type ResourceRequest,
} from './define-resource.ts';
/** Values that prompts and resources offer while a user types. */
export type { Completer, Completers, CompletionRequest } from './completion.ts';
/** Content as prompts write it. */
export type { ContentPart, EmbeddedResource } from './content-part.ts';
/** Exact decimal numbers, for money. */
export { Decimal } from './decimal.ts';
/** What a tool is made of, and what it is given. */
export type {
  Answer,
  ClientFeatures,
  Content,
  Host,
  HostError,
  Json,
  JsonObject,
  JsonSchema,
  Listing,
  ListTopic,
  LogLevel,
  Question,
  Root,
  Sample,
  SampleContent,
  SampleMessage,
  SampleRequest,
  ToolDefinition,
} from './types.ts';
