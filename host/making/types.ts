// The first of the two paths: a request becomes an immutable version.

import type { JsonSchema } from '#sandbox';
import type { Principal } from '#host/base';
import type { MakingStep, ToolExample } from '#host/registry';

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

/** Fill a template. */
export interface GenerateRequest {
  readonly principal: Principal;
  /** A template's name, or (from the command only) the path of a template folder. */
  readonly template: string;
  readonly context: unknown;
  /** Limits and their aliases; checked by the jail's `parseLimits`. */
  readonly constraints?: unknown;
  /** The tool's name. @default what the template's manifest says */
  readonly name?: string;
  readonly replace?: boolean;
  readonly signal?: AbortSignal;
  /** Called as each step ends. */
  readonly onStep?: (step: MakingStep) => void;
}

/** Publish source. */
export interface CreateRequest {
  readonly principal: Principal;
  /** The manifest as its author wrote it; unknown until checked. May carry `examples`. */
  readonly manifest: unknown;
  /** The entry's text. */
  readonly source: string;
  /** Further files the source imports: relative path → text. */
  readonly files?: Readonly<Record<string, string>>;
  readonly constraints?: unknown;
  readonly replace?: boolean;
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

/** Makes tools. A failure is a coded error whose `data.report` holds the steps so far. */
export interface Maker {
  listTemplates(): Promise<readonly TemplateSummary[]>;
  /** @throws TEMPLATE_NOT_FOUND */
  describeTemplate(name: string): Promise<TemplateDescription>;
  generate(request: GenerateRequest): Promise<Made>;
  create(request: CreateRequest): Promise<Made>;
}
