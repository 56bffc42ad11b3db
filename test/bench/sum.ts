// The trivial tool that every bench of calls calls: any more work in it would hide what carries the call.

const number = { type: 'number' } as const;

export const SUM = {
  manifest: {
    name: 'sum',
    description: 'Adds two numbers.',
    inputSchema: { type: 'object', properties: { a: number, b: number }, required: ['a', 'b'] },
    outputSchema: { type: 'object', properties: { sum: number }, required: ['sum'] },
  },
  source: `import { defineTool } from 'glovebox';
export default defineTool({ async run(input: { a: number; b: number }) { return { sum: input.a + input.b }; } });`,
  /** The tool as a classic script, for what runs without a compiler. */
  script: 'var tool = { default: { async run(input) { return { sum: input.a + input.b }; } } };',
  input: { a: 1, b: 2 },
} as const;
