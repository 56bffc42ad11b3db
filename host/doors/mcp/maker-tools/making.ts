// The two ways a client makes a tool: fill a template, or bring source.

import type { Maker } from '#host/making';
import type { MakingStep } from '#host/registry';
import type { McpCall } from '../types.ts';
import { argumentsOf, defineMakerTool, type MakerTool } from './define.ts';
import { CONSTRAINTS, MADE, TOOL_NAME } from './schemas.ts';

/** Steps of a making, for progress. */
const STEPS = 7;

interface GenerateArguments {
  readonly template: string;
  readonly context: unknown;
  readonly constraints?: unknown;
  readonly name?: string;
}

interface CreateArguments {
  readonly manifest: unknown;
  readonly source: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly constraints?: unknown;
  readonly replace?: boolean;
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
        template: { type: 'string', description: 'A name from list_templates.' },
        context: {
          type: 'object',
          description: 'Fills the template; must fit the schema that describe_template shows.',
        },
        constraints: CONSTRAINTS,
        name: { ...TOOL_NAME, description: 'Name for the new tool. Default: what the template suggests.' },
      },
      ['template', 'context'],
    ),
    output: MADE,
    async run({ template, context, constraints, name }, call) {
      return maker.generate({
        ...makingOf(call),
        template,
        context,
        ...(constraints === undefined ? {} : { constraints }),
        ...(name === undefined ? {} : { name }),
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
      },
      ['manifest', 'source'],
    ),
    output: MADE,
    async run({ manifest, source, files, constraints, replace }, call) {
      return maker.create({
        ...makingOf(call),
        manifest,
        source,
        ...(files === undefined ? {} : { files }),
        ...(constraints === undefined ? {} : { constraints }),
        ...(replace === undefined ? {} : { replace }),
      });
    },
  });
}

/** What both kinds of making take from the call: who, until when, and whom to tell about each step. */
function makingOf(call: McpCall): Pick<Parameters<Maker['create']>[0], 'principal' | 'signal' | 'onStep'> {
  const { principal, signal, onProgress } = call;
  if (onProgress === undefined) return { principal, signal };
  let done = 0;
  const onStep = ({ step, verdict, detail }: MakingStep): void => {
    done += 1;
    const message = detail === undefined ? `${step}: ${verdict}` : `${step}: ${verdict} – ${detail}`;
    onProgress({ ratio: Math.min(1, done / STEPS), message });
  };
  return { principal, signal, onStep };
}
