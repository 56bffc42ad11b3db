// tools/list for clients of 2025-11-25 and before. Their SDK compiles every output schema of a page as draft-07 and drops
// the whole page when one of them fails, so one tool's modern schema would hide all the others.

import type { ListToolsResult, Tool } from '@modelcontextprotocol/server';

/** Keywords of 2020-12 that draft-07 cannot resolve, or reads differently. */
const NEWER_KEYWORDS = new Set([
  '$anchor',
  '$dynamicAnchor',
  '$dynamicRef',
  '$id',
  '$schema',
  'dependentRequired',
  'dependentSchemas',
  'maxContains',
  'minContains',
  'prefixItems',
  'unevaluatedItems',
  'unevaluatedProperties',
]);

// Pages share their tools, and tools live as long as the registry's state: one projection each.
const projected = new WeakMap<Tool, Tool>();

/** The page with each output schema that draft-07 would misread replaced by the one it can only agree with. */
export function toOlderEra(page: ListToolsResult): ListToolsResult {
  return { ...page, tools: page.tools.map(toOlderTool) };
}

function toOlderTool(tool: Tool): Tool {
  const known = projected.get(tool);
  if (known !== undefined) return known;
  const older = usesNewerKeyword(tool.outputSchema) ? { ...tool, outputSchema: { type: 'object' as const } } : tool;
  projected.set(tool, older);
  return older;
}

/** Errs on the side of yes: a property that is named like a keyword loosens a schema and breaks nothing. */
function usesNewerKeyword(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  if (Array.isArray(schema)) return schema.some(usesNewerKeyword);
  return Object.entries(schema).some(([key, value]) => NEWER_KEYWORDS.has(key) || usesNewerKeyword(value));
}
