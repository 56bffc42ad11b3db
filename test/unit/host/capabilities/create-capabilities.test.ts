import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { Grants } from '#sandbox';
import { hostError, LOCAL_PRINCIPAL } from '#host/base';
import { createCapabilities, type CapabilityReply } from '#host/capabilities';

const { tenant } = LOCAL_PRINCIPAL;
const ABLE = { ask: true, sample: true, roots: true, tasks: true };
const ALL: Grants = {
  'client.ask': true,
  'client.sample': true,
  'client.roots': true,
  'listing.change': ['sibling'],
  'resource.notify': ['test://a'],
};

interface Stage {
  readonly done: unknown[];
  call(capability: string, args: unknown, more?: object): CapabilityReply;
  key(args: unknown, call?: number): string;
}

function onStage(): Stage {
  const done: unknown[] = [];
  const { reply, readQuestion } = createCapabilities({
    setShown(...change) {
      if (change[2] === 'sibling' && change[1] === 'prompts') throw hostError('MOUNT_INVALID', 'no such prompt');
      done.push(change);
      return true;
    },
    announceUpdate: (...update) => void done.push(update),
  });
  const caller = { tenant, name: 'greet', grants: ALL, client: ABLE };
  return {
    done,
    call: (capability, args, more = {}) =>
      reply({ call: 1, capability, args: JSON.stringify(args) }, { ...caller, ...more }),
    key: (args, call = 1) =>
      readQuestion({ call, capability: 'client.roots', args: JSON.stringify(args) }, 'greet').key,
  };
}

suite('createCapabilities', () => {
  test('names what a manifest grants, as a run takes it', () => {
    const { grantedBy } = createCapabilities({ setShown: () => true, announceUpdate: () => undefined });
    assert.deepEqual(grantedBy(ALL), Object.keys(ALL));
    assert.deepEqual(grantedBy({}), []);
    assert.deepEqual(grantedBy({ 'net.fetch': ['https://example.com'] }), []);
  });

  test('does nothing that was not granted, whatever the guest says', () => {
    const { call, done } = onStage();
    for (const [capability, args] of [
      ['client.ask', { message: 'x' }],
      ['client.sample', {}],
      ['client.roots', {}],
      ['listing.change', { topic: 'tools', name: 'sibling', shown: false }],
      ['resource.notify', { uri: 'test://a' }],
      ['kv.write', {}],
      ['toString', {}],
    ] as const) {
      assert.throws(() => call(capability, args, { grants: {} }), { code: 'GRANT_MISSING' }, capability);
    }
    assert.throws(() => call('kv.read', {}, { grants: { 'kv.read': true } }), { code: 'GRANT_MISSING' });
    assert.deepEqual(done, []);
  });

  test('shows and hides only what the grant lists', () => {
    const { call, done } = onStage();
    assert.deepEqual(call('listing.change', { topic: 'tools', name: 'sibling', shown: false }), {
      kind: 'answer',
      value: { shown: true },
      sideEffect: true,
    });
    assert.deepEqual(done, [[tenant, 'tools', 'sibling', false]]);
    for (const args of [{ topic: 'tools', name: 'other' }, { topic: 'tools' }, { topic: 'x', name: 'sibling' }, null]) {
      assert.throws(() => call('listing.change', args), { code: 'GRANT_MISSING' });
    }
    assert.throws(() => call('listing.change', { topic: 'prompts', name: 'sibling' }), { code: 'MOUNT_INVALID' });
    assert.equal(done.length, 1);
  });

  test('announces only the resources the grant lists', () => {
    const { call, done } = onStage();
    assert.deepEqual(call('resource.notify', { uri: 'test://a' }), { kind: 'answer', value: null, sideEffect: true });
    assert.deepEqual(done, [[tenant, 'test://a']]);
    for (const args of [{ uri: 'test://b' }, {}, null]) {
      assert.throws(() => call('resource.notify', args), { code: 'GRANT_MISSING' });
    }
  });

  // Proves calling.client-features.
  test('asks nothing of a client that did not say it can', () => {
    const { call } = onStage();
    const needs = {
      'client.ask': { elicitation: { form: {} } },
      'client.sample': { sampling: {} },
      'client.roots': { roots: {} },
    };
    const args = {
      'client.ask': { message: 'x' },
      'client.sample': { messages: [{ role: 'user', content: 'x' }], maxTokens: 1 },
      'client.roots': {},
    };
    for (const [capability, requiredCapabilities] of Object.entries(needs)) {
      const given = args[capability as keyof typeof args];
      assert.equal(call(capability, given).kind, 'question');
      const unable = { ask: false, sample: false, roots: false, tasks: true };
      for (const client of [unable, undefined]) {
        assert.throws(() => call(capability, given, { client }), {
          code: 'CLIENT_UNSUPPORTED',
          data: { requiredCapabilities },
        });
      }
    }
  });

  test('names a question by its key, or by its number', () => {
    const { key } = onStage();
    assert.equal(key({ key: 'user_name.1-a' }), 'user_name.1-a');
    assert.equal(key({}, 7), 'input_7');
    assert.equal(key({ key: 'constructor' }), 'constructor');
    for (const bad of ['', 'a b', 'x'.repeat(65), 5, null, '__proto__', 'é']) {
      if (bad !== null) assert.throws(() => key({ key: bad }), { code: 'ASK_INVALID' });
    }
  });

  test('hands on the wish to go on in the background', () => {
    assert.deepEqual(onStage().call('task.background', {}, { grants: {} }), { kind: 'background' });
  });
});
