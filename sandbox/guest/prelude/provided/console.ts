// `console`, into the run's log.

import type { Log } from '../host/log.ts';
import { provideLazily } from '../lazy-global.ts';

/** Defines the global; built on first use. */
export function provideConsole(log: Log): void {
  provideLazily('console', () => ({
    log: (...values: readonly unknown[]) => log('info', values),
    info: (...values: readonly unknown[]) => log('info', values),
    warn: (...values: readonly unknown[]) => log('warn', values),
    error: (...values: readonly unknown[]) => log('error', values),
    debug: (...values: readonly unknown[]) => log('debug', values),
  }));
}
