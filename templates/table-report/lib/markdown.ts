// A table in GitHub Flavored Markdown. Cells are a stranger's text: nothing in them may become markup, a link, an image
// that is fetched, or another row.

/** @see https://github.github.com/gfm/#tables-extension- */
export function writeTable(
  columns: readonly { readonly title: string; readonly isNumber: boolean }[],
  rows: readonly (readonly string[])[],
): string {
  if (columns.length === 0) return '';
  const head = columns.map(({ title }) => escapeCell(title));
  const rule = columns.map(({ isNumber }) => (isNumber ? '---:' : '---'));
  const body = rows.map((row) => row.map(escapeCell));
  return [head, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

// Control characters (line breaks among them), line and paragraph separators, and marks that turn the direction of text.
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu;

/** Text that reads the same in a cell and does nothing. */
export function escapeCell(text: string): string {
  return text
    .replace(INVISIBLE, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_~|[\]]/g, '\\$&');
}
