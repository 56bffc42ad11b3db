// The store: it was opened, so it can be read. Whether a home can be written is asked of its disk, how a database server
// answers of the server.

import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import type { CommandApp, CommandContext } from '../command.ts';
import { formatBytes, formatMs } from '../output/format.ts';
import { storeName } from '../store-name.ts';
import type { Finding } from './finding.ts';

/** Below it the next makings may not fit. */
const LITTLE_SPACE = 64 * 1024 ** 2;

/** Permissions of everybody but the owner: the store has none for them, a home that was there before may. */
const OTHERS = 0o077;

/** Above it every call is noticeably slower for it. */
const SLOW_MS = 50;

/** Looks at the store of an open app. */
export function examineStore(app: CommandApp, context: CommandContext): Promise<Finding> {
  return context.config.database === undefined ? examineHome(app, context) : examineDatabase(app, context);
}

async function examineDatabase(app: CommandApp, context: CommandContext): Promise<Finding> {
  const { engine, version, schema, latencyMs } = await app.store.examine();
  const answer = `answers in ${formatMs(latencyMs)}${latencyMs > SLOW_MS ? ', and every call waits for it' : ''}`;
  return {
    what: 'store',
    verdict: latencyMs > SLOW_MS ? 'warning' : 'ok',
    detail: `${storeName(context.config)}: ${engine} ${version}, schema ${schema}, ${countTools(app, context)}, ${answer}`,
  };
}

async function examineHome(app: CommandApp, context: CommandContext): Promise<Finding> {
  const { home } = context.config;
  try {
    await access(home, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return { what: 'store', verdict: 'failed', detail: `${home} is not writable` };
  }
  const { mode } = await stat(home);
  if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
    const permissions = (mode & 0o777).toString(8);
    return {
      what: 'store',
      verdict: 'warning',
      detail: `other users may enter ${home} (${permissions}); chmod 700 it`,
    };
  }
  const { bavail, bsize } = await statfs(home);
  const free = bavail * bsize;
  return {
    what: 'store',
    verdict: free < LITTLE_SPACE ? 'warning' : 'ok',
    detail: `${home}: ${countTools(app, context)}, ${formatBytes(free)} free`,
  };
}

function countTools(app: CommandApp, { principal }: CommandContext): string {
  const tools = app.registry.list(principal.tenant).length;
  return tools === 1 ? '1 tool' : `${tools} tools`;
}
