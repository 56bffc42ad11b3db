// `glovebox doctor`: which of its promises this machine lets it keep.

import { hostError } from '#host/base';
import { examine } from '../doctor/examine.ts';
import type { Finding } from '../doctor/finding.ts';
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
        const findings = await examine(context);
        const failed = findings.filter(({ verdict }) => verdict === 'failed').map(({ what }) => what);
        if (failed.length === 0) {
          context.output.result({ healthy: true, findings }, () => findingsText(findings, context.output));
          return 0;
        }
        context.output.passage(findingsText(findings, context.output));
        throw hostError('HOST_UNFIT', `tools cannot run here, for want of: ${failed.join(', ')}`, { failed, findings });
      }),
    );
};

const EXAMPLES = `
Exits 1 when tools could not run here. A warning is a wall that does not hold here while others do.`;

const MARKS = { ok: '✔', warning: '!', failed: '✖' } as const;
const COLOURS = { ok: 'green', warning: 'yellow', failed: 'red' } as const;

function findingsText(findings: readonly Finding[], { style, table }: Output): string {
  const rows = findings.map(({ what, verdict, detail }) => [style(COLOURS[verdict], MARKS[verdict]), what, detail]);
  const healthy = findings.every(({ verdict }) => verdict !== 'failed');
  const closing = healthy ? `\n\n${style('green', 'Tools can run here.')}` : '';
  return `${formatTable(['', 'what', 'finding'], rows, table)}${closing}`;
}
