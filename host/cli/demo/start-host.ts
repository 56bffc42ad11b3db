// The demo's host: the same parts `serve` opens, on a free port, with a client connected over real HTTP.

import type { CommandApp, CommandContext } from '../command.ts';
import { openMcpServer } from '../open-mcp-server.ts';
import { formatPairs } from '../output/table.ts';
import { connectClient, type DemoClient } from './demo-client.ts';
import type { Showing } from './story.ts';

/** A host that serves, and a client that is connected to it. */
export interface RunningHost extends Showing, AsyncDisposable {
  readonly app: CommandApp;
  readonly client: DemoClient;
}

/** Opens host, server and client; disposing closes them in reverse. */
export async function startHost(home: string, context: CommandContext): Promise<RunningHost> {
  const { config, log, output, principal, stopping } = context;
  await using stack = new AsyncDisposableStack();
  const app = stack.use(await context.openApp({ home }));
  const server = stack.use(
    await openMcpServer({
      app,
      config,
      log,
      principal,
      host: '127.0.0.1',
      port: 0,
      allowUnauthenticated: false,
      isReady: () => true,
    }),
  );
  const url = `${server.url}/mcp`;
  const client = stack.use(await connectClient(url, stopping));
  const facts = { endpoint: url, protocol: client.protocolVersion, home: 'temporary' };
  const owned = stack.move();
  return {
    app,
    client,
    text: formatPairs(Object.entries(facts), output.table),
    facts,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
