// test/fixtures/conformance, served as anybody serves a folder: by the command, in an empty home.

import { once } from 'node:events';
import { join } from 'node:path';

import { startServer } from '../fixtures/cli/run-bin.ts';
import { createWorkplace } from '../fixtures/e2e/workplace.ts';

/** What is served. */
export const FOLDER = join(import.meta.dirname, '../fixtures/conformance');

/** Where it is served; disposing it stops the server. */
export interface ServedFixture extends AsyncDisposable {
  readonly url: string;
}

const STOP_MS = 30_000;

/** Starts the server; it is ready when this resolves. */
export async function serveFixture(): Promise<ServedFixture> {
  await using opened = new AsyncDisposableStack();
  const place = opened.use(createWorkplace());
  const { child, url } = opened.use(await startServer(place, ['--mount', FOLDER]));
  opened.defer(async () => {
    child.kill('SIGTERM');
    await once(child, 'exit', { signal: AbortSignal.timeout(STOP_MS) });
  });
  const moved = opened.move();
  return { url, [Symbol.asyncDispose]: () => moved.disposeAsync() };
}
