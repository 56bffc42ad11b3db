import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { runTool, type GuestRun } from '../prelude/guest.ts';

const ASK = { arguments: { topic: 'tides' } };

function render(body: string, input: unknown = ASK): Promise<GuestRun> {
  return runTool(`import { definePrompt } from 'glovebox'; export default definePrompt({ ${body} });`, { input });
}

async function outputOf(body: string, input?: unknown): Promise<unknown> {
  const { output, failure } = await render(body, input);
  assert.equal(failure, undefined);
  return output;
}

async function mistake(body: string, input?: unknown): Promise<string> {
  const { failure } = await render(body, input);
  assert.equal(failure?.code, 'TOOL_THREW');
  return failure.message;
}

describe('definePrompt', () => {
  // Proves prompt.author-forms.
  it('makes one message of the user out of a string', async () => {
    assert.deepEqual(await outputOf('run: (args) => `Explain ${args.topic}.`'), {
      messages: [{ role: 'user', content: { type: 'text', text: 'Explain tides.' } }],
    });
  });

  it('takes every kind of content, bytes as bytes and as base64', async () => {
    const parts = `[
      'plain',
      { type: 'image', data: new Uint8Array([1, 2, 3]), mimeType: 'image/png' },
      { type: 'audio', data: 'AQID', mimeType: 'audio/wav' },
      { type: 'resource', resource: { uri: 'notes://a', text: 'A' } },
      { type: 'resource', resource: { uri: 'notes://b', mimeType: 'a/b', blob: new Uint8Array([255]) } },
      { type: 'resource_link', uri: 'notes://c', name: 'c', ignored: 1 },
    ]`;
    const output = await outputOf(
      `async run() { return { description: 'd', messages: ${parts}.map((content) => ({ role: 'assistant', content })) }; }`,
    );
    const contents = [
      { type: 'text', text: 'plain' },
      { type: 'image', data: 'AQID', mimeType: 'image/png' },
      { type: 'audio', data: 'AQID', mimeType: 'audio/wav' },
      { type: 'resource', resource: { uri: 'notes://a', text: 'A' } },
      { type: 'resource', resource: { uri: 'notes://b', mimeType: 'a/b', blob: '/w==' } },
      { type: 'resource_link', uri: 'notes://c', name: 'c' },
    ];
    assert.deepEqual(output, {
      messages: contents.map((content) => ({ role: 'assistant', content })),
      description: 'd',
    });
  });

  it('offers what a completer returns, at most a hundred values', async () => {
    const body = `run: () => 'x', complete: {
      city: (value, others) => ['paris', 'park', others.country].filter((name) => name.startsWith(value)),
      many: () => Array.from({ length: 120 }, (_, at) => String(at)),
    }`;
    const ask = (argument: string) => ({ complete: { argument, value: 'par', others: { country: 'paraguay' } } });
    assert.deepEqual(await outputOf(body, ask('city')), {
      values: ['paris', 'park', 'paraguay'],
      total: 3,
      hasMore: false,
    });
    const many = (await outputOf(body, ask('many'))) as { values: string[]; total: number; hasMore: boolean };
    assert.deepEqual([many.values.length, many.total, many.hasMore], [100, 120, true]);
    assert.deepEqual(await outputOf(body, ask('toString')), { values: [] });
  });

  it('names the field in which an author went wrong', async () => {
    const one = (message: string) => `run: () => ({ messages: [${message}] })`;
    assert.match(await mistake(one(`{ role: 'system', content: 'x' }`)), /messages\[0\]\.role .*"system"/);
    assert.match(await mistake(one(`{ role: 'user' }`)), /messages\[0\]\.content must be an object, not undefined/);
    assert.match(await mistake(one(`{ role: 'user', content: { type: 'video' } }`)), /content\.type must be/);
    assert.match(await mistake(one(`{ role: 'user', content: { type: 'image', data: 1 } }`)), /content\.data .*base64/);
    assert.match(await mistake('run: () => ({ messages: [] })'), /at least one message/);
    assert.match(await mistake('run: () => [1]'), /not a list/);
    assert.match(await mistake('run: () => () => 1'), /not a function$/);
    assert.match(await mistake('run: () => 10n ** 99n'), /not 10{39}…/);
    assert.match(
      await mistake(`run: () => 'x', complete: { a: () => [1] }`, { complete: { argument: 'a' } }),
      /strings/,
    );
  });

  it('refuses at load what is no prompt, and says where its file belongs when it is called as a tool', async () => {
    assert.match(await mistake('read: () => 1'), /needs a function run/);
    assert.match(await mistake(`run: () => 'x', complete: { a: ['b'] }`), /complete \}\)\.a must be a function/);
    assert.match(await mistake(`run: () => 'x'`, { city: 'Paris' }), /belongs into the folder "prompts"/);
  });
});
