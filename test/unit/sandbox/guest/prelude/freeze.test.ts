// Walks everything guest code can reach and demands that the list in freeze.ts is complete.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { evaluate, runTool } from './guest.ts';

/** What a guest may change; each misleads only itself. */
const CHANGEABLE = new Set([
  'globalThis',
  // Where libraries put loggers of their own. The prelude never uses it.
  'console',
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

/**
 * All functions a guest can get hold of: own properties and prototypes, and besides what accessors give, what calls give
 * and what they throw. Only of ours are called: the engine's own give what the walk of intrinsics finds.
 */
const COLLECT = `
  const loot = []; const seen = new Set(); const functions = [];
  const collect = (value, path) => {
    if (Object(value) !== value || seen.has(value)) return;
    seen.add(value);
    if (typeof value === 'function') functions.push([value, path]);
    for (const key of Reflect.ownKeys(value)) {
      const { value: held, get, set } = Reflect.getOwnPropertyDescriptor(value, key);
      loot.push([held, path + '.' + String(key)], [get, path + '.get ' + String(key)], [set, path + '.set ' + String(key)]);
      if (get !== undefined) try { loot.push([Reflect.get(value, key), path + '.' + String(key) + '()']); } catch (error) { loot.push([error, path + ' thrown by ' + String(key)]); }
    }
    loot.push([Object.getPrototypeOf(value), path + '.__proto__']);
  };
  for (const key of Reflect.ownKeys(globalThis)) Reflect.get(globalThis, key);
  loot.push([globalThis, 'globalThis'], [host, 'host'], [input, 'input'], [new TextEncoder(), 'encoder'], [new TextDecoder(), 'decoder'], [new Intl.DateTimeFormat(), 'format']);
  for (const [name, act] of Object.entries({
    ask: () => host.ask({}), sample: () => host.sample({}), roots: () => host.roots(), call: () => host.call('kv.read'), sleep: () => host.sleep(0), background: () => host.background(),
    fail: () => host.fail('x', { a: 1 }), content: () => host.content.text(1), eval: () => eval('1'), make: () => Function('1'), clone: () => structuredClone({ a: [1] }),
  })) try { const given = act(); loot.push([given, name]); if (given instanceof Promise) loot.push([await given.catch((error) => error), 'the end of ' + name]); } catch (error) { loot.push([error, 'thrown by ' + name]); }
  for (const [value, path] of loot) collect(value, path);
`;

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
      changeable.filter((path) => !CHANGEABLE.has(path)),
      [],
    );
  });

  // Proves jail.final-functions.
  it('leaves no function reachable whose prototype can be replaced, nor one of ours that can be made an ancestor', async () => {
    const run = await runTool(
      `export default { async run(input, host) { ${COLLECT}
        const replaceable = functions.filter(([f]) => Reflect.getOwnPropertyDescriptor(f, 'prototype')?.writable === true);
        const changeable = functions.filter(([f]) => Object(f.prototype) === f.prototype && !Object.isFrozen(f.prototype));
        const constructors = functions.filter(([f]) => Object.hasOwn(f, 'prototype') && !Object.isFrozen(f));
        const names = (found) => found.map(([, path]) => path).sort();
        return { count: functions.length, replaceable: names(replaceable), changeable: names(changeable), constructors: names(constructors) };
      } };`,
      { grants: ['client.ask', 'client.sample', 'client.roots', 'task.background', 'kv.read'] },
    );
    const { count, ...found } = run.output as Record<'count', number> & Record<string, readonly string[]>;
    assert.ok(count > 850, `found only ${count} functions`);
    const sealed = [...CHANGEABLE].filter((path) => /^[A-Z]\w+\.prototype$/.test(path));
    assert.deepEqual(found, {
      replaceable: [],
      changeable: sealed.map((path) => `globalThis.${path.replace('.prototype', '')}`).sort(),
      constructors: ['globalThis.Error'],
    });
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
