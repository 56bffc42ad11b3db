// `glovebox stdio`: MCP on standard input and output. Nothing but JSON-RPC may appear on stdout.

import { collectFolder, MOUNT_OPTION, mountFolders } from '../mount-folders.ts';
import { readPackageFacts } from '../package-facts.ts';
import { requireWall, requireWallOption, type RequireWallOptions } from '../require-wall.ts';
import type { AddCommand } from '../command.ts';

interface StdioOptions extends RequireWallOptions {
  readonly mount?: readonly string[];
}

/** How long a client may take to read what was written last, in milliseconds. */
const FLUSH_MS = 1000;

export const addStdio: AddCommand = (program, run) => {
  program
    .command('stdio')
    .description('serve MCP on standard input and output, for clients that start their servers')
    .option(MOUNT_OPTION.flags, MOUNT_OPTION.description, collectFolder)
    .addOption(requireWallOption())
    .addHelpText('after', EXAMPLES)
    .action((options: StdioOptions) =>
      run(async (context) => {
        const { config, log, openApp, principal, stopping, surroundings } = context;
        const required = await requireWall(options, config);
        const { createMcpBackend, serveStdio } = await import('#host/doors/mcp');
        const { stdin, stdout } = surroundings;
        {
          await using app = await openApp({ watch: true, ...required });
          await mountFolders(app, options.mount ?? [], context);
          const backend = createMcpBackend({ ...app, version: readPackageFacts().version, log });
          // The first call finds its lanes ready.
          void app.sandbox.warm().catch((error: unknown) => log.error({ error }, 'the jail did not start'));
          await serveStdio({ backend, principal, stdin, stdout, signal: stopping, log });
        }
        // What a client does not read would keep the process for ever.
        if (stdout.writableLength > 0) setTimeout(() => surroundings.exit(0), FLUSH_MS).unref();
        return 0;
      }),
    );
};

const EXAMPLES = `
It ends when its client closes standard input. It logs to standard error.

In a client's configuration:
  { "mcpServers": { "glovebox": { "command": "npx", "args": ["glovebox", "stdio", "--home", "/path/to/home"] } } }`;
