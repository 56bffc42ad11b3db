// Ways out of the prelude that were tried. Each is the body of a tool's `run`: whatever it gets hold of goes into `loot`,
// which must be empty in the end. `NOON` is the recorded clock. A fixed one never leaves.

/** An attack: its aim, and its code. */
export interface Attack {
  readonly title: string;
  readonly body: string;
}

const CODE_FROM_TEXT: readonly Attack[] = [
  { title: 'calls eval directly', body: `try { loot.push(eval('1')); } catch {}` },
  { title: 'calls eval indirectly', body: `try { loot.push((0, eval)('1')); } catch {}` },
  {
    title: 'applies eval through Reflect',
    body: `try { loot.push(Reflect.apply(globalThis.eval, null, ['1'])); } catch {}`,
  },
  {
    title: 'reaches the four function constructors through instances',
    body: `for (const f of [function () {}, async () => {}, function* () {}, async function* () {}, class {}, Math.max, host.log, console.log])
      try { loot.push(f.constructor('return 1')); } catch (e) { if (!(e instanceof EvalError)) loot.push(String(e)); }`,
  },
  {
    title: 'climbs to the parent of the function constructors',
    body: `for (const f of [async () => {}, function* () {}, async function* () {}])
      for (let c = f.constructor; c; c = Object.getPrototypeOf(c)) if (typeof c === 'function' && c !== Function.prototype)
        try { loot.push(c('return 1')); } catch {}`,
  },
  {
    title: 'constructs with a native newTarget',
    body: `for (const t of [Object, Array, Date, Proxy, Promise, class extends Function {}])
      try { loot.push(Reflect.construct(Function, ['return 1'], t)); } catch {}`,
  },
  {
    title: 'extends Function',
    body: `try { class F extends Function {} loot.push(new F('return 1')()); } catch {}`,
  },
  {
    title: 'puts the constructors back',
    body: `for (const p of [Function.prototype, Object.getPrototypeOf(async () => {})]) {
      try { p.constructor = Object; } catch {}
      if (Reflect.defineProperty(p, 'constructor', { value: 1 })) loot.push('redefined');
      if (Reflect.deleteProperty(p, 'constructor')) loot.push('deleted');
    }`,
  },
  { title: 'imports a module', body: `try { loot.push(await (new Function('return import("fs")'))()); } catch {}` },
  {
    title: 'imports dynamically',
    body: `for (const name of ['node:fs', 'data:text/javascript,export default 1', './x.js'])
      try { loot.push(await import(name)); } catch (e) { if (!(e instanceof Error)) loot.push('an error of another realm'); }`,
  },
];

