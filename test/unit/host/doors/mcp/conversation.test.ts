import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClientCapabilities, ServerContext } from '@modelcontextprotocol/server';
import { clientFeatures, conversationOf } from '../../../../../host/doors/mcp/conversation.ts';
import type { SdkServer } from '../../../../../host/doors/mcp/sdk-server.ts';
import type { Era } from '../../../../../host/doors/mcp/types.ts';

const TASKS = 'io.modelcontextprotocol/tasks';

/** A request of a client with these capabilities, declared where the era has them. */
function request(era: Era, capabilities: ClientCapabilities, more: object = {}): [ServerContext, Era, SdkServer] {
  const envelope = { 'io.modelcontextprotocol/clientCapabilities': era === 'newer' ? capabilities : {} };
  const context = { mcpReq: { envelope, requestState: () => undefined, ...more } } as unknown as ServerContext;
  const server = { getClientCapabilities: () => (era === 'older' ? capabilities : {}) } as unknown as SdkServer;
  return [context, era, server];
}

describe('clientFeatures', () => {
  for (const era of ['newer', 'older'] as const) {
    for (const [capabilities, declared] of [
      [{}, ''],
      [{ elicitation: {} }, 'ask'],
      [{ elicitation: { form: {} } }, 'ask'],
      [{ elicitation: { form: {}, url: {} } }, 'ask'],
      [{ elicitation: { url: {} } }, ''],
      [{ sampling: {} }, 'sample'],
      [{ roots: { listChanged: true } }, 'roots'],
      [{ extensions: { other: {} } }, ''],
      [{ extensions: { [TASKS]: {} } }, era === 'newer' ? 'tasks' : ''],
    ] as const) {
      it(`are "${declared}" with ${JSON.stringify(capabilities)}, era ${era}`, () => {
        const features = Object.entries(clientFeatures(...request(era, capabilities)));
        assert.equal(features.flatMap(([name, has]) => (has ? [name] : [])).join(), declared);
      });
    }
  }
});

describe('conversationOf', () => {
  it('has answers and state only where the request has them', () => {
    assert.deepEqual(Object.keys(conversationOf(...request('newer', {}))), ['client']);
    const answers = { who: { action: 'decline' } };
    const { state, answers: had } = conversationOf(
      ...request('newer', {}, { inputResponses: answers, requestState: () => 'state' }),
    );
    assert.deepEqual([state, had], ['state', answers]);
  });
});
