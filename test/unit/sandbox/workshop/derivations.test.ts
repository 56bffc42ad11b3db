import assert from 'node:assert/strict';
import { beforeEach, suite, test } from 'node:test';
import ivm from 'isolated-vm';
import { BenchSupply } from '../../../../sandbox/workshop/bench.ts';
import { Derivations, MAX_KEPT_CHARACTERS } from '../../../../sandbox/workshop/derivations.ts';

/** Engines that answer what their isolate has seen so far, and a random number that tells one run from the next. */
const ENGINES = `(() => {
  const seen = [];
  const answer = (request) => {
    const { text, characters, answer } = JSON.parse(request);
    if (text === 'refused') return JSON.stringify({ failure: { code: 'SCHEMA_INVALID', kind: 'invalid', fault: 'tool', message: String(Math.random()) } });
    seen.push(text);
    return JSON.stringify({ value: answer ?? (seen.join() + ' ' + Math.random()).padEnd(characters, '.') });
  };
  return { toolSchema: answer, template: answer };
})()`;

suite('Derivations', () => {
  let derivations: Derivations;
  beforeEach(() => {
    derivations = new Derivations(new BenchSupply(ivm, ENGINES));
  });
  const derive = (text: string, characters = 0): Promise<string> =>
    derivations.derive('toolSchema', { text, characters });

  test('derives each text in an isolate that has seen no other', async () => {
    const texts = ['a', 'b', 'c', 'd', 'e'];
    const derived = await Promise.all(texts.map((text) => derive(text)));
    assert.deepEqual(
      derived.map((text) => text.split(' ')[0]),
      texts,
    );
  });

  test('derives the same from the same engine and text once', async () => {
    const first = await derive('a');
    assert.equal(await derive('a'), first);
    assert.notEqual(await derive('b'), first);
    assert.notEqual(await derivations.derive('template', { text: 'a', characters: 0 }), first);
  });

  test('forgets what was not asked for the longest time, when it holds too much', async () => {
    const third = Math.floor(MAX_KEPT_CHARACTERS / 3);
    const [a, b] = [await derive('a', third), await derive('b', third)];
    await derive('c', third);
    assert.equal(await derive('a', third), a);
    await derive('d', third);
    assert.equal(await derive('a', third), a);
    assert.notEqual(await derive('b', third), b);
  });

  test('keeps nothing larger than all it may hold', async () => {
    const huge = (): Promise<string> => derive('huge', MAX_KEPT_CHARACTERS + 1);
    assert.notEqual(await huge(), await huge());
  });

  test('keeps no failure', async () => {
    const message = async (): Promise<string> => {
      const error = await derive('refused').catch((thrown: unknown) => thrown);
      assert.equal((error as { code?: unknown }).code, 'SCHEMA_INVALID');
      return (error as Error).message;
    };
    assert.notEqual(await message(), await message());
  });

  test('refuses an answer that is no text with MAKING_CRASHED', async () => {
    await assert.rejects(derivations.derive('template', { answer: { code: 'x' } }), { code: 'MAKING_CRASHED' });
  });
});
