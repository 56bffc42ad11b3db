// The host's own log: JSON lines for machines, one readable line for a person at a terminal. Never on stdout: that is
// the answer's, and on stdio nothing but JSON-RPC may appear there.

import { styleText } from 'node:util';
import { pino } from 'pino';
import type { LogLevel } from './config.ts';
import { showInvisible } from './invisible.ts';

/** Where the host says what it does. Fields first, as plain data; never secrets, tokens or tool source. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What a log is written to: standard error, or a test's array. */
export interface LogDestination {
  /** Whether a person reads it as it appears. */
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** How a log is written. */
export interface LogOptions {
  readonly level: LogLevel;
  readonly destination: LogDestination;
  /** Whether readable lines are coloured; JSON never is. @default false */
  readonly colours?: boolean;
}

/** Opens a log. An `error` field that holds an Error is written with its stack and causes. */
export function createLog({ level, destination, colours = false }: LogOptions): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: pino.stdSerializers.errWithCause },
      messageKey: 'message',
    },
    destination.isTTY === true
      ? { write: (line: string) => destination.write(readableLine(line, colours)) }
      : destination,
  );
}

const LEVEL_STYLES = { debug: 'dim', info: 'cyan', warn: 'yellow', error: 'red' } as const;

/** Whether to colour was decided by whoever opened the log. */
const UNCHECKED = { validateStream: false } as const;

/** `12:30:01 info published a version  tool=roi_acme version=1` */
function readableLine(line: string, colours: boolean): string {
  const { level, time, message, error, ...fields } = JSON.parse(line) as Readonly<Record<string, unknown>>;
  const style: typeof styleText = colours ? styleText : (_format, text) => text;
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${readable(value)}`);
  const stack = isErrorRow(error) ? `\n${shownLines(error.stack ?? error.message ?? '')}` : '';
  const levelText = style(LEVEL_STYLES[level as keyof typeof LEVEL_STYLES], String(level), UNCHECKED);
  const head = `${style('dim', String(time).slice(11, 19), UNCHECKED)} ${levelText} ${showInvisible(String(message))}`;
  return `${[head, style('dim', pairs.join(' '), UNCHECKED)].join('  ').trimEnd()}${stack}\n`;
}

// SECURITY: a field may hold a stranger's text, and a terminal would obey the control sequences in it;
// test/unit/host/base/log.test.ts holds it.
function readable(value: unknown): string {
  return showInvisible(typeof value === 'string' ? value : JSON.stringify(value));
}

function shownLines(text: string): string {
  return text.split('\n').map(showInvisible).join('\n');
}

function isErrorRow(value: unknown): value is { readonly stack?: string; readonly message?: string } {
  return typeof value === 'object' && value !== null;
}
