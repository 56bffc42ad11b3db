// Where a text stops being JSON: `JSON.parse` does not always say.

const TOKEN =
  // oxlint-disable-next-line no-control-regex
  /\s*(?:(?<string>"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-f]{4}))*")|(?<scalar>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null)|(?<mark>[{}[\],:]))/iy;

/** What may come next. */
type Expected = 'value' | 'item' | 'key' | 'first key' | 'colon' | 'comma' | 'end';

/** The offset of the first token that cannot stand where it stands; the text's length when it ends too early. */
export function findJsonFault(text: string): number {
  const open: string[] = [];
  let expected: Expected = 'value';
  for (let at = 0; ;) {
    TOKEN.lastIndex = at;
    const match: RegExpExecArray | null = TOKEN.exec(text);
    const start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
    const next: Expected | undefined = match === null ? undefined : step(expected, match.groups ?? {}, open);
    if (match === null || next === undefined) return start;
    expected = next;
    at += match[0].length;
  }
}

/** What may come after a token; nothing when it may not come at all. */
function step(expected: Expected, token: Readonly<Record<string, string>>, open: string[]): Expected | undefined {
  const mark = token['mark'];
  const afterValue = (): Expected => (open.length === 0 ? 'end' : 'comma');
  if (expected === 'colon') return mark === ':' ? 'value' : undefined;
  if (expected === 'key' || expected === 'first key') {
    if (token['string'] !== undefined) return 'colon';
    return mark === '}' && expected === 'first key' && open.pop() === '{' ? afterValue() : undefined;
  }
  if (expected === 'comma') {
    if (mark === ',') return open.at(-1) === '{' ? 'key' : 'value';
    return (mark === '}' && open.at(-1) === '{') || (mark === ']' && open.at(-1) === '[')
      ? (open.pop(), afterValue())
      : undefined;
  }
  if (expected === 'end') return undefined;
  if (mark === undefined) return afterValue();
  if (mark === '{' || mark === '[') {
    open.push(mark);
    return mark === '{' ? 'first key' : 'item';
  }
  return mark === ']' && expected === 'item' && open.pop() === '[' ? afterValue() : undefined;
}
