// `glovebox surface`: every name a tool can reach, and what became of them since.

import { createSandbox, ENGINE, readSurface, type Surface } from '#sandbox';
import { hostError } from '#host/base';
import type { AddCommand, CommandContext } from '../command.ts';
import { readTextFile } from '../input/read-json.ts';
import type { Output } from '../output/output.ts';
import { compareSurfaces, countChanges, type SurfaceChange } from '../surface/compare-surfaces.ts';
import { formatSurface, parseSurface } from '../surface/surface-file.ts';

interface SurfaceOptions {
  readonly diff?: string;
}

export const addSurface: AddCommand = (program, run) => {
  program
    .command('surface')
    .description('print every name a tool can reach, and its kind')
    .option('--diff <old>', 'print what differs from a file that this command wrote')
    .addHelpText('after', EXPLANATION)
    .action(({ diff }: SurfaceOptions) =>
      run(async (context) => {
        const { output, surroundings } = context;
        const old =
          diff === undefined ? undefined : parseSurface(await readTextFile(diff, '--diff', surroundings), '--diff');
        const surface = await readFromCell(context);
        if (old === undefined) {
          const document = { engine: ENGINE, names: Object.fromEntries(surface) };
          output.result(document, () => formatSurface(surface, ENGINE));
          return 0;
        }
        return tellChange(compareSurfaces(old, surface), output);
      }),
    );
};

const EXPLANATION = `
A tool that runs in a cell, as any other, walks all it can reach: with every grant (host) and with none (hostWithoutGrants).
With --diff, exits 1 when names were added or removed, or stand for something else.

Examples:
  $ glovebox surface > surface.txt
  $ glovebox surface --diff surface.txt`;

/** The store has no part in it: nothing of a home is opened. */
async function readFromCell({ config, principal, stopping }: CommandContext): Promise<Surface> {
  await using sandbox = createSandbox({ lanes: 1, walls: config });
  return await readSurface(sandbox, { tenant: principal.tenant, signal: stopping });
}

function tellChange(change: SurfaceChange, output: Output): number {
  const count = countChanges(change);
  if (count === 0) {
    output.result({ engine: ENGINE, ...change }, () => 'Nothing changed.');
    return 0;
  }
  output.passage(changeText(change, output));
  const counts = `${change.added.length} added, ${change.removed.length} removed, ${change.changed.length} of another kind`;
  throw hostError('SURFACE_CHANGED', `what a tool can reach has changed: ${counts}`, { engine: ENGINE, ...change });
}

function changeText({ added, removed, changed }: SurfaceChange, { style }: Output): string {
  return [
    ...added.map(({ path, kind }) => style('yellow', `+ ${path} ${kind}`)),
    ...removed.map(({ path, kind }) => style('dim', `- ${path} ${kind}`)),
    ...changed.map(({ path, was, kind }) => style('yellow', `~ ${path} ${was} → ${kind}`)),
  ].join('\n');
}
