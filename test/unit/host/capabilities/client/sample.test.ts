import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { readSample } from '../../../../../host/capabilities/client/sample.ts';

const HI = { role: 'user', content: { type: 'text', text: 'hi' } };
const IMAGE = { type: 'image', data: 'AAAA', mimeType: 'image/png' };

function sample(more: object = {}): ReturnType<typeof readSample> {
  return readSample({ messages: [HI], maxTokens: 50, ...more }, 'greeting');
}

suite('readSample', () => {
  test('asks the client in the words of the protocol', () => {
    const more = {
      messages: [HI, { role: 'assistant', content: IMAGE }, { role: 'user', content: 'short' }],
      systemPrompt: 'Be kind.',
      temperature: 0.5,
      stopSequences: ['\n\n'],
      modelPreferences: { hints: [{ name: 'fast' }], speedPriority: 1 },
    };
    assert.deepEqual(sample(more).request, {
      method: 'sampling/createMessage',
      params: {
        ...more,
        maxTokens: 50,
        messages: [
          HI,
          { role: 'assistant', content: IMAGE },
          { role: 'user', content: { type: 'text', text: 'short' } },
        ],
      },
    });
  });

  const refused: Readonly<Record<string, object>> = {
    'no messages': { messages: [] },
    '101 messages': { messages: Array.from({ length: 101 }, () => HI) },
    'a system message': { messages: [{ role: 'system', content: 'x' }] },
    'a resource as content': {
      messages: [{ role: 'user', content: { type: 'resource', resource: { uri: 'a:b', text: '' } } }],
    },
    'no limit': { maxTokens: undefined },
    'no tokens': { maxTokens: 0 },
    'half a token': { maxTokens: 1.5 },
    'another option': { tools: [] },
    'a text for a temperature': { temperature: 'hot' },
    'a priority above 1': { modelPreferences: { costPriority: 2 } },
    'a megabyte': { messages: [{ role: 'user', content: 'x'.repeat(1_000_000) }] },
  };
  for (const [what, more] of Object.entries(refused)) {
    test(`refuses ${what}`, () => {
      assert.throws(() => sample(more), { code: 'ASK_INVALID' });
    });
  }

  test('rebuilds what the model said', () => {
    const { readAnswer } = sample();
    const said = { role: 'assistant', content: { type: 'text', text: 'yo', annotations: {} }, model: 'm', _meta: {} };
    assert.deepEqual(readAnswer(said), { role: 'assistant', content: { type: 'text', text: 'yo' }, model: 'm' });
    assert.deepEqual(readAnswer({ ...said, content: [HI.content, HI.content], stopReason: 'endTurn' }), {
      role: 'assistant',
      content: { type: 'text', text: 'hihi' },
      model: 'm',
      stopReason: 'endTurn',
    });
    assert.deepEqual(readAnswer({ ...said, content: [IMAGE] }), { role: 'assistant', content: IMAGE, model: 'm' });
  });

  test('takes what does not fit as no answer', () => {
    const { readAnswer } = sample();
    const said = { role: 'assistant', content: HI.content, model: 'm' };
    const unfit = [
      null,
      5,
      {},
      { ...said, role: 'system' },
      { ...said, model: 5 },
      { ...said, stopReason: {} },
      { ...said, content: 'text' },
      { ...said, content: [] },
      { ...said, content: [HI.content, IMAGE] },
      { ...said, content: { type: 'tool_use', id: 'a', name: 'b', input: {} } },
    ];
    for (const each of unfit) assert.equal(readAnswer(each), undefined, JSON.stringify(each));
  });
});
