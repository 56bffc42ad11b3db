// The ways a client makes tools: fill a template, fill several at once, or bring source.

import type { Maker } from '#host/making';
import type { MakingStep } from '#host/registry';
import type { JsonSchema } from '#sandbox';
import type { McpCall } from '../types.ts';
import { ALLOW_BREAKING, CONSTRAINTS, MADE, TOOL_NAME } from './schemas.ts';
import { answerOf, argumentsOf, defineMakerTool, type MakerTool } from './define.ts';

/** Steps of a making, for progress. */
const STEPS = 7;

const TEMPLATE: JsonSchema = { type: 'string', description: 'A name from list_templates.' };
const NEW_NAME: JsonSchema = {
  ...TOOL_NAME,
  description: 'Name for the new tool. Default: what the template suggests.',
};

interface GenerateArguments {
  readonly template: string;
  readonly context: unknown;
  readonly constraints?: unknown;
  readonly name?: string;
  readonly allow_breaking?: boolean;
}

interface SetArguments {
  readonly context?: unknown;
  readonly tools: readonly Omit<GenerateArguments, 'allow_breaking'>[];
  readonly allow_breaking?: boolean;
}

interface CreateArguments {
  readonly manifest: unknown;
  readonly source: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly constraints?: unknown;
  readonly replace?: boolean;
  readonly allow_breaking?: boolean;
}

/** `generate_tool` */
export function generateTool(maker: Maker): MakerTool {
  return defineMakerTool<GenerateArguments>({
    name: 'generate_tool',
    title: 'Generate a tool from a template',
    description:
      'Makes a new tool from a template and a context, in milliseconds, and adds it to tools/list under its own name with ' +
      'input and output schema. The same inputs always give the same tool; generating again with another context makes ' +
      'its next version. Nothing is published when a step fails: the error says which step and why. Needs describe_template ' +
      'first, for the context schema.',
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    input: argumentsOf(
      {
        template: TEMPLATE,
        context: {
          type: 'object',
          description: 'Fills the template; must fit the schema that describe_template shows.',
        },
        constraints: CONSTRAINTS,
        name: NEW_NAME,
        allow_breaking: ALLOW_BREAKING,
      },
      ['template', 'context'],
    ),
    output: MADE,
    async run({ template, context, constraints, name, allow_breaking }, call) {
      return maker.generate({
        ...makingOf(call),
        template,
        context,
        ...(constraints === undefined ? {} : { constraints }),
        ...(name === undefined ? {} : { name }),
        ...(allow_breaking === undefined ? {} : { allowBreaking: allow_breaking }),
      });
    },
  });
}

/** `generate_set` */
export function generateSet(maker: Maker): MakerTool {
  return defineMakerTool<SetArguments>({
    name: 'generate_set',
    title: 'Generate several tools from one context',
    description:
      'Makes 2 to 20 tools from templates that share a context, and publishes all of them at once or none. Of the shared ' +
      'context each template takes the keys its own context schema names (one that names none takes all), so templates that ' +
      "refuse unknown keys can share one; a tool's own context is laid over it key by key and wins. A shared key that no " +
      'template takes is refused. When one tool fails nothing is published, and the error says which (entry, from 0) and why.',
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    input: argumentsOf(
      {
        context: { type: 'object', description: 'What the tools have in common, such as one customer.' },
        tools: {
          type: 'array',
          minItems: 2,
          maxItems: 20,
          description: 'The tools to make, in order. No two may have one name.',
          items: argumentsOf(
            {
              template: TEMPLATE,
              name: NEW_NAME,
              context: { type: 'object', description: "This tool's own context; its keys win over the shared ones." },
              constraints: CONSTRAINTS,
            },
            ['template'],
          ),
        },
        allow_breaking: ALLOW_BREAKING,
      },
      ['tools'],
    ),
    output: answerOf({ tools: { type: 'array', description: 'What was made, in order.', items: MADE } }, ['tools']),
    async run({ context, tools, allow_breaking }, call) {
      const { principal, signal } = call;
      const onStep = progressOf(call, STEPS * tools.length);
      return maker.generateSet({
        principal,
        signal,
        tools,
        ...(context === undefined ? {} : { context }),
        ...(allow_breaking === undefined ? {} : { allowBreaking: allow_breaking }),
        ...(onStep === undefined
          ? {}
          : { onStep: (step, entry) => onStep(step, `tool ${entry + 1} of ${tools.length}, `) }),
      });
    },
  });
}

/** `create_tool` */
export function createTool(maker: Maker): MakerTool {
  return defineMakerTool<CreateArguments>({
    name: 'create_tool',
    title: 'Create a tool from TypeScript',
    description:
      'Makes a new tool from TypeScript you wrote and adds it to tools/list. The source is one module: ' +
      "import { defineTool } from 'glovebox'; export default defineTool({ async run(input, host) { return { … }; } }); " +
      'It runs jailed: no network, no files, no Node; plain JavaScript only, and only what the manifest grants. Give ' +
      'examples in the manifest: they are run before anything is published, and a failing one names the difference.',
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    input: argumentsOf(
      {
        manifest: {
          type: 'object',
          description:
            'name (snake_case), description, inputSchema and outputSchema (JSON Schema 2020-12, an object at the root); ' +
            'optionally title, version, category, annotations, limits, grants, examples: [{input, output}].',
        },
        source: { type: 'string', description: 'The TypeScript module.' },
        files: {
          type: 'object',
          additionalProperties: { type: 'string' },
          description: 'Further modules the source imports, path such as "lib/tax.ts" → text.',
        },
        constraints: CONSTRAINTS,
        replace: {
          type: 'boolean',
          description: 'Take over a name that another template or source holds. Default false.',
        },
        allow_breaking: ALLOW_BREAKING,
      },
      ['manifest', 'source'],
    ),
    output: MADE,
    async run({ manifest, source, files, constraints, replace, allow_breaking }, call) {
      return maker.create({
        ...makingOf(call),
        manifest,
        source,
        ...(files === undefined ? {} : { files }),
        ...(constraints === undefined ? {} : { constraints }),
        ...(replace === undefined ? {} : { replace }),
        ...(allow_breaking === undefined ? {} : { allowBreaking: allow_breaking }),
      });
    },
  });
}

/** What both kinds of making take from the call: who, until when, and whom to tell about each step. */
function makingOf(call: McpCall): Pick<Parameters<Maker['create']>[0], 'principal' | 'signal' | 'onStep'> {
  const { principal, signal } = call;
  const onStep = progressOf(call, STEPS);
  return { principal, signal, ...(onStep === undefined ? {} : { onStep: (step) => onStep(step) }) };
}

/** Tells the caller of each step, as a share of all of them; undefined when nobody listens. */
function progressOf({ onProgress }: McpCall, steps: number): ((step: MakingStep, whose?: string) => void) | undefined {
  if (onProgress === undefined) return undefined;
  let done = 0;
  return ({ step, verdict, detail }, whose = '') => {
    done += 1;
    const message = `${whose}${step}: ${verdict}${detail === undefined ? '' : ` – ${detail}`}`;
    onProgress({ ratio: Math.min(1, done / steps), message });
  };
}
