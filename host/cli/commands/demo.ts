// `glovebox demo`: all of it at work, in a temporary home.

import type { AddCommand } from '../command.ts';

export const addDemo: AddCommand = (program, run) => {
  program
    .command('demo')
    .description('see all of it work over real MCP, in a temporary home')
    .addHelpText('after', EXPLANATION)
    .action(() =>
      run(async (context) => {
        const { runDemo } = await import('../demo/run-demo.ts');
        return runDemo(context);
      }),
    );
};

const EXPLANATION = `
Starts a host, connects an MCP client, generates and calls an ROI calculator and pricing for three stages of a deal,
stops a hostile tool beside a call that succeeds, and cleans up. Exits 1 if any of it is not as expected.`;
