// A guest that got there first: before the prelude acts, the tool has tried to bend everything it can reach. At each place
// where the prelude's code runs after a guest's, what it posts is what it posts for a tool that bent nothing.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { runTool, type GuestOptions, type GuestRun } from './guest.ts';

/**
 * Plants a function that throws wherever it holds: on every object reachable from the globals, under the names it has, under those the
 * language asks for behind the scenes, and on every function. Globals that are built on first use are left for the body, and
 * so are the prototypes of errors and the length of stacks: what a tool makes of these it reads in its own errors.
 */
const BEND = `
  const { Reflect: R, Object: O } = globalThis;
  const { ownKeys, set, defineProperty, getOwnPropertyDescriptor: look, getPrototypeOf, setPrototypeOf, deleteProperty } = R;
  const evil = function () { throw 'what was planted'; };
  const HIDDEN = ['then', 'toJSON', 'get', 'set', 'value', 'writable', 'enumerable', 'configurable', 'next', 'return', 'length', 'index', 'lastIndex', '0', 'message', 'name', 'stack', 'code', 'cause',
    Symbol.iterator, Symbol.asyncIterator, Symbol.species, Symbol.toPrimitive, Symbol.toStringTag, Symbol.replace, Symbol.split, Symbol.match, Symbol.hasInstance, Symbol.isConcatSpreadable, Symbol.unscopables];
  const isObject = (v) => (typeof v === 'object' && v !== null) || typeof v === 'function';
  const isErrorPrototype = (v) => v === Error.prototype || getPrototypeOf(v) === Error.prototype;
  const seen = new Set([evil]); const queue = [];
  for (const key of ownKeys(globalThis)) { const { value } = look(globalThis, key); if (isObject(value)) queue.push(value); }
  for (const v of [[][Symbol.iterator](), ''[Symbol.iterator](), new Map().keys(), new Set().keys(), ''.matchAll(/x/g), (function* () {})(), (async function* () {})(), async () => {}, /x/])
    queue.push(getPrototypeOf(v));
  const found = [];
  for (let i = 0; i < queue.length; i++) { const v = queue[i]; if (v === globalThis || seen.has(v)) continue; seen.add(v); found.push(v);
    for (const key of ownKeys(v)) { const d = look(v, key); for (const held of [d.value, d.get, d.set]) if (isObject(held)) queue.push(held); }
    const up = getPrototypeOf(v); if (up !== null) queue.push(up); }
  let bent = 0;
  for (const v of found.filter((each) => !isErrorPrototype(each))) {
    for (const key of [...ownKeys(v), ...HIDDEN, 'call', 'apply', 'bind']) {
      if (key === 'stackTraceLimit') continue;
      try { if (set(v, key, evil)) bent++; } catch {}
      try { if (defineProperty(v, key, { get: evil, set: evil, configurable: true })) bent++; } catch {}
      try { if (defineProperty(v, key, { value: evil, configurable: true, writable: true })) bent++; } catch {}
      try { deleteProperty(v, key); } catch {}
    }
    try { if (v !== evil) setPrototypeOf(v, { get: evil }); } catch {}
  }
  for (const key of ownKeys(globalThis)) if (key !== 'globalThis' && look(globalThis, key).get === undefined) try { globalThis[key] = evil; } catch {}
  globalThis.bent = bent;
`;

interface Place {
  /** The body of `run`, in nothing but syntax: every name it could use was replaced. */
  readonly body: string;
  /** Stands in place of the whole definition. */
  readonly definition?: string;
  readonly options?: GuestOptions;
}

