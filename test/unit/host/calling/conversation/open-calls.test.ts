import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { createCapabilities } from '#host/capabilities';
import {
  areAnswered,
  requestsOf,
  takeAnswers,
  toJournal,
  type OpenCall,
} from '../../../../../host/calling/conversation/open-calls.ts';

const CAPABILITIES = createCapabilities({ setShown: () => true, announceUpdate: () => undefined });
const ASK: OpenCall = { call: 2, capability: 'client.ask', args: '{"key":"sure","message":"Sure?"}' };
const ROOTS: OpenCall = { call: 3, capability: 'client.roots', args: '{}' };
const OPEN = [ASK, ROOTS];

function take(open: readonly OpenCall[], answers: Readonly<Record<string, unknown>>): readonly OpenCall[] {
  return takeAnswers(open, answers, 'greet', CAPABILITIES);
}

suite('takeAnswers', () => {
  test('keeps what fits, round by round, and leaves out the rest', () => {
    const once = take(OPEN, { sure: { action: 'accept', content: {} }, input_3: 5, other: { action: 'accept' } });
    assert.deepEqual(once, [{ ...ASK, value: '{"action":"accept","content":{}}' }, ROOTS]);
    assert.equal(areAnswered(once), false);
    assert.deepEqual(Object.keys(requestsOf(once, 'greet', CAPABILITIES)), ['input_3']);
    const twice = take(once, { sure: { action: 'decline' }, input_3: { roots: [] } });
    assert.deepEqual(twice, [once[0], { ...ROOTS, value: '[]' }]);
    assert.equal(areAnswered(twice), true);
  });

  test('leaves the calls themselves where nothing fits', () => {
    const same = take(OPEN, { sure: null });
    assert.ok(same.every((call, index) => call === OPEN[index]));
  });

  test('looks at no answer but those the client gave', () => {
    const inherited: OpenCall = { call: 1, capability: 'client.roots', args: '{"key":"toString"}' };
    assert.deepEqual(take([inherited], {}), [inherited]);
  });

  test('takes an answer of more than a megabyte as none', () => {
    const content = { type: 'text', text: 'x'.repeat(1024 * 1024) };
    const args = '{"messages":[{"role":"user","content":"x"}],"maxTokens":1}';
    const sample: OpenCall = { call: 1, capability: 'client.sample', args };
    assert.deepEqual(take([sample], { input_1: { role: 'assistant', content, model: 'm' } }), [sample]);
  });
});

suite('requestsOf', () => {
  test('names each question by its key', () => {
    assert.deepEqual(requestsOf(OPEN, 'greet', CAPABILITIES), {
      sure: {
        method: 'elicitation/create',
        params: { message: '[greet] Sure?', requestedSchema: { type: 'object', properties: {} } },
      },
      input_3: { method: 'roots/list', params: {} },
    });
  });
});

suite('toJournal', () => {
  test('puts the answers in the order of their questions', () => {
    const answered = take(OPEN, { input_3: { roots: [] }, sure: { action: 'cancel' } });
    assert.deepEqual(toJournal(answered, 5), [
      { ...ASK, ok: true, value: '{"action":"cancel"}', clockMs: 5 },
      { ...ROOTS, ok: true, value: '[]', clockMs: 5 },
    ]);
  });
});
