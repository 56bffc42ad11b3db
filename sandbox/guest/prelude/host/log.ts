// The run's log: bounded in bytes and in lines, cut with one last line that says so.

import { inspect } from '../inspect.ts';
import { JSON } from '../primordials.ts';
import { cutToBytes, utf8Bytes } from '../utf8.ts';
import type { MessageBudget } from './budget.ts';
import type { Wire } from './wire.ts';

/** How urgent a line is. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Writes one line; what does not fit is dropped. */
export type Log = (level: LogLevel, values: readonly unknown[]) => void;

/** Whether a value names a level. */
export function isLevel(value: unknown): value is LogLevel {
  return value === 'debug' || value === 'info' || value === 'warn' || value === 'error';
}

/** The log of a run. With no bytes at all logging is off, and nothing is said about it. */
export function createLog(wire: Wire, budget: MessageBudget, logBytes: number): Log {
  let bytesLeft = logBytes;
  const write = (level: LogLevel, text: string): void => wire.say('log', JSON.stringify({ level, text }));
  const close = (): void => {
    bytesLeft = 0;
    // Beyond both budgets, once.
    write('warn', 'log limit reached; later lines are lost');
  };
  return (level, values) => {
    if (bytesLeft === 0) return;
    if (!budget.take()) {
      close();
      return;
    }
    const text = lineOf(values);
    const bytes = utf8Bytes(text);
    if (bytes <= bytesLeft) {
      bytesLeft -= bytes;
      write(level, text);
      return;
    }
    write(level, cutToBytes(text, bytesLeft));
    close();
  };
}

const MAX_LINE = 16_384;

function lineOf(values: readonly unknown[]): string {
  let line = '';
  for (const value of values) {
    if (line !== '') line += ' ';
    line += typeof value === 'string' ? value : inspect(value);
    if (line.length > MAX_LINE) return `${line.slice(0, MAX_LINE)}…`;
  }
  return line;
}
