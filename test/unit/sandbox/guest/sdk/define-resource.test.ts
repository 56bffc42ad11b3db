import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { runTool, type GuestRun } from '../prelude/guest.ts';

const ASK = { uri: 'notes://7', variables: { id: '7' } };

function read(body: string, input: unknown = ASK): Promise<GuestRun> {
  return runTool(`import { defineResource } from 'glovebox'; export default defineResource({ ${body} });`, { input });
}

async function outputOf(body: string, input?: unknown): Promise<unknown> {
  const { output, failure } = await read(body, input);
  assert.equal(failure, undefined);
  return output;
}

async function mistake(body: string, input?: unknown): Promise<string> {
  const { failure } = await read(body, input);
  assert.equal(failure?.code, 'TOOL_THREW');
  return failure.message;
}

describe('defineResource', () => {
  // Proves resource.author-forms.
  it('makes one document out of text, bytes or either of them with a type', async () => {
    const { uri } = ASK;
    assert.deepEqual(await outputOf('read: ({ variables }) => `note ${variables.id}`'), {
      contents: [{ uri, text: 'note 7' }],
    });
    assert.deepEqual(await outputOf('read: () => new Uint8Array([1, 2, 3])'), { contents: [{ uri, blob: 'AQID' }] });
    assert.deepEqual(await outputOf(`read: async () => ({ mimeType: 'a/b', text: '' })`), {
      contents: [{ uri, mimeType: 'a/b', text: '' }],
    });
  });

  it('takes several documents, each with its own URI or that which was asked for', async () => {
    const body = `read: ({ uri }) => ({ contents: [{ text: 'a' }, { uri: uri + '/b', blob: new Uint8Array([255]) }] })`;
    assert.deepEqual(await outputOf(body), {
      contents: [
        { uri: 'notes://7', text: 'a' },
        { uri: 'notes://7/b', blob: '/w==' },
      ],
    });
  });

  it('offers what a completer returns', async () => {
    const input = { complete: { argument: 'id', value: '7', others: {} } };
    const body = `read: () => 'x', complete: { id: async (value) => [value, value + '1'] }`;
    assert.deepEqual(await outputOf(body, input), { values: ['7', '71'], total: 2, hasMore: false });
  });

  it('names the field in which an author went wrong', async () => {
    assert.match(await mistake('run: () => 1'), /needs a function read/);
    assert.match(await mistake('read: () => undefined'), /a string, bytes,.*not undefined/);
    assert.match(await mistake('read: () => ({ contents: 1 })'), /contents must be a list/);
    assert.match(
      await mistake(`read: () => ({ contents: [{ uri: 'a:b' }] })`),
      /contents\[0\] needs either text or blob/,
    );
    assert.match(await mistake(`read: () => ({ text: 'a', blob: 'AQID' })`), /either text or blob/);
    assert.match(await mistake(`read: () => 'x'`, { city: 'Paris' }), /belongs into the folder "resources"/);
  });
});
