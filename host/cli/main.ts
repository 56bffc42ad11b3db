// The command: arguments in, an exit code out. 0 done, 1 failed, 2 wrong usage.

import { CommanderError } from 'commander';
import type { OpenApp } from './command.ts';
import { createOutput, toFailure } from './output/output.ts';
import { createProgram } from './program.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs one command line, without the name of the program, and returns its exit code. Never rejects. */
export async function main(
  argv: readonly string[],
  surroundings: Surroundings,
  openApp: OpenApp = openRealApp,
): Promise<number> {
  let exitCode = 0;
  for (const stream of [surroundings.stdout, surroundings.stderr]) stream.on('error', ignoreDepartedReader);
  const program = createProgram(surroundings, openApp, (code) => {
    exitCode = code;
  });
  try {
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has said already what was wrong with the usage, or shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    createOutput(surroundings, argv.includes('--json')).failure(toFailure(error));
    return 1;
  }
}

/** `glovebox runs | head`: a reader that has seen enough is no failure. */
function ignoreDepartedReader(error: Error): void {
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
}

/** Loaded when a command needs it: `--help` and wrong usage answer without the host's libraries. */
async function openRealApp(options: Parameters<OpenApp>[0]): ReturnType<OpenApp> {
  const { openApp } = await import('../app.ts');
  return openApp(options);
}
