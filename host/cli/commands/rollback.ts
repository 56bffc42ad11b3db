// `glovebox rollback`: makes an older version live.

import { InvalidArgumentError } from 'commander';
import { formatDigest } from '../output/format.ts';
import type { AddCommand } from '../command.ts';
import { suggestingTools } from '../suggest.ts';

export const addRollback: AddCommand = (program, run) => {
  program
    .command('rollback <tool>')
    .description('make an older version of a tool live')
    .option('--to <version>', 'which one (else the one before the live one)', parseVersion)
    .addHelpText('after', EXAMPLES)
    .action((tool: string, options: { readonly to?: number }) =>
      run(async ({ openApp, output, principal }) => {
        await using app = await openApp();
        const { registry } = app;
        const published = await suggestingTools({ registry, tenant: principal.tenant, reference: tool }, () =>
          registry.rollback(principal, tool, options.to),
        );
        const { version, digest } = published;
        output.result(published, () => `${tool}@${version} is live  digest ${formatDigest(digest)}`);
        return 0;
      }),
    );
};

const EXAMPLES = `
Examples:
  $ glovebox tools --versions
  $ glovebox rollback roi_acme
  $ glovebox rollback roi_acme --to 1`;

function parseVersion(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A version is a whole number: 1, 2, 3 …');
}
