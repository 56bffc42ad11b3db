// Where attacks are carried out: a real host in a home of its own, and the benign tool that must not notice.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { hostError, LOCAL_PRINCIPAL as principal, type Log } from '#host/base';
import type { CommandApp } from '../command.ts';
import { openMcpClient, type McpClient } from './mcp-client.ts';
import { watchProcesses, type ProcessWatch } from './process-watch.ts';

/** Where attacks are carried out. */
export interface Arena extends AsyncDisposable {
  readonly app: CommandApp;
  /** The store's folder. */
  readonly home: string;
  readonly processes: ProcessWatch;
  /** Whoever is at the other side of the MCP door. */
  readonly client: McpClient;
  /** Calls the benign tool. @throws ATTEST_FAILED when the answer is not the right one */
  callBenign(): Promise<void>;
  /** Writes a template folder; returns its path. */
  writeTemplate(name: string, files: Readonly<Record<string, string>>): string;
}

/** What an arena is made of. */
export interface ArenaOptions {
  /** Opens the host over a home. */
  readonly openApp: (home: string) => Promise<CommandApp>;
  readonly log: Log;
}

/** Parks once on its way, so that it shares its cell with whatever runs meanwhile. */
const BENIGN = `import { defineTool } from 'glovebox';
export default defineTool({ async run(input, host) { await host.sleep(5); return { sum: input.a + input.b }; } });`;

const MANIFEST = { name: 'benign', description: 'Adds two numbers.', inputSchema: { type: 'object' } };

/** Opens one in a folder. Disposing it ends the host. @throws ATTEST_FAILED, then, when a process is left */
export async function openArena(folder: string, { openApp, log }: ArenaOptions): Promise<Arena> {
  await using stack = new AsyncDisposableStack();
  const home = join(folder, 'home');
  const app = stack.use(await openApp(home));
  const client = stack.use(openMcpClient(app, log));
  const processes = watchProcesses(app.sandbox);
  await app.maker.create({ principal, manifest: MANIFEST, source: BENIGN });
  // Its parts define globals when they are first used: here, before anybody watches what changes.
  await client.request('tools/list', {});
  const owned = stack.move();
  return {
    app,
    home,
    processes,
    client,
    async callBenign() {
      const result = await app.caller.call({ principal, tool: 'benign', input: { a: 2, b: 3 } });
      const answer = result.ok ? result.output : result.failure;
      if (isDeepStrictEqual(answer, { sum: 5 })) return;
      throw hostError('ATTEST_FAILED', `a benign call had ${JSON.stringify(answer)} for answer`);
    },
    writeTemplate(name, files) {
      const template = join(folder, name);
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(template, file)), { recursive: true });
        writeFileSync(join(template, file), text);
      }
      return template;
    },
    [Symbol.asyncDispose]: () => processes.endHost(() => owned.disposeAsync()),
  };
}
