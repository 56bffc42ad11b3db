// `glovebox doctor`: which of its promises this machine lets it keep.

import { hostError } from '#host/base';
import { examine } from '../doctor/examine.ts';
import type { Examined } from '../doctor/finding.ts';
import { formatTable } from '../output/table.ts';
import type { Output } from '../output/output.ts';
import type { AddCommand } from '../command.ts';

export const addDoctor: AddCommand = (program, run) => {
  program
    .command('doctor')
    .description('check this machine: the pinned Node, the walls of the jail, the store, one trial run')
    .addHelpText('after', EXAMPLES)
    .action(() =>
      run(async (context) => {
        const examined = await examine(context);
        const { findings, walls } = examined;
        const failed = findings.filter(({ verdict }) => verdict === 'failed').map(({ what }) => what);
        if (failed.length === 0) {
          context.output.result({ healthy: true, findings, walls }, () => text(examined, context.output));
          return 0;
        }
        context.output.passage(text(examined, context.output));
        throw hostError('HOST_UNFIT', `tools cannot run here, for want of: ${failed.join(', ')}`, {
          failed,
          findings,
          walls,
        });
      }),
    );
};

const EXAMPLES = `
Exits 1 when tools could not run here. Each wall is tried from inside a process like those that run tools: an absent one
does not stand here while others do. serve and stdio take --require-wall to insist.`;

const MARKS = { ok: '✔', warning: '!', failed: '✖' } as const;
const COLOURS = { ok: 'green', warning: 'yellow', failed: 'red' } as const;

function text({ findings, walls }: Examined, { style, table }: Output): string {
  const rows = findings.map(({ what, verdict, detail }) => [style(COLOURS[verdict], MARKS[verdict]), what, detail]);
  const wallRows = walls.map(({ wall, held, detail }) => [
    held ? style('green', 'held') : style('yellow', 'absent'),
    wall,
    detail,
  ]);
  const healthy = findings.every(({ verdict }) => verdict !== 'failed');
  const closing = healthy ? `\n\n${style('green', 'Tools can run here.')}` : '';
  const parts = [formatTable(['', 'what', 'finding'], rows, table)];
  if (walls.length > 0) parts.push(formatTable(['', 'wall', 'what holds, or why not'], wallRows, table));
  return `${parts.join('\n\n')}${closing}`;
}
