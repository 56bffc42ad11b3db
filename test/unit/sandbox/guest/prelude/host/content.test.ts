import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { runTool } from '../guest.ts';

const tool = (body: string): string =>
  `export default { async run(input, host) { const { content } = host; ${body}; return {}; } };`;

describe('host.content', () => {
  it('keeps parts in the order they are added, with known fields only', async () => {
    const { content, failure } = await runTool(
      tool(`content.text('a'); content.text({ text: 'b', extra: 1 });
        content.image({ data: new Uint8Array([1, 2, 3]), mimeType: 'image/png', evil: 1 });
        content.audio({ data: 'AQID', mimeType: 'audio/wav' });
        content.resource({ uri: 'x:1', text: 'r' }); content.resource({ uri: 'x:2', blob: new Uint8Array([255]), mimeType: 'a/b' });
        content.link({ uri: 'x:3', name: 'n', description: 'd' })`),
    );
    assert.equal(failure, undefined);
    assert.deepEqual(content, [
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
      { type: 'image', data: 'AQID', mimeType: 'image/png' },
      { type: 'audio', data: 'AQID', mimeType: 'audio/wav' },
      { type: 'resource', resource: { uri: 'x:1', text: 'r' } },
      { type: 'resource', resource: { uri: 'x:2', mimeType: 'a/b', blob: '/w==' } },
      { type: 'resource_link', uri: 'x:3', name: 'n', description: 'd' },
    ]);
  });

  for (const call of [
    'content.text(1)',
    'content.text({})',
    'content.image()',
    `content.image({ data: 'A', mimeType: 'image/png' })`,
    `content.image({ data: 'AQI', mimeType: 'image/png' })`,
    `content.image({ data: new Uint16Array(1), mimeType: 'image/png' })`,
    `content.image({ data: new Proxy(new Uint8Array(1), {}), mimeType: 'image/png' })`,
    'content.image({ data: new Uint8Array(1) })',
    `content.resource({ uri: 'x:1' })`,
    `content.resource({ uri: 'x:1', text: 'a', blob: 'AQID' })`,
    `content.link({ uri: 'x:1' })`,
    `content.link({ uri: { toString: () => 'x:1' }, name: 'n' })`,
  ]) {
    it(`refuses ${call} with CONTENT_INVALID`, async () => {
      assert.equal((await runTool(tool(call))).failure?.code, 'CONTENT_INVALID');
    });
  }

  it('reads each field once, and not the methods of the bytes', async () => {
    const { content } = await runTool(
      tool(`let n = 0; content.text({ get text() { return 'read ' + n++; } });
        const data = new Uint8Array([1]); Object.defineProperty(data, 'toBase64', { value: () => 'evil' }); content.image({ data, mimeType: 'image/png' })`),
    );
    assert.deepEqual(content, [
      { type: 'text', text: 'read 0' },
      { type: 'image', data: 'AQ==', mimeType: 'image/png' },
    ]);
  });
});
