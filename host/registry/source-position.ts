// The way back from a position in generated code to the line its author wrote: script → TypeScript → template.

import { SourceMap, type SourceMapPayload } from 'node:module';

import type { Failure } from '#sandbox';
import type { RenderedLines } from './rendered-lines.ts';

/** How a compiled tool came to be. */
export interface Origin {
  /** Source map of the script, JSON text; absent before it was compiled. */
  readonly sourceMap?: string;
  /** Where the lines of `tool.ts` come from in `tool.ts.hbs`; absent where nothing was rendered. */
  readonly rendered?: RenderedLines;
}

/** What a making keeps of a version's origin in one text: the source map, with the template's lines beside it. */
export function writeOrigin({ sourceMap = '{}', rendered }: Origin): string {
  return JSON.stringify({ ...(JSON.parse(sourceMap) as object), x_rendered: rendered });
}

/** Reads what {@link writeOrigin} wrote. */
export function readOrigin(sourceMap: string): Origin {
  const { x_rendered: rendered } = JSON.parse(sourceMap) as { x_rendered?: RenderedLines };
  return { sourceMap, ...(rendered === undefined ? {} : { rendered }) };
}

/**
 * A failure of the compiler or of a run, every position in its message and data translated as far as it can be.
 *
 * A column is given only where it is exact: not behind a slot, whose value is longer or shorter than its tag.
 */
export function atSource({ code, kind, fault, message, data }: Failure, origin: Origin): Failure {
  const inScript = createScriptTranslator(origin);
  const text = inScript(message);
  if (data === undefined) return { code, kind, fault, message: text };
  const strings = mapStrings(data, inScript);
  const position = positionOf(data);
  if (position === undefined) return { code, kind, fault, message: text, data: strings };
  const { line: _line, column: _column, ...rest } = strings;
  const author = toTemplate(position, origin);
  return {
    code,
    kind,
    fault,
    message: text.replace(`${show(position)}:`, () => `${show(author)}:`),
    data: { ...rest, ...author },
  };
}

/** Where something stands: line from 1, column from 0. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

// How the cell names the script in stacks (`sandbox/cell/guest-isolate.ts`).
const SCRIPT_POSITION = /glovebox:tool:(\d{1,9}):(\d{1,9})/g;

/** Translates the script positions within a text. The source map is read when the first one turns up. */
function createScriptTranslator(origin: Origin): (text: string) => string {
  const { sourceMap } = origin;
  if (sourceMap === undefined) return (text) => text;
  let map: SourceMap | undefined;
  return (text) =>
    text.replaceAll(SCRIPT_POSITION, (whole, line: string, column: string) => {
      map ??= new SourceMap(JSON.parse(sourceMap) as SourceMapPayload);
      const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
      if (!('originalSource' in entry)) return whole;
      const file = entry.originalSource.replace(/^tool:/, '');
      return show(toTemplate({ file, line: entry.originalLine + 1, column: entry.originalColumn }, origin));
    });
}

/** A position in a source file, in the template it was rendered from; one of another file is left as it is. */
export function toTemplate(position: Position, { rendered }: Origin): Position {
  const { file, line, column } = position;
  const templateLine = file === 'tool.ts' ? rendered?.lines[line - 1] : undefined;
  if (templateLine === undefined) return position;
  const isExact = column !== undefined && column <= (rendered?.columns[line - 1] ?? -1);
  return { file: 'tool.ts.hbs', line: templateLine, ...(isExact ? { column } : {}) };
}

/** As editors write it: columns from 1. */
function show({ file, line, column }: Position): string {
  return `${file}:${line}${column === undefined ? '' : `:${column + 1}`}`;
}

function positionOf({ file, line, column }: Readonly<Record<string, unknown>>): Position | undefined {
  if (typeof file !== 'string' || typeof line !== 'number' || typeof column !== 'number') return undefined;
  return { file, line, column };
}

function mapStrings(
  data: Readonly<Record<string, unknown>>,
  change: (text: string) => string,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).map(([key, entry]) => [key, typeof entry === 'string' ? change(entry) : entry]),
  );
}
