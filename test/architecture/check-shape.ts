// Rules about one file's own text: what a face may hold, how long a file may be, which names product code must not know.

import { LONG_FILES, MAX_FILE_LINES, PROGRAMS } from './layers.ts';
import type { SourceFile, Violation } from './violation.ts';
import { moduleOf } from './check-direction.ts';

/** Reports faces that are more than lists of named re-exports, and default exports anywhere. */
export function checkExports(file: SourceFile): Violation[] {
  const isFace = moduleOf(file.path) !== undefined && file.path === `${moduleOf(file.path)?.name ?? ''}/index.ts`;
  return file.module.exportFaults
    .filter(({ fault }) => (isFace ? true : fault === 'export default' && !PROGRAMS.test(file.path)))
    .map(({ fault, line }) => ({ rule: 'face', file: file.path, line, detail: `has an ${fault}` }));
}

/** Reports files past the limit that give no reason, and reasons no file needs any more. */
export function checkLength(files: readonly SourceFile[]): Violation[] {
  const tooLong = files
    .map((file) => ({ path: file.path, lines: file.text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > MAX_FILE_LINES);
  const unexplained = tooLong
    .filter(({ path }) => LONG_FILES[path] === undefined)
    .map(({ path, lines }) => ({ path, detail: `has ${lines} lines; the limit is ${MAX_FILE_LINES}` }));
  const stale = Object.keys(LONG_FILES)
    .filter((path) => !tooLong.some((each) => each.path === path))
    .map((path) => ({ path, detail: 'is excused for its length and no longer long' }));
  return [...unexplained, ...stale].map(({ path, detail }) => ({ rule: 'length', file: path, line: 1, detail }));
}

/** Reports product code that knows its examiners: a host that recognises a test is not tested by it. */
export function checkExaminers(file: SourceFile): Violation[] {
  return linesMatching(
    file,
    /conformance|mcp-?inspector|json_schema_2020_12_tool|test_(simple_text|image_content)/i,
  ).map(({ line, match }) => ({ rule: 'examiner', file: file.path, line, detail: `names ${match}` }));
}

/** Reports templates and plugins that reach into the host or the jail. They may be templates of code, so text decides. */
export function checkContent(path: string, text: string): Violation[] {
  const pattern = /['"`](#(?:host|sandbox)[^'"`]*|(?:\.\.\/)+(?:host|sandbox)\/[^'"`]*)['"`]/;
  return linesMatching({ text }, pattern).map(({ line, match }) => ({
    rule: 'content',
    file: path,
    line,
    detail: `names ${match}`,
  }));
}

function linesMatching(file: { readonly text: string }, pattern: RegExp): { line: number; match: string }[] {
  return file.text.split('\n').flatMap((text, index) => {
    const match = pattern.exec(text);
    return match === null ? [] : [{ line: index + 1, match: match[1] ?? match[0] }];
  });
}