const CLOCK: readonly Attack[] = [
  {
    title: 'reads the time through every constructor of Date',
    body: `const D = [Date, Date.prototype.constructor, new Date().constructor, Object.getPrototypeOf(new Date(1)).constructor, class extends Date {}];
      for (const C of D) { if (new C().getTime() !== NOON) loot.push(C.name); if (C.now && C.now() !== NOON) loot.push('now'); }
      if (Date() !== new Date(NOON).toString()) loot.push('Date()');
      if (Reflect.construct(Date, []).getTime() !== NOON) loot.push('construct');
      if (Reflect.construct(Date, [], Object).valueOf === undefined) loot.push('newTarget');`,
  },
  {
    title: 'reads the time through Temporal',
    body: `const N = Temporal.Now;
      for (const text of [N.instant(), N.zonedDateTimeISO(), N.zonedDateTimeISO('Asia/Tokyo').toInstant(), N.plainDateTimeISO()])
        if (!String(text).startsWith('2026-01-15T12:00:00')) loot.push(String(text));
      if (N.instant().epochMilliseconds !== NOON || N.instant().epochNanoseconds % 1000000n !== 0n) loot.push('finer');
      if (String(N.plainDateISO()) !== '2026-01-15' || String(N.plainTimeISO()) !== '12:00:00') loot.push('plain');`,
  },
  {
    title: 'finds another Now behind the classes of Temporal',
    body: `const seen = new Set(); const queue = [new Date().toTemporalInstant()];
      while (queue.length) { const o = queue.pop(); if (Object(o) !== o || seen.has(o)) continue; seen.add(o);
        for (const k of Reflect.ownKeys(o)) { if (k === 'instant' || k === 'Now') loot.push(String(k)); const d = Reflect.getOwnPropertyDescriptor(o, k); queue.push(d.value, d.get); }
        queue.push(Object.getPrototypeOf(o)); if (seen.size > 5000) break; }`,
  },
  {
    title: 'formats the present through Intl',
    body: `const f = new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeStyle: 'full' }); const noon = f.format(NOON);
      const get = Reflect.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format').get;
      const texts = [f.format(), f.format(undefined), get.call(f)(), f.formatToParts().map((p) => p.value).join(''), f.formatToParts(undefined).map((p) => p.value).join('')];
      try { texts.push(Reflect.apply(f.formatToParts, f, [])&&noon); } catch {}
      texts.forEach((text, i) => { if (text !== noon) loot.push(i + text); });
      if (f.format !== f.format) loot.push('identity');
      try { loot.push(f.formatRange()); } catch {}
      try { loot.push(f.formatRange(undefined, undefined)); } catch {}
      class G extends Intl.DateTimeFormat {} if (!new G('en-US').format().includes('1/15/2026')) loot.push('subclass');`,
  },
  {
    title: 'keeps an early getter of Intl and of Temporal',
    body: `for (const name of ['Intl', 'Temporal']) { const d = Reflect.getOwnPropertyDescriptor(globalThis, name); if (d.get) { const a = d.get(); if (d.get() !== a || globalThis[name] !== a) loot.push(name); } }
      if (!Intl.DateTimeFormat().format().includes('1/15/2026')) loot.push(Intl.DateTimeFormat().format());`,
  },
  {
    title: 'runs out of stack while Intl and Temporal are first built',
    body: `for (const [name, read] of [['Intl', () => new Intl.DateTimeFormat().format()], ['Temporal', () => String(Temporal.Now.instant())]]) {
        // To the bottom, and on the way up one try per frame: the first ones fail half-way.
        let text; let failed = 0; const dive = () => { try { dive(); } catch {} if (text === undefined) try { text = read(); } catch { failed++; } };
        dive(); if (failed === 0) loot.push('never short of stack');
        if (!/^(1.15.2026|2026-01-15T12:00:00Z)$/.test(text) || !Object.isFrozen(globalThis[name])) loot.push(name + text);
      }
      if (!Object.isFrozen(Intl.DateTimeFormat.prototype) || new Intl.DateTimeFormat().formatToParts().length !== 5) loot.push('half');
      if (!/^1.15.2026$/.test(new Intl.DateTimeFormat().formatToParts().map((p) => p.value).join(''))) loot.push('real');`,
  },
  {
    title: 'bends the Temporal classes before the namespace is built',
    body: `const { Instant, zdt } = (() => { const i = new Date().toTemporalInstant(); return { Instant: i.constructor, zdt: i.toZonedDateTimeISO('UTC') }; })();
      const given = []; Instant.prototype.toZonedDateTimeISO = function (...args) { given.push(this, ...args); return zdt; };
      const now = Temporal.Now.instant(); for (const x of given) if (typeof x !== 'string' && !(x instanceof Instant)) loot.push(x);
      if (now.epochMilliseconds !== NOON) loot.push(String(now));`,
  },
  {
    title: 'looks for timers and finer clocks',
    body: `for (const name of ['performance', 'setTimeout', 'setInterval', 'setImmediate', 'Atomics', 'SharedArrayBuffer', 'process', 'require', 'module', 'gc', 'd8', 'quit', 'print'])
      if (name in globalThis || Reflect.has(Object.getPrototypeOf(globalThis), name)) loot.push(name);`,
  },
  {
    title: 'moves the recorded clock',
    body: `try { Date.now = () => 1; } catch {} if (Date.now() !== NOON) loot.push('assigned');
      if (Reflect.defineProperty(Date, 'now', { value: () => 1 })) loot.push('defined');
      try { Number.prototype.valueOf = () => 1; } catch {} if (new Date().getTime() !== NOON) loot.push('valueOf');`,
  },
  {
    title: 'draws real randomness',
    body: `const first = [Math.random(), Math.random()]; if (first.some((x) => !(x >= 0 && x < 1))) loot.push('range');
      if (first[0] !== input.first) loot.push(first[0]);
      for (const name of ['crypto', 'Crypto']) if (name in globalThis) loot.push(name);
      try { Math.random = () => 0; loot.push('assigned'); } catch {}`,
  },
];

