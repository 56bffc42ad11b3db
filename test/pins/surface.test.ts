// Every name a tool can reach is in surface.txt with the reason why it is safe, and nothing else is reachable.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createSandbox, readSurface, type Surface } from '#sandbox';
import { outputOf, run, toolOf } from '../fixtures/jail/tools.ts';

/** Names that stand nowhere in a path. */
const ABSENT = [
  // Code made of text, or loaded.
  'ShadowRealm',
  'require',
  // Memory that the heap limit does not count, and memory that threads share.
  'WebAssembly',
  'SharedArrayBuffer',
  'Atomics',
  'resize',
  'resizable',
  'maxByteLength',
  'transfer',
  'grow',
  // What shows when the collector runs, or makes it run.
  'WeakRef',
  'FinalizationRegistry',
  'gc',
  // Real clocks, timers, randomness.
  'performance',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'crypto',
  // The host's own.
  'process',
  'Buffer',
  'Reference',
];

interface Section {
  readonly about: readonly string[];
  readonly reason: string;
  readonly lines: readonly string[];
}

const SECTIONS = readFileSync(join(import.meta.dirname, 'surface.txt'), 'utf8')
  .split(/^(?=# About: )/m)
  .slice(1)
  .map(parseSection);

function parseSection(text: string): Section {
  const lines = text.split('\n').filter((line) => line !== '');
  const head = lines.filter((line) => line.startsWith('# ')).map((line) => line.slice(2));
  const [, about = '', reason = ''] = /^About: (.*)\. Safe: (.*)$/.exec(head.join(' ')) ?? [];
  return { about: about.split(', '), reason, lines: lines.filter((line) => !line.startsWith('# ')) };
}

function rootOf(path: string): string {
  return /^(?:%[^%]+%|<[^>]+>|[\w$]+)/.exec(path)?.[0] ?? path;
}

// Proves jail.surface-pinned.
describe('the surface of the jail', () => {
  const sandbox = createSandbox({ lanes: 1 });
  let surface: Surface;
  before(async () => {
    surface = await readSurface(sandbox, { tenant: 'pins' });
  });
  after(() => sandbox[Symbol.asyncDispose]());

  it('is what surface.txt lists', () => {
    const pinned = new Set(SECTIONS.flatMap(({ lines }) => lines));
    const actual = new Set([...surface].map(([path, kind]) => `${path} ${kind}`));
    assert.deepEqual([...actual.difference(pinned)], [], 'reachable, and nobody wrote why that is safe');
    assert.deepEqual([...pinned.difference(actual)], [], 'not reachable any more');
  });

  it('has a reason for each name at the beginning of a path', () => {
    for (const { about, reason, lines } of SECTIONS) {
      assert.deepEqual(new Set(lines.map(rootOf)), new Set(about));
      assert.match(reason, /^[A-Z].{30,}\.$/, about.join(', '));
    }
  });

  it('names nothing that must not be there', () => {
    const steps = new Set([...surface.keys()].flatMap((path) => path.split(/[.[\]]+/)));
    assert.deepEqual(
      ABSENT.filter((name) => steps.has(name)),
      [],
    );
    // A grant that nothing implements yet gives no function.
    assert.deepEqual([steps.has('eval'), surface.has('fetch'), surface.has('host.fetch')], [true, false, false]);
  });

  it('has nothing that makes code of text in the place of eval and the function constructors', async () => {
    const tool = toolOf(
      'refusals',
      `const kinds = [() => {}, async () => {}, function* () {}, async function* () {}];
       const makers = [eval, Function, ...kinds.map((kind) => kind.constructor)];
       const nameOf = (act) => { try { act(); return 'made'; } catch (error) { return error.name; } };
       return { called: makers.map((make) => nameOf(() => make('1'))), made: makers.map((make) => nameOf(() => new make('1'))) };`,
    );
    const refused = outputOf(await run(sandbox, tool));
    // What stands for eval cannot be called with new at all.
    assert.deepEqual(refused, {
      called: Array<string>(6).fill('EvalError'),
      made: ['TypeError', ...Array<string>(5).fill('EvalError')],
    });
  });
});
