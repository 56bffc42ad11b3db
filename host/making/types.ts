// The first of the two paths: a request becomes an immutable version.

import type { JsonSchema } from '#sandbox';
import type { Principal } from '#host/base';
import type { MakingStep, Mount, ToolExample } from '#host/registry';
import type { MountRequest } from './mount/types.ts';

/** A template as listings show it. */
export interface TemplateSummary {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly category: string;
}

/** One example of a template: a context, and calls to the tool it makes. */
export interface TemplateExample {
  readonly title: string;
  readonly context: unknown;
  readonly calls: readonly ToolExample[];
}

/** A template in full. */
export interface TemplateDescription extends TemplateSummary {
  readonly context: JsonSchema;
  readonly examples: readonly TemplateExample[];
}

/** A template by its name; or by its folder, from whoever may read this machine's files: the command, never a door. */
export type TemplateReference = string | { readonly folder: string };

/** Fill a template. */
export interface GenerateRequest {
  readonly principal: Principal;
  readonly template: TemplateReference;
  /** Anything JSON can say; checked against the template's context schema. */
  readonly context: unknown;
  /** Limits and their aliases, before those of the template and its manifest. */
  readonly constraints?: unknown;
  /** The tool's name. @default what the template's manifest says */
  readonly name?: string;
  readonly replace?: boolean;
  /** Publish even if calls of the live version may fail. @default false */
  readonly allowBreaking?: boolean;
  readonly signal?: AbortSignal;
  /** Called as each step ends. */
  readonly onStep?: (step: MakingStep) => void;
}

/** One tool of a set. */
export interface SetTool {
  readonly template: TemplateReference;
  /** An object; laid over what the template takes of the shared context, its own keys winning. */
  readonly context?: unknown;
  /** Limits and their aliases, before those of the template and its manifest. */
  readonly constraints?: unknown;
  /** The tool's name. @default what the template's manifest says */
  readonly name?: string;
}

/** Fill several templates from one context. */
export interface GenerateSetRequest {
  readonly principal: Principal;
  /**
   * An object. Each template takes the keys its context schema names as properties; one that names none and is open takes
   * all. A key that no template of the set takes is refused.
   */
  readonly context?: unknown;
  /** 2 to 20. */
  readonly tools: readonly SetTool[];
  readonly replace?: boolean;
  /** Publish even if calls of a live version may fail. @default false */
  readonly allowBreaking?: boolean;
  readonly signal?: AbortSignal;
  /** Called as each step of each tool ends; `entry` is its index. */
  readonly onStep?: (step: MakingStep, entry: number) => void;
}

/** Publish source. */
export interface CreateRequest {
  readonly principal: Principal;
  /** The manifest as its author wrote it; unknown until checked. May carry `examples`. */
  readonly manifest: unknown;
  /** The entry's text. */
  readonly source: string;
  /** Further files the source imports: relative path → text. The entry itself is `tool.ts`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Limits and their aliases, before the manifest's. */
  readonly constraints?: unknown;
  readonly replace?: boolean;
  /** Publish even if calls of the live version may fail. @default false */
  readonly allowBreaking?: boolean;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: MakingStep) => void;
}

/** What a making came to. The structured result of `generate_tool` and `create_tool`. */
export interface Made {
  readonly tool: string;
  readonly version: number;
  readonly digest: string;
  readonly unchanged: boolean;
  readonly report: readonly MakingStep[];
}

/** What a set came to, in its order. The structured result of `generate_set`. */
export interface MadeSet {
  readonly tools: readonly Made[];
}

/**
 * Makes tools. A failure is a coded error whose `data.report` holds the steps so far; it published nothing, and it has a
 * row in the ledger as a success has.
 */
export interface Maker {
  listTemplates(): Promise<readonly TemplateSummary[]>;
  /** @throws TEMPLATE_NOT_FOUND, TEMPLATE_INVALID */
  describeTemplate(name: string): Promise<TemplateDescription>;
  /**
   * Makes a tool from a template and a context.
   *
   * @throws REQUEST_INVALID when the name asked for is none, TOOL_NAME_RESERVED when it is the host's own
   * @throws TEMPLATE_NOT_FOUND, CONTEXT_INVALID, TEMPLATE_… of the template's files, and what `create` throws
   */
  generate(request: GenerateRequest): Promise<Made>;
  /**
   * Makes several tools and publishes all of them in one transaction, or none.
   *
   * @throws REQUEST_INVALID when there are too few or too many, two of one name, or a shared key that no template takes
   * @throws what `generate` throws for the first tool that fails, with `data.entry`, its index, and `data.template`; the
   * report is that tool's
   */
  generateSet(request: GenerateSetRequest): Promise<MadeSet>;
  /**
   * Makes a tool from source.
   *
   * @throws SOURCE_INVALID, MANIFEST_INVALID, TOOL_NAME_RESERVED, GRANT_UNSUPPORTED, LIMITS_…, POLICY_DENIED before it ran
   * @throws COMPILE_…, SCHEMA_…, MAKING_… from the workshop
   * @throws EXAMPLE_FAILED, TOOL_INVALID and the codes of a run from the tool itself
   * @throws CHANGE_BREAKING when calls of the live version may fail and that was not allowed
   * @throws TOOL_NAME_TAKEN, PUBLISH_CONFLICT, STORE_… when it was about to be published
   * @throws RUN_CANCELLED, HOST_BUSY, HOST_STOPPING, CELL_UNAVAILABLE
   */
  create(request: CreateRequest): Promise<Made>;
  /**
   * Makes all of a folder ready to be served: tools, prompts and resources. Nothing is written to the store or the ledger.
   *
   * @throws MOUNT_INVALID with every problem in `data.items`
   * @throws RUN_CANCELLED, HOST_BUSY, HOST_STOPPING, CELL_UNAVAILABLE
   */
  mount(request: MountRequest): Promise<Mount>;
}
