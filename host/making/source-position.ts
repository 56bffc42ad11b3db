// The way back from a position in generated code to the line its author wrote: script → TypeScript → template.

import { SourceMap } from 'node:module';

import { CodedError, isCodedError } from '#sandbox';

/** How a compiled tool came to be. */
export interface Origin {
  /** Source map of the script, JSON text; absent before it was compiled. */
  readonly sourceMap?: string;
  /** For each line of `tool.ts` (index 0 = line 1) the line of `tool.ts.hbs`; absent where nothing was rendered. */
  readonly templateLines?: readonly number[];
}

interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

// How the cell names the script in stacks (`sandbox/cell/guest-isolate.ts`).
const SCRIPT_POSITION = /glovebox:tool:(\d+):(\d+)/g;

/** An error of the compiler or of a probe run, its positions translated. Anything else as it is. */
export function atSource(error: unknown, origin: Origin): unknown {
  if (!isCodedError(error)) return error;
  const { code, kind, fault, message, data } = error;
  const position = positionIn(data);
  const rendered = position === undefined ? undefined : toTemplate(position, origin);
  const translate = (text: string): string => translateStack(text, origin);
  return new CodedError({
    code,
    kind,
    fault,
    message:
      position === undefined || rendered === undefined
        ? translate(message)
        : message.replace(`${position.file}:${position.line}:`, `${rendered.file}:${rendered.line}:`),
    ...(data === undefined ? {} : { data: { ...translateAll(data, translate), ...rendered } }),
  });
}

/** A stack or message of a run, its script positions translated to the author's files. */
export function translateStack(text: string, origin: Origin): string {
  if (origin.sourceMap === undefined || !text.includes('glovebox:tool:')) return text;
  const map = new SourceMap(JSON.parse(origin.sourceMap));
  return text.replaceAll(SCRIPT_POSITION, (whole, line: string, column: string) => {
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
    if (!('originalSource' in entry)) return whole;
    const file = entry.originalSource.replace(/^tool:/, '');
    const at = toTemplate({ file, line: entry.originalLine + 1, column: entry.originalColumn }, origin);
    return `${at.file}:${at.line}:${at.column + 1}`;
  });
}

function toTemplate(position: Position, { templateLines }: Origin): Position {
  const line = position.file === 'tool.ts' ? templateLines?.[position.line - 1] : undefined;
  return line === undefined ? position : { file: 'tool.ts.hbs', line, column: position.column };
}

function positionIn(data: Readonly<Record<string, unknown>> | undefined): Position | undefined {
  const { file, line, column } = data ?? {};
  if (typeof file !== 'string' || typeof line !== 'number' || typeof column !== 'number') return undefined;
  return { file, line, column };
}

function translateAll(data: Readonly<Record<string, unknown>>, translate: (text: string) => string) {
  return Object.fromEntries(
    Object.entries(data).map(([key, entry]) => [key, typeof entry === 'string' ? translate(entry) : entry]),
  );
}
