// `glovebox tools`: which tools there are, and their versions.

import type { TenantId } from '#host/base';
import type { ListedTool, Registry, VersionSummary } from '#host/registry';
import { formatAge, formatDigest } from '../output/format.ts';
import type { Output } from '../output/output.ts';
import { formatTable } from '../output/table.ts';
import type { AddCommand, CommandContext } from '../command.ts';

export const addTools: AddCommand = (program, run) => {
  program
    .command('tools')
    .description('list the tools that can be called')
    .option('--versions', 'with every version of each')
    .addHelpText('after', EXAMPLES)
    .action((options: { readonly versions?: true }) => run(options.versions === true ? listVersions : listTools));
};

const EXAMPLES = `
Examples:
  $ glovebox tools
  $ glovebox tools --versions
  $ glovebox tools --json`;

const NO_TOOLS = `No tools yet; make one:
  glovebox generate roi-calculator --context '{"customer":{"industry":"SaaS","size":"500-1000"}}' --name roi_acme`;

async function listTools({ clock, openApp, output, principal }: CommandContext): Promise<number> {
  await using app = await openApp();
  const tools = app.registry.list(principal.tenant);
  output.result({ tools: tools.map(toRow) }, () => {
    if (tools.length === 0) return NO_TOOLS;
    const rows = tools.map((tool) => {
      const { tool: name, version, manifest, publishedAt } = tool;
      return [`${name}@${version}`, manifest.category, formatAge(publishedAt, clock.now()), manifest.description];
    });
    return formatTable(['tool', 'category', 'published', 'what it does'], rows, output.table);
  });
  return 0;
}

function toRow({ tool, version, digest, lineage, manifest, publishedAt, publishedBy }: ListedTool): object {
  const { title, description, category, version: semver } = manifest;
  return { name: tool, version, semver, digest, lineage, title, description, category, publishedAt, publishedBy };
}

async function listVersions({ clock, openApp, output, principal }: CommandContext): Promise<number> {
  await using app = await openApp();
  const tools = await readVersions(app.registry, principal.tenant);
  output.result({ tools }, () => (tools.length === 0 ? NO_TOOLS : versionTable(tools, clock.now(), output)));
  return 0;
}

interface ToolVersions {
  readonly name: string;
  readonly versions: readonly VersionSummary[];
}

async function readVersions(registry: Registry, tenant: TenantId): Promise<readonly ToolVersions[]> {
  const names = registry.list(tenant).map(({ tool }) => tool);
  return Promise.all(names.map(async (name) => ({ name, versions: await registry.versions(tenant, name) })));
}

function versionTable(tools: readonly ToolVersions[], now: number, { style, table }: Output): string {
  const rows = tools.flatMap(({ name, versions }) =>
    versions.map(({ version, live, quarantined, digest, semver, publishedAt, lineage }) => [
      `${name}@${version}`,
      quarantined ? style('red', 'quarantined') : live ? style('green', 'live') : style('dim', 'old'),
      semver,
      formatDigest(digest),
      formatAge(publishedAt, now),
      lineage,
    ]),
  );
  return formatTable(['version', 'state', 'semver', 'digest', 'published', 'made from'], rows, table);
}
