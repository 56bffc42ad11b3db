// `glovebox surface`, as a security team would use it: keep what a tool can reach, and be told when that changes.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createWorkplace } from '../fixtures/e2e/workplace.ts';

const PINNED = join(import.meta.dirname, '../pins/surface.txt');

// Proves command.surface.
describe('glovebox surface', () => {
  const place = createWorkplace();
  let lines: readonly string[];
  before(async () => {
    const { exitCode, stdout, stderr } = await place.run(['surface']);
    assert.deepEqual([exitCode, stderr], [0, '']);
    writeFileSync(join(place.cwd, 'surface.txt'), stdout);
    lines = stdout.trimEnd().split('\n');
  });
  after(() => place[Symbol.dispose]());

  it('prints the engine, then a name and its kind per line, in a stable order', () => {
    const [engine = '', ...names] = lines;
    assert.equal(engine, `# node ${process.versions.node}, v8 ${process.versions.v8}`);
    assert.deepEqual(names, names.toSorted());
    for (const name of [
      'Array.prototype.map function',
      'host.ask function',
      'hostWithoutGrants[[Prototype]].ask accessor',
    ]) {
      assert.ok(names.includes(name), name);
    }
  });

  it('prints the same as one document', async () => {
    const { names } = await place.answer<{ readonly names: Record<string, string> }>(['surface']);
    assert.deepEqual(
      Object.entries(names).map(([path, kind]) => `${path} ${kind}`),
      lines.slice(1),
    );
  });

  it('says that nothing changed, to its own file and to the one in the repository', async () => {
    for (const file of ['surface.txt', PINNED]) {
      const { added, removed, changed } = await place.answer<Record<string, unknown>>(['surface', '--diff', file]);
      assert.deepEqual({ added, removed, changed }, { added: [], removed: [], changed: [] });
    }
  });

  it('tells what changed, and exits 1', async () => {
    const old = readFileSync(join(place.cwd, 'surface.txt'), 'utf8');
    const before = old.replace(/^eval .*\n/m, '').replace('\nhost.ask function\n', '\nhost.ask object\n');
    writeFileSync(join(place.cwd, 'before.txt'), `${before}gc function\n`);
    const { code, data } = await place.refusal(['surface', '--diff', 'before.txt']);
    assert.equal(code, 'SURFACE_CHANGED');
    const { engine: _engine, ...change } = data ?? {};
    assert.deepEqual(change, {
      added: [{ path: 'eval', kind: 'function' }],
      removed: [{ path: 'gc', kind: 'function' }],
      changed: [{ path: 'host.ask', kind: 'function', was: 'object' }],
    });
    const { exitCode, stdout } = await place.run(['surface', '--diff', 'before.txt']);
    assert.deepEqual([exitCode, stdout], [1, '+ eval function\n- gc function\n~ host.ask object → function\n']);
  });

  it('needs no home, and makes none', () => {
    assert.equal(existsSync(join(place.cwd, '.glovebox')), false);
  });
});
