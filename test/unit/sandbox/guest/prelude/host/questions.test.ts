import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { evaluate, runTool, type GuestOptions } from '../guest.ts';

const tool = (body: string): string => `export default { async run(input, host) { ${body} } };`;
const grants = ['client.ask', 'client.sample', 'client.roots', 'kv.read'];

/** What each call of a run carried; every call is answered with its own arguments. */
async function callsOf(body: string): Promise<readonly unknown[]> {
  const calls: unknown[] = [];
  const answer: NonNullable<GuestOptions['answer']> = (capability, args) => {
    calls.push([capability, args]);
    return { text: JSON.stringify(args) };
  };
  const { failure } = await runTool(tool(`${body} return {};`), { grants, answer });
  assert.equal(failure, undefined);
  return calls;
}

describe('questions to the client', () => {
  it('carry what the host knows, and nothing else', async () => {
    const calls = await callsOf(`
      await host.ask({ key: 'name', message: 'Your name?', schema: { type: 'object' }, more: 1 });
      await host.sample({ key: 's', messages: [], maxTokens: 9, systemPrompt: 'p', temperature: 0.5, stopSequences: ['x'], modelPreferences: {}, tools: [] });
      await host.roots({ key: 'r', more: 1 });`);
    assert.deepEqual(calls, [
      ['client.ask', { key: 'name', message: 'Your name?', schema: { type: 'object' } }],
      [
        'client.sample',
        {
          key: 's',
          messages: [],
          maxTokens: 9,
          systemPrompt: 'p',
          temperature: 0.5,
          stopSequences: ['x'],
          modelPreferences: {},
        },
      ],
      ['client.roots', { key: 'r' }],
    ]);
  });

  it('are named after their call where the tool does not name them', async () => {
    const calls = await callsOf(
      `await host.sleep(1); await Promise.all([host.ask({ message: 'a', schema: {} }), host.roots()]);`,
    );
    assert.deepEqual(calls.slice(1), [
      ['client.ask', { key: 'input_2', message: 'a', schema: {} }],
      ['client.roots', { key: 'input_3' }],
    ]);
  });

  it('are named after their own call, even when they make others while they are read', async () => {
    const calls = await callsOf(
      `await host.ask({ get message() { void host.call('kv.read', 1); return 'a'; }, schema: { toJSON() { void host.call('kv.read', 2); return {}; } } });`,
    );
    assert.deepEqual(calls, [
      ['kv.read', 1],
      ['kv.read', 2],
      ['client.ask', { key: 'input_3', message: 'a', schema: {} }],
    ]);
  });

  it('resolve to the answer', async () => {
    const answer = { text: '{"action":"accept","content":{"name":"Ada"}}' };
    const expression = `await host.ask({ message: 'a', schema: {} })`;
    assert.deepEqual(await evaluate(expression, { grants, answer: () => answer }), JSON.parse(answer.text));
  });

  it('reject where there is no question', async () => {
    const expression = `await Promise.all([host.ask(), host.ask('why?'), host.sample(null), host.roots(1)].map((p) => p.catch((e) => e.name)))`;
    assert.deepEqual(await evaluate(expression, { grants }), ['TypeError', 'TypeError', 'TypeError', 'TypeError']);
  });
});
