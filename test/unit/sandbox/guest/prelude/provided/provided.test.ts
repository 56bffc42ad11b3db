import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { evaluate, runTool } from '../guest.ts';

type Cases = readonly (readonly [title: string, expression: string, expected: unknown])[];

function check(cases: Cases): void {
  for (const [title, expression, expected] of cases) {
    it(title, async () => {
      assert.deepEqual(await evaluate(expression), expected);
    });
  }
}

const thrown = (code: string): string =>
  `(() => { try { ${code}; return 'nothing'; } catch (e) { return e.name; } })()`;

/** What Node says is what a guest must hear. */
const TEXTS = ['', 'plain', 'é', '€', '😀', 'a\u0000b', '\ud800', 'x\udc00y', '\ufeffbom', '\u{10ffff}'];
const BYTES = [
  [0xef, 0xbb, 0xbf, 0x41],
  [0xc3],
  [0xe2, 0x82],
  [0xf0, 0x9f, 0x98],
  [0xc0, 0xaf],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xe2, 0x41, 0x82],
  [0xff, 0xfe],
  [0xf0, 0x80, 0x80, 0x80],
];

describe('TextEncoder', () => {
  it('writes what Node writes', async () => {
    const written = await evaluate(`input.map((text) => [...new TextEncoder().encode(text)])`, { input: TEXTS });
    assert.deepEqual(
      written,
      TEXTS.map((text) => [...new TextEncoder().encode(text)]),
    );
  });

  check([
    ['encodes nothing for undefined', 'new TextEncoder().encode().length', 0],
    [
      'writes whole characters into what it is given',
      `(() => { const b = new Uint8Array(4); return [new TextEncoder().encodeInto('a€€', b), [...b]]; })()`,
      [{ read: 2, written: 4 }, [97, 226, 130, 172]],
    ],
  ]);
});

describe('TextDecoder', () => {
  it('reads what Node reads', async () => {
    const samples = [...TEXTS.map((text) => [...new TextEncoder().encode(text)]), ...BYTES];
    const read = await evaluate(`input.map((bytes) => new TextDecoder().decode(new Uint8Array(bytes)))`, {
      input: samples,
    });
    assert.deepEqual(
      read,
      samples.map((bytes) => new TextDecoder().decode(new Uint8Array(bytes))),
    );
  });

  check([
    [
      'throws for invalid bytes when fatal',
      thrown(`new TextDecoder('utf8', { fatal: true }).decode(new Uint8Array([0xff]))`),
      'TypeError',
    ],
    [
      'keeps the byte order mark when told so',
      `new TextDecoder('UTF-8', { ignoreBOM: true }).decode(new Uint8Array([0xef, 0xbb, 0xbf])).length`,
      1,
    ],
    [
      'reads buffers and views',
      `(() => { const b = new Uint8Array([65, 66, 67]); return [b.buffer, new DataView(b.buffer, 1), b.subarray(2)].map((v) => new TextDecoder().decode(v)); })()`,
      ['ABC', 'BC', 'C'],
    ],
    ['knows no other encoding', thrown(`new TextDecoder('latin1')`), 'RangeError'],
    ['refuses to stream', thrown(`new TextDecoder().decode(new Uint8Array(1), { stream: true })`), 'TypeError'],
  ]);
});

describe('atob and btoa', () => {
  check([
    [
      'are inverse over all bytes',
      `(() => { let s = ''; for (let i = 0; i < 256; i++) s += String.fromCharCode(i); return atob(btoa(s)) === s; })()`,
      true,
    ],
    ['write and read padding', `[btoa('a'), atob('YQ=='), atob('YQ'), atob(' Y Q = = ')]`, ['YQ==', 'a', 'a', 'a']],
    ['refuse what is no binary text', thrown(`btoa('€')`), 'InvalidCharacterError'],
    ['refuse what is no base64', thrown(`atob('*')`), 'InvalidCharacterError'],
  ]);
});

describe('structuredClone', () => {
  check([
    [
      'copies data deeply',
      `(() => { const a = { b: [1, { c: null }], d: undefined }; const c = structuredClone(a); return [c, c.b[1] === a.b[1], 'd' in c]; })()`,
      [{ b: [1, { c: null }] }, false, true],
    ],
    [
      'keeps cycles and shared parts',
      `(() => { const a = { s: {} }; a.t = a.s; a.self = a; const c = structuredClone(a); return [c.self === c, c.t === c.s, c === a]; })()`,
      [true, true, false],
    ],
    [
      'copies maps, sets, dates and regular expressions',
      `(() => { const c = structuredClone([new Map([[1, { a: 1 }]]), new Set(['x']), new Date(5), /a/gi]); return [[...c[0]], [...c[1]], +c[2], String(c[3])]; })()`,
      [[[1, { a: 1 }]], ['x'], 5, '/a/gi'],
    ],
    [
      'copies buffers, and views with the buffer they share',
      `(() => { const b = new Uint8Array([1, 2, 3]); const c = structuredClone({ u: b.subarray(1), d: new DataView(b.buffer) }); return [[...c.u], c.u.buffer === c.d.buffer, c.u.buffer === b.buffer, c.u.constructor.name]; })()`,
      [[2, 3], true, false, 'Uint8Array'],
    ],
    [
      'keeps an own __proto__ key a key',
      `(() => { const c = structuredClone(JSON.parse('{"__proto__":{"a":1}}')); return [Object.keys(c), c.a]; })()`,
      [['__proto__'], null],
    ],
    [
      'refuses functions, symbols and classes',
      `[() => 1, Symbol('s'), new (class A {})(), Promise.resolve()].map((v) => { try { structuredClone({ v }); } catch (e) { return e.name; } })`,
      ['DataCloneError', 'DataCloneError', 'DataCloneError', 'DataCloneError'],
    ],
  ]);
});

describe('queueMicrotask', () => {
  it('runs the callback after the current code', async () => {
    const run = await runTool(
      `export default { async run() { const at = []; queueMicrotask(() => at.push(2)); at.push(1); await null; await null; return { at }; } };`,
    );
    assert.deepEqual(run.output, { at: [1, 2] });
  });

  check([['takes functions only', thrown('queueMicrotask(1)'), 'TypeError']]);
});

describe('the provided globals', () => {
  check([
    ['can be replaced, as elsewhere', `(globalThis.atob = () => 1, globalThis.Intl = 2, [atob(), Intl])`, [1, 2]],
    [
      'have no timers among them',
      `[typeof setTimeout, typeof setInterval, typeof fetch, typeof process]`,
      ['undefined', 'undefined', 'undefined', 'undefined'],
    ],
  ]);
});
