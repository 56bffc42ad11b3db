// `glovebox serve`: MCP over HTTP, until somebody says stop.

import { once } from 'node:events';
import { InvalidArgumentError } from 'commander';
import type { Config } from '#host/base';
import { collectFolder, count, describeMounted, MOUNT_OPTION, mountFolders, type Mounted } from '../mount-folders.ts';
import type { Output } from '../output/output.ts';
import { storeName } from '../store-name.ts';
import { requireWall, requireWallOption, type RequireWallOptions } from '../require-wall.ts';
import type { AddCommand } from '../command.ts';

interface ServeOptions extends RequireWallOptions {
  readonly port?: number;
  readonly host: string;
  readonly mount?: readonly string[];
  readonly allowUnauthenticated?: true;
}

export const addServe: AddCommand = (program, run) => {
  program
    .command('serve')
    .description('serve MCP over HTTP at /mcp, with /healthz and /readyz')
    .option('--port <port>', 'where to listen; 0 picks a free one (GLOVEBOX_PORT, else 8080)', parsePort)
    .option('--host <address>', 'address to bind', '127.0.0.1')
    .option(MOUNT_OPTION.flags, MOUNT_OPTION.description, collectFolder)
    .addOption(requireWallOption())
    .option('--allow-unauthenticated', 'bind an address that others can reach, although there are no keys')
    .addHelpText('after', EXAMPLES)
    .action((options: ServeOptions) =>
      run(async (context) => {
        const { config, log, openApp, output, principal, stopping } = context;
        const required = await requireWall(options, config);
        const { openMcpServer } = await import('../open-mcp-server.ts');
        await using app = await openApp({ watch: true, ...required });
        // Before the port opens: whoever can connect finds everything there.
        const mounted = await mountFolders(app, options.mount ?? [], context);
        await using server = await openMcpServer({
          app,
          config,
          log,
          principal,
          host: options.host,
          port: options.port ?? config.port,
          allowUnauthenticated: options.allowUnauthenticated === true,
          isReady: () => !stopping.aborted,
        });
        const url = `${config.serverBaseUrl ?? server.url}/mcp`;
        const tools = app.registry.list(principal.tenant).length;
        const document = { url, pid: process.pid, home: config.home, store: storeName(config), tools, mounted };
        output.result(document, () => banner({ url, tools, mounted }, config, output));

        // After the address is told: the first call finds its lanes ready, and nobody waited for them.
        void app.sandbox.warm().catch((error: unknown) => log.error({ error }, 'the jail did not start'));
        if (!stopping.aborted) await once(stopping, 'abort');
        log.info({ deadlineMs: config.drainMs }, 'stopping: what runs may finish');
        await Promise.all([server.close(config.drainMs), app.caller.drain(config.drainMs)]);
        return 0;
      }),
    );
};

const EXAMPLES = `
SIGTERM or Ctrl-C stops it: running calls may finish (GLOVEBOX_DRAIN_MS, else 10 s). A second Ctrl-C ends it at once.
What other shells make or remove in the same home is served within half a second.

Examples:
  $ glovebox serve
  $ glovebox serve --port 18080 --home ./tools
  $ glovebox serve --mount ./my-tools
  $ GLOVEBOX_LOG_LEVEL=info glovebox serve`;

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
}

interface Served {
  readonly url: string;
  /** Mounted ones included. */
  readonly tools: number;
  readonly mounted: readonly Mounted[];
}

function banner({ url, tools, mounted }: Served, config: Config, { style }: Output): string {
  const kept = mounted.reduce((rest, folder) => rest - folder.tools, tools);
  const overHttp = { mcpServers: { glovebox: { type: 'http', url } } };
  const overStdio = {
    mcpServers: { glovebox: { command: 'npx', args: ['glovebox', 'stdio', ...homeOption(config)] } },
  };
  return [
    `${style(['bold', 'green'], 'Glovebox')} serves MCP at ${style('bold', url)}`,
    `${count(kept, 'tool')} in ${storeName(config)}; more: glovebox generate, glovebox create, or the maker tools over MCP`,
    ...mounted.map(describeMounted),
    '',
    'An MCP client connects with',
    `  ${JSON.stringify(overHttp)}`,
    'or starts its own over stdio with',
    `  ${JSON.stringify(overStdio)}`,
    '',
    style('dim', 'Ctrl-C stops it.'),
  ].join('\n');
}

/** A database is named by the environment alone: its URL may hold a password. */
function homeOption({ database, home }: Config): readonly string[] {
  return database === undefined ? ['--home', home] : [];
}
