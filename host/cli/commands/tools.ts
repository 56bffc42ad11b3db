// `glovebox tools`: which tools there are, and their versions.

import type { TenantId } from '#host/base';
import type { ListedTool, Registry, VersionSummary } from '#host/registry';
import { formatChanges, formatGravestChange } from '../output/changes.ts';
import { formatFindings } from '../output/findings.ts';
import { formatAge, formatDigest } from '../output/format.ts';
import type { Output } from '../output/output.ts';
import { formatTable } from '../output/table.ts';
import type { AddCommand, CommandContext } from '../command.ts';

export const addTools: AddCommand = (program, run) => {
  program
    .command('tools [tool]')
    .description('list the tools that can be called, or one with its history')
    .option('--versions', 'with every version of each')
    .addHelpText('after', EXAMPLES)
    .action((tool: string | undefined, options: { readonly versions?: true }) => {
      if (tool !== undefined) return run((context) => showHistory(tool, context));
      return run(options.versions === true ? listVersions : listTools);
    });
};

const EXAMPLES = `
Examples:
  $ glovebox tools
  $ glovebox tools roi_acme       every version, and what each changed for its callers
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

function toRow({ tool, version, digest, semver, lineage, manifest, publishedAt, publishedBy }: ListedTool): object {
  const { title, description, category } = manifest;
  return { name: tool, version, semver, digest, lineage, title, description, category, publishedAt, publishedBy };
}

async function listVersions({ clock, openApp, output, principal }: CommandContext): Promise<number> {
  await using app = await openApp();
  const tools = await readVersions(app.registry, principal.tenant);
  output.result({ tools }, () => (tools.length === 0 ? NO_TOOLS : versionTable(tools, clock.now(), output)));
  return 0;
}

async function showHistory(tool: string, { clock, openApp, output, principal }: CommandContext): Promise<number> {
  await using app = await openApp();
  const history = { name: tool, versions: await app.registry.versions(principal.tenant, tool) };
  output.result({ tools: [history] }, () => {
    const changes = history.versions.flatMap(({ version, change }) => {
      if (change === undefined) return [];
      const head = output.style('bold', `${tool}@${version}`);
      return [`${head} against ${tool}@${change.against}\n${formatChanges(change, output.style)}`];
    });
    const live = history.versions.find((version) => version.live);
    const findings = live === undefined ? undefined : formatFindings(live, output.style);
    const suspicious = findings === undefined ? [] : [`${output.style('bold', 'Suspicious')}\n${findings}`];
    return [versionTable([history], clock.now(), output), ...changes, ...suspicious].join('\n\n');
  });
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
    versions.map(({ version, live, quarantined, digest, semver, publishedAt, lineage, change }) => [
      `${name}@${version}`,
      quarantined ? style('red', 'quarantined') : live ? style('green', 'live') : style('dim', 'old'),
      semver,
      formatDigest(digest),
      formatAge(publishedAt, now),
      lineage,
      change === undefined ? '' : formatGravestChange(change),
    ]),
  );
  return formatTable(['version', 'state', 'semver', 'digest', 'published', 'made from', 'change'], rows, table);
}
