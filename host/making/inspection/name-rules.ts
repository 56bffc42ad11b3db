// Names in source: those that make code from text, and those of an engine or a runtime that no tool has.

import type { FindingKind } from '#sandbox';
import type { Subject, Suspicions } from './suspicions.ts';
import type { Tokens } from './tokens.ts';

/** What a rule makes of a name; undefined when the name is harmless where it stands. */
type Rule = (tokens: Tokens, index: number) => FindingKind | undefined;

/** Looks at the name at `index`. */
export function inspectName(tokens: Tokens, index: number, subject: Subject, suspicions: Suspicions): void {
  if (!mayHaveRule(tokens.first(index), tokens.size(index))) return;
  const kind = RULES.get(tokens.text(index))?.(tokens, index);
  if (kind !== undefined) suspicions.add(kind, subject, tokens.start(index));
}

const GLOBAL_OBJECTS = ['globalThis', 'window', 'self', 'global', 'top'];
const PROCESS_MEMBERS = new Set(
  (
    'argv binding chdir cwd dlopen env execArgv execPath exit getBuiltinModule hrtime kill mainModule memoryUsage ' +
    'nextTick pid platform ppid release stderr stdin stdout umask version versions'
  ).split(' '),
);
const BUILTIN_MODULE =
  /^(?:node:.*|assert|async_hooks|buffer|child_process|cluster|crypto|dgram|dns|events|fs|fs\/promises|http|http2|https|inspector|module|net|os|path|perf_hooks|process|stream|tls|tty|url|util|v8|vm|wasi|worker_threads|zlib)$/;
/** Decoded literals shorter than this are words, not programs. */
const LONG_LITERAL = 64;

/** Name → what it means. */
const RULES: ReadonlyMap<string, Rule> = new Map([
  ...rulesFor('eval', (tokens, index) => {
    return isGlobal(tokens, index) && !isDefined(tokens, index) ? 'code-from-text' : undefined;
  }),
  ...rulesFor('Function AsyncFunction GeneratorFunction AsyncGeneratorFunction', (tokens, index) => {
    return isGlobal(tokens, index) && isCalled(tokens, index) ? 'code-from-text' : undefined;
  }),
  ...rulesFor('constructor', constructorRule),
  ...rulesFor('globalThis', (tokens, index) => (tokens.isMark(index + 1, '[') ? 'computed-chain' : undefined)),
  ...rulesFor('process', processRule),
  ...rulesFor('require', (tokens, index) => {
    return isGlobal(tokens, index) && tokens.isMark(index + 1, '(') ? 'engine-internals' : undefined;
  }),
  ...rulesFor('import', importRule),
  ...rulesFor('from', (tokens, index) => (isBuiltin(tokens, index + 1) ? 'engine-internals' : undefined)),
  ...rulesFor('callee', (tokens, index) => (tokens.isNamed(index - 2, 'arguments') ? 'engine-internals' : undefined)),
  ...rulesFor('WebAssembly SharedArrayBuffer Atomics FinalizationRegistry', (tokens, index) => {
    return isGlobal(tokens, index) ? 'engine-internals' : undefined;
  }),
  ...rulesFor(
    '__proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ prepareStackTrace internalBinding ' +
      'getBuiltinModule dlopen applySyncPromise',
    () => 'engine-internals',
  ),
  ...rulesFor('atob unescape decodeURIComponent decodeURI fromBase64 fromHex', decoderRule),
]);

function rulesFor(names: string, rule: Rule): [string, Rule][] {
  return names.split(' ').map((name) => [name, rule]);
}

/** First character → the lengths of the names that start with it, a bit each: most names are none of them. */
const LENGTHS = createLengths();

function createLengths(): ReadonlyMap<number, number> {
  const lengths = new Map<number, number>();
  for (const name of RULES.keys()) {
    const first = name.charCodeAt(0);
    lengths.set(first, (lengths.get(first) ?? 0) | (1 << name.length));
  }
  return lengths;
}

function mayHaveRule(first: number, length: number): boolean {
  return length < 32 && ((LENGTHS.get(first) ?? 0) & (1 << length)) !== 0;
}

/** Whether the name is no member of anything, or one of the global object. */
function isGlobal(tokens: Tokens, index: number): boolean {
  if (!tokens.isMark(index - 1, '.')) return true;
  // `a?.b` has its question mark as a token of its own.
  const owner = tokens.isMark(index - 2, '?') ? index - 3 : index - 2;
  return GLOBAL_OBJECTS.some((name) => tokens.isNamed(owner, name));
}

/** Whether the name is being given to something of the author's own: `eval: …`, `function eval`, `eval?: …`. */
function isDefined(tokens: Tokens, index: number): boolean {
  if (tokens.isNamed(index - 1, 'function') || tokens.isMark(index + 1, ':')) return true;
  return tokens.isMark(index + 1, '?') && tokens.isMark(index + 2, ':');
}

/** `F(…)` and `new F`; as a type alone it does nothing. */
function isCalled(tokens: Tokens, index: number): boolean {
  return tokens.isMark(index + 1, '(') || tokens.isNamed(index - 1, 'new');
}

/** A class may ask for its own constructor; the constructor of anything else leads to `Function`. */
function constructorRule(tokens: Tokens, index: number): FindingKind | undefined {
  if (!tokens.isMark(index - 1, '.')) return undefined;
  const leadsOn = tokens.isMark(index + 1, '.') && tokens.isNamed(index + 2, 'constructor');
  const isCall = tokens.isMark(index + 1, '(') && !tokens.isNamed(index - 2, 'this');
  return leadsOn || isCall ? 'code-from-text' : undefined;
}

function processRule(tokens: Tokens, index: number): FindingKind | undefined {
  if (!isGlobal(tokens, index)) return undefined;
  if (tokens.isMark(index - 1, '.')) return 'engine-internals';
  const dot = tokens.isMark(index + 1, '?') ? index + 2 : index + 1;
  const isMember = tokens.isMark(dot, '.') && PROCESS_MEMBERS.has(tokens.text(dot + 1));
  const isComputed = tokens.isMark(dot, '[') && tokens.is(dot + 1, 'string');
  return isMember || isComputed ? 'engine-internals' : undefined;
}

/** A tool imports its own files and `glovebox`; a type may do so in the form of a call. */
function importRule(tokens: Tokens, index: number): FindingKind | undefined {
  if (tokens.isMark(index - 1, '.')) return undefined;
  if (isBuiltin(tokens, index + 1)) return 'engine-internals';
  if (tokens.isMark(index + 1, '.') && tokens.isNamed(index + 2, 'meta')) return 'engine-internals';
  if (!tokens.isMark(index + 1, '(')) return undefined;
  const isOwn = tokens.is(index + 2, 'string') && /^(?:\.|glovebox$)/.test(tokens.inner(index + 2));
  return isOwn && tokens.isMark(index + 3, ')') ? undefined : 'engine-internals';
}

function isBuiltin(tokens: Tokens, index: number): boolean {
  return tokens.is(index, 'string') && tokens.size(index) < LONG_LITERAL && BUILTIN_MODULE.test(tokens.inner(index));
}

function decoderRule(tokens: Tokens, index: number): FindingKind | undefined {
  const isLong = tokens.is(index + 2, 'string') && tokens.size(index + 2) >= LONG_LITERAL;
  return tokens.isMark(index + 1, '(') && isLong ? 'decoded-literal' : undefined;
}
