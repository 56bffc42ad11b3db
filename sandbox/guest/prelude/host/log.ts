// The run's log: bounded in bytes and in lines, cut with one last line that says so.

import { visibleText } from '../../../visible-text.ts';
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
  let isOpen = logBytes > 0;
  const write = (level: LogLevel, text: string, code?: 'LIMIT_LOG'): void =>
    wire.say('log', JSON.stringify({ level, text, code }));
  const close = (): void => {
    isOpen = false;
    // Beyond both budgets, once.
    write('warn', 'log limit reached; later lines are lost', 'LIMIT_LOG');
  };
  return (level, values) => {
    if (!isOpen) return;
    if (!budget.take()) {
      close();
      return;
    }
    // Before it is counted: what does not show takes more when it is written out.
    const text = visibleText(lineOf(values));
    const bytes = utf8Bytes(text);
    if (bytes <= bytesLeft) {
      bytesLeft -= bytes;
      write(level, text);
      return;
    }
    if (bytesLeft > 0) write(level, cutToBytes(text, bytesLeft));
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
