import type { ToolDefinition } from './types.ts';

/**
 * Defines a tool; the default export of `tool.ts`. It returns the definition unchanged: what it adds is types.
 *
 * ```ts
 * import { defineTool } from 'glovebox';
 *
 * export default defineTool({
 *   run(input: { gain: number; cost: number }) {
 *     return { roi: (input.gain - input.cost) / input.cost };
 *   },
 * });
 * ```
 */
export function defineTool<Input, Output extends object, Context = unknown>(
  definition: ToolDefinition<Input, Output, Context>,
): ToolDefinition<Input, Output, Context> {
  return definition;
}
