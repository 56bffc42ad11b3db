// The command line as a whole: its options, its commands, its help.

import { Command } from 'commander';
import { runAction, type Action, type AddCommand, type GlobalOptions, type OpenApp } from './command.ts';
import { addAttest } from './commands/attest.ts';
import { addCall } from './commands/call.ts';
import { addCreate } from './commands/create.ts';
import { addDemo } from './commands/demo.ts';
import { addDoctor } from './commands/doctor.ts';
import { addGenerate } from './commands/generate.ts';
import { addGenerateSet } from './commands/generate-set.ts';
import { addLedger } from './commands/ledger.ts';
import { addMigrate } from './commands/migrate.ts';
import { addRemove } from './commands/remove.ts';
import { addReplay } from './commands/replay.ts';
import { addRollback } from './commands/rollback.ts';
import { addRuns } from './commands/runs.ts';
import { addServe } from './commands/serve.ts';
import { addShow } from './commands/show.ts';
import { addStdio } from './commands/stdio.ts';
import { addSurface } from './commands/surface.ts';
import { addTemplates } from './commands/templates.ts';
import { addTools } from './commands/tools.ts';
import { addUnquarantine } from './commands/unquarantine.ts';
import { hasColours } from './output/style.ts';
import { readPackageFacts } from './package-facts.ts';
import type { Surroundings } from './surroundings.ts';

/** In the order the help shows them: see it, serve it, make, use, manage, look back. */
const COMMANDS: readonly AddCommand[] = [
  addDemo,
  addServe,
  addStdio,
  addTemplates,
  addGenerate,
  addGenerateSet,
  addCreate,
  addTools,
  addCall,
  addRollback,
  addRemove,
  addUnquarantine,
  addRuns,
  addShow,
  addLedger,
  addReplay,
  addMigrate,
  addDoctor,
  addAttest,
  addSurface,
];

/** Builds the command line. `exit` gets the exit code of the command that ran. */
export function createProgram(surroundings: Surroundings, openApp: OpenApp, exit: (code: number) => void): Command {
  const { stdout, stderr, env } = surroundings;
  const program = new Command('glovebox')
    .description('Turns a template and a context, or code, into a typed MCP tool, and runs it where it can do no harm.')
    .version(readPackageFacts().version, '-V, --version', 'print the version')
    .option('--home <dir>', 'where tools and runs are kept (else DATABASE_URL, GLOVEBOX_HOME or ./.glovebox)')
    .option('--json', 'answer with one JSON document')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
      getOutHasColors: () => hasColours(stdout, env),
      getErrHasColors: () => hasColours(stderr, env),
    })
    .showHelpAfterError('(see --help)')
    .addHelpText('after', FIRST_STEPS);

  const run = async (action: Action): Promise<void> =>
    exit(await runAction(action, program.opts<GlobalOptions>(), surroundings, openApp));
  for (const add of COMMANDS) add(program, run);
  return program;
}

const FIRST_STEPS = `
First steps:
  $ glovebox demo                                   see all of it work, in a temporary home
  $ glovebox templates                              what can be made
  $ glovebox generate roi-calculator --context '{"customer":{"industry":"SaaS","size":"500-1000"}}' --name roi_acme
  $ glovebox call roi_acme --input input.json       run it, jailed
  $ glovebox serve                                  offer it to MCP clients at http://127.0.0.1:8080/mcp

Exit codes: 0 done, 1 failed (the code is on stderr), 2 wrong usage.`;
