// The surface is read by runs like any other.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createSandbox, NAME_KINDS, readSurface } from '#sandbox';
import { outputOf, run, toolOf } from '../../fixtures/jail/tools.ts';

describe('readSurface', () => {
  const sandbox = createSandbox({ lanes: 1 });
  after(() => sandbox[Symbol.asyncDispose]());

  it('gives the same names in the same order, whatever ran in the cell before', async () => {
    const first = await readSurface(sandbox, { tenant: 'local' });
    const littering = toolOf(
      'litter',
      'globalThis.left = 1; console.left = 1; Error.prototype.name = "left"; return {};',
    );
    assert.deepEqual(outputOf(await run(sandbox, littering)), {});
    const second = await readSurface(sandbox, { tenant: 'local' });
    assert.deepEqual([...second], [...first]);
  });

  it('gives each path a kind, in the order of the paths', async () => {
    const surface = await readSurface(sandbox, { tenant: 'local' });
    const paths = [...surface.keys()];
    assert.deepEqual(paths, paths.toSorted());
    assert.deepEqual(new Set(surface.values()), new Set(NAME_KINDS));
  });

  it('tells what hangs on host with every grant and with none', async () => {
    const surface = await readSurface(sandbox, { tenant: 'local' });
    const kindsOf = (host: string): unknown[] =>
      ['ask', 'sample', 'roots', 'listing', 'updated', 'sleep'].map((name) => surface.get(`${host}.${name}`));
    const granted = ['function', 'function', 'function', 'object', 'function', 'function'];
    assert.deepEqual(kindsOf('host'), granted);
    assert.deepEqual(kindsOf('hostWithoutGrants'), [...Array<undefined>(5).fill(undefined), 'function']);
  });

  it('rejects with RUN_CANCELLED when its signal fires', async () => {
    const reading = readSurface(sandbox, { tenant: 'local', signal: AbortSignal.abort() });
    await assert.rejects(reading, { code: 'RUN_CANCELLED' });
  });
});
