// A tool's history: which versions it has, going back to one, taking it off the list.

import type { Registry } from '#host/registry';
import { answerOf, argumentsOf, defineMakerTool, type MakerTool } from './define.ts';
import { CHANGE, DIGEST, FINDING_PROPERTIES, PUBLISHED_PROPERTIES, TOOL_NAME, VERSION_NUMBER } from './schemas.ts';

/** `list_versions` */
export function listVersions(registry: Registry): MakerTool {
  return defineMakerTool<{ readonly tool: string }>({
    name: 'list_versions',
    title: 'List the versions of a tool',
    description:
      'Lists every version of a generated tool, newest first: which one is live, when and by whom it was published, what ' +
      'it changed for its callers, what looked suspicious, and whether it is quarantined for misbehaving. Call an older one as name@version.',
    annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
    input: argumentsOf({ tool: TOOL_NAME }, ['tool']),
    output: answerOf(
      {
        tool: { type: 'string' },
        versions: {
          type: 'array',
          items: answerOf(
            {
              version: VERSION_NUMBER,
              digest: DIGEST,
              semver: {
                type: 'string',
                description: "The author's own version, or a higher one that says how much changed.",
              },
              lineage: { type: 'string', description: 'What it was made from: template:<name> or source:<name>.' },
              publishedAt: { type: 'number', description: 'Epoch milliseconds.' },
              publishedBy: { type: 'string' },
              live: { type: 'boolean' },
              quarantined: { type: 'boolean' },
              change: CHANGE,
              ...FINDING_PROPERTIES,
            },
            ['version', 'digest', 'semver', 'lineage', 'publishedAt', 'publishedBy', 'live', 'quarantined'],
          ),
        },
      },
      ['tool', 'versions'],
    ),
    async run({ tool }, { principal }) {
      return { tool, versions: await registry.versions(principal.tenant, tool) };
    },
  });
}

/** `rollback_tool` */
export function rollbackTool(registry: Registry): MakerTool {
  return defineMakerTool<{ readonly tool: string; readonly to?: number }>({
    name: 'rollback_tool',
    title: 'Roll a tool back',
    description:
      'Makes an older version of a generated tool live again: the one named by "to", or else the one before the live ' +
      'one. Calls that run already finish on the version they started with. No version is lost.',
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
    input: argumentsOf({ tool: TOOL_NAME, to: VERSION_NUMBER }, ['tool']),
    output: answerOf(PUBLISHED_PROPERTIES, Object.keys(PUBLISHED_PROPERTIES)),
    async run({ tool, to }, { principal }) {
      return registry.rollback(principal, tool, to);
    },
  });
}

/** `remove_tool` */
export function removeTool(registry: Registry): MakerTool {
  return defineMakerTool<{ readonly tool: string }>({
    name: 'remove_tool',
    title: 'Remove a tool',
    description:
      'Takes a generated tool off tools/list for everybody and frees its name. The record of its past runs stays. Ask the ' +
      'user before you remove a tool you did not make.',
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
    input: argumentsOf({ tool: TOOL_NAME }, ['tool']),
    output: answerOf(
      { tool: { type: 'string' }, versions: { type: 'integer', description: 'How many versions it had.' } },
      ['tool', 'versions'],
    ),
    async run({ tool }, { principal }) {
      return registry.remove(principal, tool);
    },
  });
}
