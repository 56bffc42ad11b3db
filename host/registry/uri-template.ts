// The URIs of resources: fixed ones, and templates of the forms `{name}` and `{+name}` (RFC 6570, levels 1 and 2).
//
// SECURITY: a URI comes from outside. Matching takes time in proportion to its length whatever it holds, and a value that
// could lead a careless author out of a folder is none: test/unit/host/registry/uri-template.test.ts holds it.

import { hostError } from '#host/base';

/** A template, taken apart: text and variables by turns, text first. */
export interface UriTemplate {
  readonly text: string;
  readonly parts: readonly UriPart[];
}

/** A stretch of a template. */
export type UriPart =
  | { readonly literal: string }
  /** `isPath`: `{+name}`, whose value may hold slashes. */
  | { readonly variable: string; readonly isPath: boolean };

/** The longest URI that is looked at, in UTF-16 units. */
export const MAX_URI_LENGTH = 8192;

const MAX_TEMPLATE_LENGTH = 2048;
const MAX_VARIABLES = 8;
const EXPRESSION = /\{(\+?)([A-Za-z][A-Za-z0-9_]{0,63})\}/g;
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:./;
/** What no URI holds as it is. Characters beyond ASCII are let through: not every client encodes them. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const NOT_IN_URIS = /[\x00-\x20"<>\\^`{|}\x7f]/;

/**
 * Reads the URI of a resource, or a template of many.
 *
 * @throws MANIFEST_INVALID when it is not absolute, or an expression has another form
 */
export function parseUriTemplate(text: string): UriTemplate {
  if (text.length > MAX_TEMPLATE_LENGTH) throw invalid(`must not be longer than ${MAX_TEMPLATE_LENGTH} characters`);
  const pieces = text.split(EXPRESSION);
  const parts: UriPart[] = [];
  // Each expression leaves two captures between the texts around it: the sign and the name.
  for (let at = 0; at < pieces.length; at += 3) {
    const [literal = '', sign, variable] = pieces.slice(at, at + 3);
    if (literal === '' && at > 0 && variable !== undefined) throw invalid('needs text between two variables');
    if (literal !== '') parts.push({ literal: checkLiteral(literal) });
    if (variable !== undefined) parts.push({ variable, isPath: sign === '+' });
  }
  const names = parts.flatMap((part) => ('variable' in part ? [part.variable] : []));
  if (names.length > MAX_VARIABLES) throw invalid(`must not have more than ${MAX_VARIABLES} variables`);
  if (new Set(names).size < names.length) throw invalid('names a variable twice');
  const [first] = parts;
  if (first === undefined || 'variable' in first || !SCHEME.test(first.literal)) {
    throw invalid('must begin with a scheme, such as in "notes://all" or "notes://{id}"');
  }
  return { text, parts };
}

/**
 * The values a URI gives to the variables of a template, decoded; undefined when it does not match.
 *
 * Every value has at least one character; `{name}` takes no `/`, `?` or `#`. Where a URI can be taken apart in more than
 * one way, variables take as little as they can, from the left. A value with a control character, a `.` or `..` between
 * slashes, or a slash that was percent-encoded makes no match.
 */
export function matchUri({ text, parts }: UriTemplate, uri: string): Readonly<Record<string, string>> | undefined {
  if (uri.length > MAX_URI_LENGTH || NOT_IN_URIS.test(uri) || !uri.isWellFormed()) return undefined;
  if (parts.length === 1) return uri === text ? {} : undefined;
  if (!hasEnds(parts, uri)) return undefined;
  const ends = endsOf(parts, uri);
  if (ends === undefined) return undefined;
  const values: [string, string][] = [];
  for (const [index, part] of parts.entries()) {
    if ('literal' in part) continue;
    const value = decode(uri.slice(ends[index - 1], ends[index]));
    if (value === undefined) return undefined;
    values.push([part.variable, value]);
  }
  return Object.fromEntries(values);
}

function checkLiteral(literal: string): string {
  if (/[{}]/.test(literal)) throw invalid('may hold only expressions of the forms {name} and {+name}');
  if (NOT_IN_URIS.test(literal) || !literal.isWellFormed()) {
    throw invalid('holds a character that no URI has; percent-encode it');
  }
  return literal;
}

function invalid(problem: string): Error {
  return hostError('MANIFEST_INVALID', `the uri ${problem}`, { path: '/uri' });
}

/** The cheap look that spares most templates the thorough one. */
function hasEnds(parts: readonly UriPart[], uri: string): boolean {
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined) return false;
  return uri.startsWith('literal' in first ? first.literal : '') && uri.endsWith('literal' in last ? last.literal : '');
}

/** Where each part ends within the URI; undefined when they cannot be laid over it. */
function endsOf(parts: readonly UriPart[], uri: string): readonly number[] | undefined {
  const fits = fitsFrom(parts, uri);
  const ends: number[] = [];
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if (fits[index]?.[at] !== 1) return undefined;
    if ('literal' in part) {
      at += part.literal.length;
    } else {
      at += 1;
      while (fits[index + 1]?.[at] !== 1) at += 1;
    }
    ends.push(at);
  }
  return ends;
}

/** For each part and each position: whether that part and all behind it fit the rest of the URI from there, exactly. */
function fitsFrom(parts: readonly UriPart[], uri: string): readonly Uint8Array[] {
  const size = uri.length + 1;
  const end = new Uint8Array(size);
  end[uri.length] = 1;
  const fits = [end];
  for (const part of parts.toReversed()) {
    const here = new Uint8Array(size);
    const next = fits[0] ?? end;
    if ('literal' in part) markLiteral(here, next, uri, part.literal);
    else markVariable(here, next, uri, part.isPath);
    fits.unshift(here);
  }
  return fits;
}

function markLiteral(here: Uint8Array, next: Uint8Array, uri: string, literal: string): void {
  for (let at = uri.indexOf(literal); at !== -1; at = uri.indexOf(literal, at + 1)) {
    if (next[at + literal.length] === 1) here[at] = 1;
  }
}

/** From the right, so that one pass knows whether some end lies ahead with nothing forbidden before it. */
function markVariable(here: Uint8Array, next: Uint8Array, uri: string, isPath: boolean): void {
  let isEndAhead = false;
  for (let at = uri.length - 1; at >= 0; at -= 1) {
    isEndAhead = (isEndAhead || next[at + 1] === 1) && (isPath || !'/?#'.includes(uri[at] ?? ''));
    if (isEndAhead) here[at] = 1;
  }
}

/** The value behind its percent-encoding, if it is one an author need not fear. */
function decode(encoded: string): string | undefined {
  if (/%2f|%5c/i.test(encoded)) return undefined;
  let value: string;
  try {
    value = decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f]/.test(value)) return undefined;
  return value.split(/[/\\]/).some((segment) => segment === '.' || segment === '..') ? undefined : value;
}
