// `glovebox attest`: the attack suite against this installation, as a signed report; and whether such a report is genuine.

import { InvalidArgumentError, Option, type Command } from 'commander';
import type { WallLevel } from '#sandbox';
import type { AddCommand } from '../command.ts';
import { requireWallOption } from '../require-wall.ts';

interface AttestArguments {
  readonly group?: readonly string[];
  readonly out?: string;
  readonly maxEngineAgeDays?: number;
  readonly requireWall?: WallLevel;
  readonly export?: string;
  readonly verify?: string;
  readonly key?: string;
}

export const addAttest: AddCommand = (program, run) => {
  program
    .command('attest')
    .description('try every known attack on this installation, and sign a report')
    .option('--group <name>', 'only attacks of this group; may be repeated', collect)
    .option('--out <file>', 'write the signed report there, too')
    .option('--max-engine-age-days <days>', 'fail when the engine was released longer ago', parseDays)
    .addOption(requireWallOption())
    .addOption(EXPORT)
    .addOption(VERIFY)
    .option('--key <public>', 'with --verify: the public key that must have signed it')
    .addHelpText('after', EXPLANATION)
    .action(({ group: groups = [], verify, key, export: folder, ...options }: AttestArguments, command: Command) => {
      if (key !== undefined && verify === undefined) command.error("error: option '--key' goes with '--verify'");
      return run(async (context) => {
        if (verify !== undefined) {
          const { verifyReport } = await import('../attest/verify-report.ts');
          return verifyReport(context, verify, key);
        }
        if (folder !== undefined) {
          const { exportAttacks } = await import('../attest/export-attacks.ts');
          return exportAttacks(context, groups, folder);
        }
        const { runAttest } = await import('../attest/run-attest.ts');
        return runAttest(context, { groups, ...options });
      });
    });
};

const EXPORT = new Option(
  '--export <folder>',
  'try nothing: write the attacks there, to make and call by hand',
).conflicts(['out', 'maxEngineAgeDays', 'requireWall']);

const VERIFY = new Option('--verify <file>', 'try nothing: check the signature of a report').conflicts([
  'group',
  'out',
  'maxEngineAgeDays',
  'requireWall',
  'export',
]);

const EXPLANATION = `
Runs a host in a temporary home and attacks it: each attack must get as far as it says, and end there, while a benign call
succeeds. Exits 1 when one did not, or was not tried. The report is signed with a key of the home; the key says which
installation signed, not that it told the truth. With --verify, exits 1 unless the report is what was signed.

Examples:
  $ glovebox attest --out report.json
  $ glovebox attest --group crash --group memory
  $ glovebox attest --export attacks --group cpu
  $ glovebox attest --verify report.json --key MCowBQYDK2VwAyEA…`;

function collect(name: string, names: readonly string[] = []): readonly string[] {
  return [...names, name];
}

function parseDays(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of days.');
}
