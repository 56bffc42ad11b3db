// What an attack is: plain data, one file each, so that the list of files is the list of threats.

import type { Json } from '../manifest.ts';

/** A step of making or of calling, by its name in the making report or in DESIGN's calling path. */
export type Stage = MakingStage | CallingStage;

/** An attack that ends here publishes nothing. */
export type MakingStage = 'find' | 'check' | 'render' | 'compile' | 'inspect' | 'probe' | 'publish';

/** An attack that ends here was published first: `load` is the evaluation of the tool's top level. */
export type CallingStage = 'input' | 'load' | 'run' | 'output';

/** One attack: what is tried, how far it must get, and how it must end there. */
export interface Attack {
  /** What a stranger does; completes "a stranger who …". */
  readonly aim: string;
  readonly make: ToolBody | ToolSource | Template;
  /** Over the default manifest of an attack: its name, the aim as description, an input schema that takes any object. */
  readonly manifest?: { readonly [key: string]: Json };
  /** What the published tool is called with. @default {} */
  readonly input?: Json;
  /** What the client answers every question with, so that the call goes on. @default there is no client to ask */
  readonly answer?: Json;
  /** The stage it must reach: an attack refused earlier tests something else. */
  readonly reaches: Stage;
  readonly ends: AttackEnd;
}

/** Statements in `run(input, host)`. What they get hold of goes into the array `loot`, which is returned. */
export interface ToolBody {
  readonly body: string;
}

/** A whole tool. Where it must reach its own code it says so: it logs {@link REACHED}. */
export interface ToolSource {
  readonly source: string;
  /** Further files: relative path → text. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A template folder over {@link TEMPLATE_FILES}, and what fills it. */
export interface Template {
  readonly template: Readonly<Record<string, string>>;
  readonly context: Json;
}

/** A refusal with one of these codes, or a run that gains nothing: its output is known beforehand. */
export type AttackEnd = { readonly codes: readonly string[] } | { readonly output: Json };

/** What the log of a run holds that reached the tool's code. */
export const REACHED = 'the attack runs';

/** The end of a run that found nothing to take. */
export const NO_LOOT: AttackEnd = { output: { loot: [] } };

/** The endings of a run that wants more memory than it has: in its isolate, or with its process. */
export const OUT_OF_MEMORY: AttackEnd = { codes: ['LIMIT_HEAP', 'RUN_CRASHED'] };

/** The endings of a run that never ends by itself. */
export const OUT_OF_TIME: AttackEnd = { codes: ['LIMIT_CPU', 'LIMIT_WALL'] };

/** JSON as text can say it and literals cannot: keys named `__proto__`, a hundred thousand levels. */
export function parseJson(text: string): Json {
  return JSON.parse(text) as Json;
}

/** The tool of a {@link ToolBody}. */
export function toolOf({ body }: ToolBody): string {
  return `import { defineTool } from 'glovebox';

export default defineTool({
  async run(input: any, host: any) {
    const loot: unknown[] = [];
    console.log('${REACHED}');
    ${body.trim()}
    return { loot };
  },
});
`;
}

/** An honest template with one value, `{{value}}`, that its tool returns. */
export const TEMPLATE_FILES: Readonly<Record<string, string>> = {
  'template.json': JSON.stringify({
    name: 'attack',
    version: '1.0.0',
    title: 'Attack',
    description: 'Returns the value of its context.',
    category: 'attack',
    context: { type: 'object', required: ['value'], properties: { value: true } },
  }),
  'tool.json.hbs': '{ "name": "attack", "description": "Returns a value.", "inputSchema": { "type": "object" } }',
  'tool.ts.hbs': `import { defineTool } from 'glovebox';

const VALUE = {{value}};

export default defineTool({
  run() {
    console.log('${REACHED}');
    return { value: VALUE };
  },
});
`,
};
