// The way back from a position in generated code to the line its author wrote: script → TypeScript → template.

import { SourceMap } from 'node:module';

import type { Failure } from '#sandbox';

/** How a compiled tool came to be. */
export interface Origin {
  /** Source map of the script, JSON text; absent before it was compiled. */
  readonly sourceMap?: string;
  /** For each line of `tool.ts` (index 0 = line 1) the line of `tool.ts.hbs`; absent where nothing was rendered. */
  readonly templateLines?: readonly number[];
}

/** What a making keeps of a version's origin in one text: the source map, with the template's lines beside it. */
export function writeOrigin({ sourceMap = '{}', templateLines }: Origin): string {
  return JSON.stringify({ ...(JSON.parse(sourceMap) as object), x_templateLines: templateLines });
}

/** Reads what {@link writeOrigin} wrote. */
export function readOrigin(sourceMap: string): Origin {
  const { x_templateLines: templateLines } = JSON.parse(sourceMap) as { x_templateLines?: readonly number[] };
  return { sourceMap, ...(templateLines === undefined ? {} : { templateLines }) };
}

interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

// How the cell names the script in stacks (`sandbox/cell/guest-isolate.ts`).
const SCRIPT_POSITION = /glovebox:tool:(\d+):(\d+)/g;

/** A failure of the compiler or of a run, its positions translated. */
export function atSource({ code, kind, fault, message, data }: Failure, origin: Origin): Failure {
  const position = positionIn(data);
  const rendered = position === undefined ? undefined : toTemplate(position, origin);
  const translate = (text: string): string => translateStack(text, origin);
  return {
    code,
    kind,
    fault,
    message:
      position === undefined || rendered === undefined
        ? translate(message)
        : message.replace(`${position.file}:${position.line}:`, `${rendered.file}:${rendered.line}:`),
    ...(data === undefined ? {} : { data: { ...translateAll(data, translate), ...rendered } }),
  };
}

/** A text with script positions in it, each translated to the author's file. */
function translateStack(text: string, origin: Origin): string {
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
