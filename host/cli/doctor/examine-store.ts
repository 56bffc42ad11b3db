// The home: it was opened, so it can be read; whether it can be written is asked of the disk.

import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import type { CommandApp, CommandContext } from '../command.ts';
import { formatBytes } from '../output/format.ts';
import type { Finding } from './finding.ts';

/** Below it the next makings may not fit. */
const LITTLE_SPACE = 64 * 1024 ** 2;

/** Permissions of everybody but the owner: the store has none for them, a home that was there before may. */
const OTHERS = 0o077;

/** Looks at the home of an open app. */
export async function examineStore(app: CommandApp, { config, principal }: CommandContext): Promise<Finding> {
  const { home } = config;
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
  const tools = app.registry.list(principal.tenant).length;
  return {
    what: 'store',
    verdict: free < LITTLE_SPACE ? 'warning' : 'ok',
    detail: `${home}: ${tools === 1 ? '1 tool' : `${tools} tools`}, ${formatBytes(free)} free`,
  };
}