const MEMORY: readonly Attack[] = [
  {
    title: 'makes a buffer that grows',
    body: `for (const C of [ArrayBuffer, ArrayBuffer.prototype.constructor, new Uint8Array(1).buffer.constructor, new ArrayBuffer(1).slice(0).constructor, class extends ArrayBuffer {}])
      try { loot.push(new C(8, { maxByteLength: 1 << 30 })); } catch {}
      try { loot.push(Reflect.construct(ArrayBuffer, [8, { maxByteLength: 64 }])); } catch {}
      let reads = 0; try { const b = new ArrayBuffer(8, { get maxByteLength() { return reads++ ? 64 : undefined; } }); if (b.byteLength !== 8) loot.push('length'); } catch {} if (reads > 1) loot.push('asked twice');
      for (const k of ['resize', 'transfer', 'transferToFixedLength', 'resizable', 'maxByteLength']) if (k in ArrayBuffer.prototype) loot.push(k);`,
  },
  {
    title: 'finds the removed names again',
    body: `for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry', 'gc', 'ShadowRealm']) {
      if (name in globalThis) loot.push(name);
      try { loot.push(new Function('return ' + name)()); } catch {}
    }`,
  },
];

const REALMS: readonly Attack[] = [
  {
    title: "reaches another realm's intrinsics through what the host gave it",
    body: `const seen = new Set(); const queue = [input, host, host.context, globalThis, console, arguments];
      try { await host.call('x'); } catch (e) { queue.push(e); } try { host.fail('x'); } catch (e) { queue.push(e); } try { eval(''); } catch (e) { queue.push(e); } try { null.x; } catch (e) { queue.push(e); } queue.push(host.sleep(0));
      while (queue.length) { const o = queue.pop(); if ((typeof o !== 'object' && typeof o !== 'function') || o === null || seen.has(o)) continue; seen.add(o);
        if (typeof o === 'function' && o !== Function.prototype && !(o instanceof Function)) loot.push('function of another realm ' + o.name);
        if (typeof o === 'object' && !(o instanceof Object) && o !== Object.prototype && Object.getPrototypeOf(o) !== null) loot.push('object of another realm');
        for (const k of Reflect.ownKeys(o)) { const d = Reflect.getOwnPropertyDescriptor(o, k); queue.push(d.value, d.get, d.set); } queue.push(Object.getPrototypeOf(o)); }`,
  },
  {
    title: 'walks up the call stack with caller and arguments',
    body: `const sloppy = globalThis.sloppyFunctions ?? []; function f() { try { return [f.caller, f.arguments]; } catch { return []; } }
      const g = { toJSON() { try { return g.toJSON.caller; } catch {} } }; JSON.stringify(g);
      for (const x of f()) if (x !== null && x !== undefined) loot.push(typeof x);
      try { loot.push(arguments.callee.caller); } catch {}`,
  },
  {
    title: 'reads call sites through prepareStackTrace',
    body: `let got; try { Error.prepareStackTrace = (e, frames) => { got = frames; return ''; }; } catch {}
      Reflect.defineProperty(Error, 'prepareStackTrace', { value: (e, frames) => { got = frames; } });
      void new Error('x').stack; const o = {}; Error.captureStackTrace(o); void o.stack;
      globalThis.Error = class extends Error { static prepareStackTrace(e, frames) { got = frames; } }; try { null.x; } catch (e) { void e.stack; }
      if (got !== undefined) loot.push('frames');`,
  },
  {
    title: 'feeds the stack formatter call sites of its own',
    body: `const format = Reflect.getOwnPropertyDescriptor(Error, 'prepareStackTrace').get(); let receiver;
      try { format({ get name() { receiver = this; throw 1; } }, [{ getFileName() { return 'glovebox:tool'; }, toString() { return 'x'; } }]); } catch {}
      if (Object.keys(globalThis).includes('turn')) loot.push('turn');`,
  },
  {
    title: 'finds frames or paths of the host in a stack',
    body: `const deep = (n) => n ? deep(n - 1) : new Error('x').stack; Error.stackTraceLimit = 200;
      const texts = [new Error('x').stack, deep(20), (() => { const o = {}; Error.captureStackTrace(o); return o.stack; })()];
      try { eval(''); } catch (e) { texts.push(e.stack); } try { host.fail('x'); } catch (e) { texts.push(e.stack); } try { await host.call('y'); } catch (e) { texts.push(e.stack); }
      [1].map(() => texts.push(new Error('in a builtin').stack)); await null; texts.push(new Error('late').stack);
      for (const text of texts) if (/prelude|isolated-vm|\\/|\\.ts|\\.mjs|node:/.test(text)) loot.push(text);`,
  },
  {
    title: 'reads the prelude off the global object',
    body: `for (const key of Reflect.ownKeys(globalThis)) if (/prelude|turn|post|host|tool|ivm|isolate/i.test(String(key))) loot.push(String(key));`,
  },
];

