// Where attacks are carried out: a real host in a home of its own, and the benign tool that must not notice.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { hostError, LOCAL_PRINCIPAL as principal } from '#host/base';
import type { CommandApp } from '../command.ts';
import { descendantsOf, runningAfter } from './processes.ts';

/** Where attacks are carried out. */
export interface Arena extends AsyncDisposable {
  readonly app: CommandApp;
  /** The store's folder. */
  readonly home: string;
  /** Calls the benign tool. @throws ATTEST_FAILED when the answer is not the right one */
  callBenign(): Promise<void>;
  /** Writes a template folder; returns its path. */
  writeTemplate(name: string, files: Readonly<Record<string, string>>): string;
  /** @throws ATTEST_FAILED unless every process that was ever started is gone, or one the jail answers for */
  assertNoOrphan(): Promise<void>;
}

/** Parks once on its way, so that it shares its cell with whatever runs meanwhile. */
const BENIGN = `import { defineTool } from 'glovebox';
export default defineTool({ async run(input, host) { await host.sleep(5); return { sum: input.a + input.b }; } });`;

const MANIFEST = { name: 'benign', description: 'Adds two numbers.', inputSchema: { type: 'object' } };

/** How long a process may take to be gone, or to be known. */
const PATIENCE_MS = 5000;
const POLL_MS = 10;

/** Opens one in a folder. Disposing it ends the host. @throws ATTEST_FAILED, then, when a process is left */
export async function openArena(folder: string, openApp: (home: string) => Promise<CommandApp>): Promise<Arena> {
  await using stack = new AsyncDisposableStack();
  const home = join(folder, 'home');
  const app = stack.use(await openApp(home));
  await app.maker.create({ principal, manifest: MANIFEST, source: BENIGN });
  const seen = new Set<number>();
  const strays = (): readonly number[] => {
    const { children } = app.sandbox.stats();
    for (const pid of [...children, ...descendantsOf(process.pid)]) seen.add(pid);
    return [...seen].filter((pid) => !children.includes(pid));
  };
  const owned = stack.move();
  return {
    app,
    home,
    async callBenign() {
      const result = await app.caller.call({ principal, tool: 'benign', input: { a: 2, b: 3 } });
      const answer = result.ok ? result.output : result.failure;
      if (!isDeepStrictEqual(answer, { sum: 5 }))
        throw failed(`a benign call had ${JSON.stringify(answer)} for answer`);
    },
    writeTemplate(name, files) {
      const template = join(folder, name);
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(template, file)), { recursive: true });
        writeFileSync(join(template, file), text);
      }
      return template;
    },
    async assertNoOrphan() {
      let left = await runningAfter(strays(), 0);
      for (let waited = 0; left.length > 0 && waited < PATIENCE_MS; waited += POLL_MS) {
        await delay(POLL_MS);
        left = await runningAfter(strays(), 0);
      }
      if (left.length > 0) throw failed(`nobody answers for the processes ${left.join(', ')}`);
    },
    async [Symbol.asyncDispose]() {
      strays();
      await owned.disposeAsync();
      const left = await runningAfter([...seen], PATIENCE_MS);
      if (left.length > 0) throw failed(`the processes ${left.join(', ')} outlive their host`);
    },
  };
}

function failed(message: string): Error {
  return hostError('ATTEST_FAILED', message);
}
