// Walks everything guest code can reach and demands that the list in freeze.ts is complete.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { evaluate, runTool } from './guest.ts';

/** What a guest may change; each misleads only itself. */
const CHANGEABLE = new Set([
  'globalThis',
  // Sealed: see freeze.ts.
  'Error',
  'Error.prototype',
  'AggregateError.prototype',
  'EvalError.prototype',
  'RangeError.prototype',
  'ReferenceError.prototype',
  'SuppressedError.prototype',
  'SyntaxError.prototype',
  'TypeError.prototype',
  'URIError.prototype',
]);

/** The prelude's own gifts, which it never uses itself. */
const PROVIDED = /^(?:atob|btoa|console|queueMicrotask|structuredClone|TextDecoder|TextEncoder)(?:\.prototype)?$/;

/** Breadth first, so that a path is the shortest one. Plain functions are left out: see freeze.ts. */
const WALK = `
  const iterators = [[][Symbol.iterator](), ''[Symbol.iterator](), new Map().keys(), new Set().keys(), ''.matchAll(/x/g), Iterator.from([]).map((x) => x),
    Iterator.from({ next() {} }), new Intl.Segmenter().segment('a'), new Intl.Segmenter().segment('a')[Symbol.iterator](), [].values().drop(1)];
  const kinds = [async () => {}, function* () {}, async function* () {}];
  const queue = [[globalThis, 'globalThis'], ...Reflect.ownKeys(globalThis).map((key) => [globalThis[key], String(key)]),
    ...[...iterators, ...kinds].map((value, i) => [Object.getPrototypeOf(value), 'hidden' + i])];
  const seen = new Set(); const changeable = new Set(); let count = 0;
  for (const [value, path] of queue) {
    if (Object(value) !== value || seen.has(value)) continue;
    seen.add(value); count++;
    const isPlainFunction = typeof value === 'function' && (!Object.hasOwn(value, 'prototype'));
    if (!Object.isFrozen(value) && !isPlainFunction) changeable.add(path);
    for (const key of Reflect.ownKeys(value)) {
      const { value: held, get, set } = Reflect.getOwnPropertyDescriptor(value, key);
      queue.push([held, path + '.' + String(key)], [get, path + '.get ' + String(key)], [set, path + '.set ' + String(key)]);
    }
    queue.push([Object.getPrototypeOf(value), path + '.__proto__']);
  }
`;

describe('freezeIntrinsics', () => {
  it('leaves nothing reachable unfrozen but what is listed here', async () => {
    const run = await runTool(
      `export default { run() { ${WALK} return { count, changeable: [...changeable].sort() }; } };`,
    );
    const { count, changeable } = run.output as { count: number; changeable: string[] };
    assert.ok(count > 900, `walked only ${count} objects`);
    assert.deepEqual(
      changeable.filter((path) => !CHANGEABLE.has(path) && !PROVIDED.test(path)),
      [],
    );
  });

  it('seals the error constructor and the error prototypes', async () => {
    assert.equal(
      await evaluate(`[Error, Error.prototype, TypeError.prototype, AggregateError.prototype, SuppressedError.prototype]
        .every((object) => Object.isSealed(object))`),
      true,
    );
  });

  it('leaves Error.stackTraceLimit assignable', async () => {
    assert.equal(await evaluate('(Error.stackTraceLimit = 3)'), 3);
  });
});

describe('keepNamesAssignable', () => {
  const cases: readonly (readonly [title: string, expression: string, expected: unknown])[] = [
    [
      'own names of error subclasses',
      `(() => { class A extends Error { constructor() { super('m'); this.name = 'A'; this.message = 'n'; } } return String(new A()); })()`,
      'A: n',
    ],
    [
      'own names of native errors',
      `(() => { const e = new TypeError('m'); e.name = 'B'; e.toString = () => 'c'; return [e.name, String(e), TypeError.prototype.name]; })()`,
      ['B', 'c', 'TypeError'],
    ],
    [
      'the names of Object.prototype on instances',
      `['constructor', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable', 'toLocaleString', 'toString', 'valueOf']
        .map((key) => { const o = {}; o[key] = 1; return Object.keys(o)[0] === key && o[key] === 1; })`,
      [true, true, true, true, true, true, true],
    ],
    [
      'old-style inheritance',
      `(() => { function Old() {} Old.prototype = Object.create(Error.prototype); Old.prototype.constructor = Old;
        Old.prototype.toString = function () { return 'old'; }; return [String(new Old()), new Old() instanceof Error]; })()`,
      ['old', true],
    ],
    ['toString of a function', `(() => { const f = () => 1; f.toString = () => 'f'; return String(f); })()`, 'f'],
    [
      'counting words',
      `(() => { const n = {}; for (const w of ['constructor', 'toString']) n[w] = 1; return n; })()`,
      {
        constructor: 1,
        toString: 1,
      },
    ],
  ];
  for (const [title, expression, expected] of cases) {
    it(`keeps ${title} assignable`, async () => {
      assert.deepEqual(await evaluate(expression), expected);
    });
  }

  it('refuses to change the prototype itself', async () => {
    assert.equal(
      await evaluate(
        `(() => { try { Object.prototype.toString = 1; return 'changed'; } catch (e) { return e.name; } })()`,
      ),
      'TypeError',
    );
  });
});
