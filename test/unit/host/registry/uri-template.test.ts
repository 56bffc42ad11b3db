import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { matchUri, MAX_URI_LENGTH, parseUriTemplate, type UriTemplate } from '#host/registry';

function match(template: string, uri: string): Readonly<Record<string, string>> | undefined {
  return matchUri(parseUriTemplate(template), uri);
}

/** RFC 6570, as far as our templates go. */
function expand({ parts }: UriTemplate, values: Readonly<Record<string, string>>): string {
  const encode = (value: string, kept: RegExp): string =>
    value.replaceAll(/./gsu, (character) => (kept.test(character) ? character : encodeOne(character)));
  return parts
    .map((part) => {
      if ('literal' in part) return part.literal;
      const value = values[part.variable] ?? '';
      return encode(value, part.isPath ? /[\w.~\-:/?#[\]@!$&'()*+,;=]/ : /[\w.~-]/);
    })
    .join('');
}

function encodeOne(character: string): string {
  return [...Buffer.from(character, 'utf8')].map((byte) => `%${byte.toString(16).toUpperCase()}`).join('');
}

describe('parseUriTemplate', () => {
  it('takes absolute URIs, and templates of the two forms', () => {
    assert.deepEqual(parseUriTemplate('notes://all').parts, [{ literal: 'notes://all' }]);
    assert.deepEqual(parseUriTemplate('file:///{+path}?v={v1}').parts, [
      { literal: 'file:///' },
      { variable: 'path', isPath: true },
      { literal: '?v=' },
      { variable: 'v1', isPath: false },
    ]);
  });

  it('refuses what is relative, ambiguous, or of another form', () => {
    const refused = [
      '',
      'notes',
      '/notes/{id}',
      '{scheme}://x',
      '{+all}',
      'notes:',
      'notes://{a}{b}',
      'notes://{a}/{a}',
      'notes://{a,b}',
      'notes://{?q}',
      'notes://{#f}',
      'notes://{/p*}',
      'notes://{a:3}',
      'notes://{',
      'notes://}',
      'notes://{__proto__}',
      'notes://a b',
      'notes://a\nb',
      'notes://\\a',
      `notes://${'x'.repeat(2048)}`,
      `notes://${Array.from({ length: 9 }, (_, at) => `{v${at}}`).join('/')}`,
    ];
    for (const text of refused) {
      assert.throws(() => parseUriTemplate(text), { code: 'MANIFEST_INVALID', data: { path: '/uri' } }, text);
    }
  });
});

describe('matchUri', () => {
  it('gives each variable its value, decoded', () => {
    assert.deepEqual(match('notes://all', 'notes://all'), {});
    assert.deepEqual(match('test://t/{id}/data', 'test://t/123/data'), { id: '123' });
    assert.deepEqual(match('n://{id}', 'n://a%20b%C3%A4'), { id: 'a bä' });
    assert.deepEqual(match('n://{id}', 'n://ä:b'), { id: 'ä:b' });
    assert.deepEqual(match('n://{+path}', 'n://a/b?c#d'), { path: 'a/b?c#d' });
    assert.deepEqual(match('n://{constructor}/{toString}', 'n://a/b'), { constructor: 'a', toString: 'b' });
  });

  it('needs all of the URI, and something for each variable', () => {
    for (const uri of ['n://', 'n:///x', 'n://a/', 'n://a/b', 'n://a?b', 'n://a#b', 'N://a', 'xn://a', '']) {
      assert.equal(match('n://{id}', uri), undefined, uri);
    }
    assert.equal(match('n://{+path}', 'n://'), undefined);
    assert.equal(match('n://all', 'n://all/'), undefined);
  });

  it('finds the only way to take a URI apart, and the leftmost of several', () => {
    assert.deepEqual(match('n://{+a}-{b}', 'n://x-y/z-w'), { a: 'x-y/z', b: 'w' });
    assert.deepEqual(match('n://{a}.txt', 'n://x.txt.txt'), { a: 'x.txt' });
    assert.deepEqual(match('n://{a}-{b}', 'n://x-y-z'), { a: 'x', b: 'y-z' });
    assert.deepEqual(match('n://{a}--{b}', 'n://x---y'), { a: 'x', b: '-y' });
  });

  // Proves resource.stays-inside.
  it('matches no value that could lead out of a folder, or hide something', () => {
    const hostile = [
      '..',
      '.',
      '%2e%2e',
      '.%2E',
      'a%2fb',
      '%2F',
      'a%5Cb',
      '..\\x',
      'a%00b',
      'a%0Ab',
      'a\nb',
      'a%C2%85b',
      'a%',
      'a%zz',
      'a%ff',
      '\ud800',
      '{id}',
      'a b',
      '"',
    ];
    for (const value of hostile) {
      assert.equal(match('n://{id}', `n://${value}`), undefined, value);
      assert.equal(match('n://{+path}', `n://${value}`), undefined, value);
      assert.equal(match('n://{+path}', `n://a/${value}`), undefined, value);
    }
    for (const path of ['a/../b', '../b', 'a/..', 'a/./b', 'a/%2e%2e/b', 'a\\..\\b']) {
      assert.equal(match('n://{+path}', `n://${path}`), undefined, path);
    }
    assert.deepEqual(match('n://{+path}', 'n://a/...b'), { path: 'a/...b' });
  });

  it('takes no time with what was made to take long', () => {
    const many = Array.from({ length: 7 }, (_, at) => `{+v${at}}`).join('-');
    const dashes = `n://${'-'.repeat(MAX_URI_LENGTH - 4)}`;
    const letters = `n://${'a'.repeat(MAX_URI_LENGTH - 4)}`;
    const startedAt = process.cpuUsage();
    assert.equal(match(`n://${many}x{+last}`, dashes), undefined);
    assert.equal(match(`n://{+a}${'a'.repeat(1000)}b{+c}`, letters), undefined);
    assert.equal(match(`n://{a}${'a'.repeat(1000)}{b}${'a'.repeat(900)}{c}/{d}`, letters), undefined);
    assert.equal(Object.keys(match(`n://${many}-{+last}`, dashes) ?? {}).length, 8);
    assert.ok(process.cpuUsage(startedAt).user < 500_000);
    assert.equal(match('n://{+a}', `n://${'a'.repeat(MAX_URI_LENGTH)}`), undefined);
  });

  it('gives back what a template was expanded with', () => {
    const value = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
    // oxlint-disable-next-line no-control-regex -- they are never values
    const isUsable = (text: string): boolean => !/[\u0000-\u001f\u007f-\u009f/\\%|]|^\.\.?$/.test(text);
    const usable = value.filter(isUsable);
    const path = fc.array(usable, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
    const template = parseUriTemplate('n://{a}|/{+b}|x|{c}'.replaceAll('|', '/'));
    fc.assert(
      fc.property(usable, path, usable, (a, b, c) => {
        const values = { a, b, c };
        const uri = expand(template, values);
        const found = matchUri(template, uri);
        assert.ok(found !== undefined, uri);
        assert.equal(expand(template, found), uri);
        if (!`${b}/`.includes('x/')) assert.deepEqual(found, values);
      }),
    );
  });

  it('finds a way wherever there is one, as a search of all ways does', () => {
    const templates = ['s:a{a}', 's:a{+a}/{b}', 's:a{a}-{+b}-{c}', 's:-{+a}-a{b}', 's:a{a}/{+b}a', 's:a{+a}-{+b}/'].map(
      (template) => parseUriTemplate(template),
    );
    const text = fc.string({ maxLength: 9, unit: fc.constantFrom('a', '-', '/') });
    fc.assert(
      fc.property(fc.constantFrom(...templates), text, (template, rest) => {
        const uri = `s:${rest}`;
        assert.deepEqual(matchUri(template, uri), searchAll(template.parts, uri, {}));
      }),
      { numRuns: 2000 },
    );
  });
});

/** The plain definition: every length for every variable, the shortest first. */
function searchAll(
  [part, ...rest]: UriTemplate['parts'],
  uri: string,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | undefined {
  if (part === undefined) return uri === '' ? values : undefined;
  if ('literal' in part) {
    return uri.startsWith(part.literal) ? searchAll(rest, uri.slice(part.literal.length), values) : undefined;
  }
  for (let length = 1; length <= uri.length; length += 1) {
    const value = uri.slice(0, length);
    if (!part.isPath && value.includes('/')) return undefined;
    const found = searchAll(rest, uri.slice(length), { ...values, [part.variable]: value });
    if (found !== undefined) return found;
  }
  return undefined;
}