const TAMPERING: readonly Attack[] = [
  {
    title: 'pollutes the prototypes the prelude leans on',
    body: `for (const p of [Object, Array, String, RegExp, Promise, Map, WeakMap, Set, Number, Function, Uint8Array, Date, Symbol, Iterator]) {
      if (Reflect.defineProperty(p.prototype, 'evil', { value: 1 })) loot.push(p.name);
      if (Reflect.set(p.prototype, 'get', () => 1)) loot.push(p.name + ' get');
      for (const k of Reflect.ownKeys(p.prototype)) try { if (Reflect.defineProperty(p.prototype, k, { value: () => 'evil' })) loot.push(p.name + String(k)); } catch {}
      if (p.prototype !== Object.prototype && Reflect.setPrototypeOf(p.prototype, null)) loot.push(p.name + ' prototype');
    }`,
  },
  {
    title: 'pollutes iterators',
    body: `for (const o of [[][Symbol.iterator](), ''[Symbol.iterator](), new Map()[Symbol.iterator](), new Set().values(), (function* () {})(), (async function* () {})(), ''.matchAll(/x/g)])
      for (let p = Object.getPrototypeOf(o); p && p !== Object.prototype; p = Object.getPrototypeOf(p))
        if (Object.keys(Object.getOwnPropertyDescriptors(p)).length > 0 && Reflect.set(p, 'next', () => ({ done: true }), p) ) loot.push(String(p));`,
  },
  {
    title: 'replaces the statics the prelude calls',
    body: `for (const [o, keys] of [[JSON, ['parse', 'stringify']], [Reflect, ['apply', 'get', 'defineProperty', 'ownKeys']], [Object, ['freeze', 'keys', 'getPrototypeOf', 'hasOwn']], [Math, ['min', 'max']], [Number, ['isFinite', 'parseInt']], [Array, ['isArray']], [Uint8Array, ['fromBase64']]])
      for (const k of keys) { if (Reflect.defineProperty(o, k, { value: () => 'evil' })) loot.push(k); if (Reflect.set(o, k, () => 'evil')) loot.push(k); }`,
  },
  {
    title: 'reaches bookkeeping through the methods of functions',
    body: `const evil = function () { loot.push('called'); };
      for (const f of [Map.prototype.get, Map.prototype.set, WeakMap.prototype.get, WeakMap.prototype.set, Reflect.apply, JSON.stringify, Array.prototype.includes, String.prototype.slice, RegExp.prototype.exec, RegExp.prototype.test])
        for (const k of ['call', 'apply', 'bind']) Reflect.defineProperty(f, k, { value: evil });
      console.log('x'); host.log({ a: 1 }); try { host.fail('x'); } catch {} await host.sleep(1).catch(() => {}); host.content.text('t'); host.progress(0.1);`,
  },
];

const MISREPORTING: readonly Attack[] = [
  {
    title: 'changes the host object',
    body: `for (const k of Reflect.ownKeys(host)) if (Reflect.defineProperty(host, k, { value: 1 })) loot.push(String(k));
      for (const k of Reflect.ownKeys(host.content)) if (Reflect.set(host.content, k, 1)) loot.push(String(k));
      if (Reflect.set(host, 'x', 1)) loot.push('x'); const c = host.context; if (Reflect.set(c, 'y', 1) || Reflect.set(c.list, 0, 1)) loot.push('context');`,
  },
  {
    title: 'calls what was not granted under a changing name',
    body: `let n = 0; const names = [{ toString() { return n++ ? 'kv.write' : 'time.sleep'; } }, ['time.sleep'], new String('time.sleep'), Symbol('time.sleep'), 'TIME.SLEEP', 'kv.write', '', undefined];
      for (const name of names) try { loot.push(await host.call(name, {})); } catch (e) { if (e.code !== 'GRANT_MISSING') loot.push(String(e)); }`,
  },
  {
    title: 'intercepts the promises of calls',
    body: `let seen = 0; const p = host.sleep(1); try { p.constructor = { [Symbol.species]: class { constructor(f) { seen++; f(() => {}, () => {}); } } }; } catch {} await p.then(() => {});
      try { Object.defineProperty(Promise, Symbol.species, { value: null }); loot.push('species'); } catch {}`,
  },
];

/** All attacks. */
export const ATTACKS: readonly Attack[] = [
  ...CODE_FROM_TEXT,
  ...CLOCK,
  ...MEMORY,
  ...REALMS,
  ...TAMPERING,
  ...MISREPORTING,
];

/** The tool that carries out an attack. */
export function attackTool(attack: Attack): string {
  return `export default { async run(input, host) { const NOON = input.noon; const loot = []; ${attack.body}\n return { loot }; } };`;
}
