// What an attack has made: a few statements, a whole tool, or a template with what fills it.

import type { Json } from '../manifest.ts';

/** Statements in `run(input, host)`. What they get hold of goes into the array `loot`, which is returned. */
export interface ToolBody {
  /** What the attack needs first; the tool logs {@link REACHED} when it is done with it. @default nothing */
  readonly setup?: string;
  readonly body: string;
}

/** A whole tool. It logs {@link REACHED} itself, just before its attack. */
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

/** What the log of a run holds that reached the attack's own code. */
export const REACHED = 'the attack runs';

/** Limits of an attack that says nothing of its own: small, so that the whole suite is short. */
export const ATTACK_LIMITS = { cpuMs: 200, wallMs: 500 } as const;

/** The tool of a {@link ToolBody}. */
export function toolOf({ setup = '', body }: ToolBody): string {
  return `import { defineTool } from 'glovebox';

export default defineTool({
  async run(input: any, host: any) {
    const loot: unknown[] = [];
    ${setup.trim()}
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
  'tool.json.hbs': JSON.stringify({
    name: 'attack',
    description: 'Returns a value.',
    inputSchema: { type: 'object' },
    limits: ATTACK_LIMITS,
  }).replaceAll('}}', '} }'),
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
