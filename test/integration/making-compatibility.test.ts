// What callers of a tool notice of its next version, through the whole making path: the real jail, the real store.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';

import type { Json } from '#sandbox';
import { LOCAL_PRINCIPAL as principal } from '#host/base';
import type { Change } from '#host/registry';
import { failureOf, openMaker, type TestMaker } from '../fixtures/making/open-maker.ts';

const { tenant } = principal;
const SOURCE = 'export default { run: (input) => input };';
const STRING: Json = { type: 'string' };
const NUMBER: Json = { type: 'number' };

function schema(properties: Readonly<Record<string, Json>>, ...required: readonly string[]): Json {
  return { type: 'object', properties, required };
}

suite('a next version', () => {
  let maker: TestMaker;
  before(async () => {
    maker = await openMaker();
  });
  after(() => maker[Symbol.asyncDispose]());

  async function history(tool: string): Promise<readonly unknown[]> {
    const versions = await maker.app.registry.versions(tenant, tool);
    return versions.map(({ version, semver, change }) => [version, semver, change?.kind]);
  }

  // Proves making.breaking-refused.
  test('that breaks calls is refused before it runs, with the changes; allowed, it is published', async () => {
    await maker.create({ name: 'broken', inputSchema: schema({ a: STRING }) }, SOURCE);
    const next = {
      name: 'broken',
      inputSchema: schema({ a: NUMBER, b: STRING }, 'b'),
      outputSchema: schema({ a: NUMBER }),
    };
    const refused = await failureOf(maker.create(next, SOURCE));
    assert.deepEqual([refused.code, refused.step, refused.data?.['version']], ['CHANGE_BREAKING', 'inspect', 1]);
    const changes = refused.data?.['changes'] as readonly Change[];
    assert.deepEqual(
      changes.map(({ role, path, kind }) => [kind, role, path].join(' ')),
      ['breaking input /b', 'breaking input /a', 'additive output /a'],
    );
    assert.equal(maker.app.registry.list(tenant).find(({ tool }) => tool === 'broken')?.version, 1);
    const [row] = await maker.app.ledger.makings(tenant, { limit: 1 });
    assert.deepEqual([row?.verdict, row?.failure?.code], ['failed', 'CHANGE_BREAKING']);

    const made = await maker.create(next, SOURCE, { allowBreaking: true });
    assert.equal(made.version, 2);
    assert.deepEqual(await history('broken'), [
      [2, '2.0.0', 'breaking'],
      [1, '1.0.0', undefined],
    ]);
  });

  // Proves registry.pinned-calls.
  test('that breaks calls leaves those of an older version alone', async () => {
    const answering = (value: string): string => `export default { run: () => ({ value: ${value} }) };`;
    await maker.create({ name: 'pinned', outputSchema: schema({ value: STRING }, 'value') }, answering("'one'"));
    const next = { name: 'pinned', outputSchema: schema({ value: NUMBER }, 'value') };
    await maker.create(next, answering('2'), { allowBreaking: true });
    const [first, second] = [await maker.call('pinned@1'), await maker.call('pinned')];
    assert.deepEqual([first.ok && first.output, second.ok && second.output], [{ value: 'one' }, { value: 2 }]);
    assert.deepEqual([first.version, second.version], [1, 2]);
  });

  // Proves making.semver, making.history.
  test('is published as the semantic version that says how much changed, and keeps its digest', async () => {
    const base = { name: 'raised', inputSchema: schema({ a: STRING }) };
    const first = await maker.create(base, SOURCE);
    await maker.create(base, 'export default { run: (input) => ({ ...input }) };');
    await maker.create({ ...base, description: 'Better.' }, SOURCE);
    await maker.create({ ...base, inputSchema: schema({ a: STRING, b: STRING }) }, SOURCE);
    await maker.create({ ...base, version: '3.0.0', inputSchema: schema({ a: STRING, b: STRING, c: STRING }) }, SOURCE);
    const kept = { ...base, version: '3.0.0', inputSchema: schema({ a: STRING, b: STRING, c: STRING, d: STRING }) };
    const last = await maker.create(kept, SOURCE);
    assert.deepEqual(await history('raised'), [
      [6, '3.1.0', 'additive'],
      [5, '3.0.0', 'additive'],
      [4, '1.1.0', 'additive'],
      [3, '1.0.2', 'description'],
      [2, '1.0.1', 'none'],
      [1, '1.0.0', undefined],
    ]);
    const again = await maker.create(kept, SOURCE);
    assert.deepEqual([again.unchanged, again.digest], [true, last.digest]);
    const back = await maker.create(base, SOURCE, { allowBreaking: true });
    assert.deepEqual([back.version, back.digest], [1, first.digest]);
    assert.equal(maker.app.registry.list(tenant).find(({ tool }) => tool === 'raised')?.semver, '1.0.0');
  });

  test('of another lineage takes a name over whatever it breaks, and begins with its own semantic version', async () => {
    await maker.create({ name: 'plain', inputSchema: schema({ a: STRING }, 'a'), version: '4.2.0' }, SOURCE);
    await maker.generate({}, { name: 'plain', replace: true });
    const [taken] = await maker.app.registry.versions(tenant, 'plain');
    assert.deepEqual([taken?.version, taken?.semver, taken?.lineage], [2, '1.0.0', 'template:plain']);
    assert.equal(taken?.change?.against, 1);
  });

  test('is compared with what another process published meanwhile', async () => {
    await maker.create({ name: 'raced', inputSchema: schema({ a: STRING }) }, SOURCE);
    const { app } = maker;
    const live = await app.registry.get(tenant, 'raced');
    const onStep = async ({ step }: { readonly step: string }): Promise<void> => {
      if (step !== 'inspect') return;
      const manifest = { ...live.manifest, inputSchema: { type: 'object', properties: { a: NUMBER } } } as const;
      const artifact = { ...live.artifact, digest: 'f'.repeat(64) };
      await app.registry.publish(principal, { ...live, manifest, artifact, source: '', sourceMap: '{}', report: [] });
    };
    const published: Promise<void>[] = [];
    const making = maker.create(
      { name: 'raced', inputSchema: schema({ a: STRING, b: STRING }), examples: [{ input: {} }] },
      SOURCE,
      {
        onStep: (step) => void published.push(onStep(step)),
      },
    );
    const failure = await failureOf(making);
    await Promise.all(published);
    assert.deepEqual([failure.code, failure.step, failure.data?.['version']], ['CHANGE_BREAKING', 'publish', 2]);
  });
});