/** Every place where the prelude runs after guest code did. */
const PLACES: Readonly<Record<string, Place>> = {
  'reads the definition': { body: '', definition: '{ get run() { return () => ({ a: 1 }); }, input: {}, output: {} }' },
  'finds no definition': { body: '', definition: '7' },
  'describes a definition': {
    body: '',
    definition: `{ run() {}, input: { type: 'object', properties: { a: {} } }, output: { toJSON: () => ({ b: 1 }) } }`,
    options: { op: 'describe' },
  },
  'parses the input': { body: 'return { input };', options: { input: { a: [1, { b: 'c' }] } } },
  'parses and freezes the context': {
    body: `let changed = 'no'; try { host.context.list[0] = 2; changed = 'yes'; } catch {} return { context: host.context, changed };`,
    options: { context: { list: [1], deep: { a: null } } },
  },
  'awaits a promise': { body: 'return await (async () => ({ a: 1 }))();' },
  'awaits a thenable': { body: 'return { then(done) { done({ a: 1 }); } };' },
  'writes the result, with toJSON and getters': {
    body: `return { get a() { return { toJSON: () => 'b' }; }, 'é😀': '\\ud800' };`,
  },
  'refuses what is no object': { body: 'return [1];' },
  'refuses what JSON cannot write': { body: 'return { a: 1n };' },
  'measures a result that is too long': { body: `return { a: 'éééééééé' };`, options: { outputBytes: 20 } },
  'reads what was thrown': {
    body: `throw { get name() { return 'N'; }, get message() { return 'm'; }, stack: 'at f (glovebox:tool:1:2)\\nat /x' };`,
  },
  'reads an error of the engine': { body: 'null.x;' },
  'reads a primitive that was thrown': { body: 'throw -0;' },
  'fails by its name, with data': { body: `host.fail('no', { a: [1], toJSON: undefined });` },
  'logs every kind of value': {
    body: `host.log('text', 1, -0, 2n, null, undefined, true, () => {}, { a: { b: [1, , 3] } }, [[]], /x/); host.log('warn', { get a() { return 1; } }); console.error('c', { toJSON: 1 });
      try { null.x; } catch (error) { host.log(error); } host.log('\\u202e\\x1b'); return {};`,
  },
  'cuts the log': { body: `for (let i = 0; i < 9; i++) host.log('éééé'); return {};`, options: { logBytes: 30 } },
  'tells progress': {
    body: `host.progress(0.1, 'a'); host.progress(0.5); host.progress(7, 'x'); try { host.progress('x'); } catch (e) { host.log(e.message); } return {};`,
  },
  'adds content': {
    body: `host.content.text('a'); host.content.text({ text: 'b' }); host.content.image({ data: 'AAAA', mimeType: 'image/png' });
      host.content.resource({ uri: 'a:b', text: 'c' }); host.content.link({ get uri() { return 'a:b'; }, name: 'n' });
      try { host.content.audio({ data: '*' }); } catch (e) { host.log(e.code, e.message); } return {};`,
  },
  'makes calls and takes their answers': {
    body: `const a = await host.call('kv.read', { toJSON: () => ({ n: 1 }) }); const b = await host.call('kv.read', [1]);
      let c; try { await host.call('kv.write'); } catch (e) { c = [e.code, e.message, e.name]; } await host.sleep(5); return { a, b, c };`,
    options: { grants: ['kv.read'], answer: (_name, args) => ({ text: `{"got":${JSON.stringify(args)}}` }) },
  },
  'rejects a call as the host says': {
    body: `try { await host.call('kv.read'); } catch (e) { return { code: e.code, message: e.message }; }`,
    options: { grants: ['kv.read'], answer: () => ({ ok: false, text: '{"code":"KV_FULL","message":"full"}' }) },
  },
  'puts questions': {
    body: `const answer = await host.ask({ get message() { return 'm'; }, schema: { a: 1 }, extra: 1 }); let refused; try { host.sample; } catch (e) { refused = e.code; } return { answer, refused };`,
    options: { grants: ['client.ask'], answer: (_name, args) => ({ text: JSON.stringify(args) }) },
  },
  'counts messages': { body: 'for (;;) await host.sleep(0);', options: { hostCalls: 3 } },
  'hardens Intl when it is first read': {
    body: `const f = new Intl.DateTimeFormat(); return { at: f.format(), parts: f.formatToParts().length, n: new Intl.NumberFormat('de').format(1234.5) };`,
  },
  'builds Temporal when it is first read': {
    body: `return { now: Temporal.Now.instant().epochMilliseconds, day: Temporal.Now.plainDateISO().day, zone: Temporal.Now.timeZoneId() };`,
  },
  'builds what libraries expect': {
    body: `const bytes = new TextEncoder().encode('é😀'); let clone = structuredClone({ a: [1, { b: 2 }] });
      return { text: new TextDecoder().decode(bytes), a: atob('YQ=='), b: btoa('a'), clone, queued: await new (class { then(done) { queueMicrotask(() => done('q')); } })() };`,
  },
  'writes a stack': {
    body: `try { null.x; } catch (e) { return { stack: e.stack.includes('glovebox:tool') && !e.stack.includes('prelude') }; }`,
  },
};

async function runAt({ body, definition, options }: Place, bends: boolean): Promise<GuestRun> {
  const tool = definition ?? `{ async run(input, host) { ${body} } }`;
  return runTool(`${bends ? BEND : ''} export default ${tool};`, options);
}

/** Positions are the tool's own; everything else is the prelude's. */
function saidBy({ posts }: GuestRun): unknown {
  return posts.map(([kind, text]) => [kind, text.replace(/glovebox:tool:\d+:\d+/g, 'glovebox:tool')]);
}

// Proves jail.guest-first.
describe('the prelude, after a guest has bent what it can,', () => {
  it('is met by a guest that bends hundreds of things', async () => {
    const run = await runTool(`${BEND} export default { run() { return { bent: globalThis.bent }; } };`);
    assert.ok((run.output as { bent: number }).bent > 100, JSON.stringify(run.output));
  });

  for (const [what, place] of Object.entries(PLACES)) {
    it(`${what} as ever`, async () => {
      assert.deepEqual(saidBy(await runAt(place, true)), saidBy(await runAt(place, false)));
    });
  }
});
