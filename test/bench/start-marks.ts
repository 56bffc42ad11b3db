// Loaded into a server before its program (`--import`): notes when the first module of each part is loaded, and writes that
// to standard error when the server ends.

import { writeSync } from 'node:fs';
import { registerHooks } from 'node:module';

/** Milliseconds since the process began. */
export interface StartMarks {
  readonly program?: number;
  readonly doors?: number;
  readonly store?: number;
}

/** The file whose loading begins a part. */
const BEGINNINGS: Readonly<Record<string, keyof StartMarks>> = {
  'host/cli/main.ts': 'program',
  'host/cli/open-mcp-server.ts': 'doors',
  'host/app.ts': 'store',
};

const marks: { -readonly [Part in keyof StartMarks]: StartMarks[Part] } = {};
registerHooks({
  load(url, context, next) {
    const part = Object.entries(BEGINNINGS).find(([file]) => url.endsWith(`/${file}`))?.[1];
    if (part !== undefined) marks[part] ??= performance.now();
    return next(url, context);
  },
});
process.on('exit', () => writeSync(2, `${JSON.stringify(marks)}\n`));
