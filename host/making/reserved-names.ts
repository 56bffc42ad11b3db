// Names no tool may take: those of the maker tools, and everything that starts with `glovebox_`.
// test/unit/host/doors/mcp/maker-tools/catalog.test.ts holds the maker tools to this list.

import { hostError } from '#host/base';

const MAKER_TOOLS: ReadonlySet<string> = new Set([
  'list_templates',
  'describe_template',
  'generate_tool',
  'generate_set',
  'create_tool',
  'list_versions',
  'rollback_tool',
  'remove_tool',
  'describe_run',
]);

/** Whether a name is the host's own. */
export function isReservedName(name: string): boolean {
  return MAKER_TOOLS.has(name) || name.startsWith('glovebox_');
}

/** The name, if a tool may have it. @throws TOOL_NAME_RESERVED */
export function checkFree(name: string): string {
  if (!isReservedName(name)) return name;
  throw hostError('TOOL_NAME_RESERVED', `the name "${name}" is the host's own; choose another`, { name });
}
