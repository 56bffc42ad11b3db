// Names no tool may take: those of the maker tools, and everything that starts with `glovebox_`.
// test/unit/host/doors/mcp/maker-tools.test.ts holds the maker tools to this list.

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
