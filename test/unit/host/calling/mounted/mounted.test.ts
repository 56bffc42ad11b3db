// A cell that was taken over may say anything: what becomes a message, a document or a completion is rebuilt here.

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { RunOutcome, Sandbox } from '#sandbox';
import { LOCAL_PRINCIPAL as principal, systemClock as clock } from '#host/base';
import { createCapabilities } from '#host/capabilities';
import { openRegistry } from '#host/registry';
import { openStore } from '#host/store';
import { complete } from '../../../../../host/calling/mounted/complete.ts';
import { getPrompt } from '../../../../../host/calling/mounted/get-prompt.ts';
import { readResource } from '../../../../../host/calling/mounted/read-resource.ts';
import { createMount } from '../../../../fixtures/store/mounts.ts';
import { createTemporaryHome } from '../../../../fixtures/store/temporary-home.ts';

const BILL = { cpuMs: 1, wallMs: 2, heapUsedBytes: 3, cellRssPeakBytes: 4, bytesIn: 5, bytesOut: 6, hostCalls: 7 };
const CLIENT = { ask: true, sample: true, roots: true, tasks: true };

interface Ways {
  get(): ReturnType<typeof getPrompt>;
  read(): ReturnType<typeof readResource>;
  complete(): ReturnType<typeof complete>;
}

/** A mounted prompt and resource whose runs give this output. */
async function saying(output: unknown, work: (ways: Ways) => Promise<void>): Promise<void> {
  const outcome: RunOutcome = {
    ok: true,
    content: [],
    bill: BILL,
    logs: [],
    journal: [],
    ...(output === undefined ? {} : { output: JSON.stringify(output) }),
  };
  const run: Sandbox['run'] = async () => outcome;
  await using home = await createTemporaryHome();
  await using store = await openStore({ home: home.path, clock });
  await using registry = await openRegistry({ store, clock, watch: false });
  using _mounted = registry.mount(principal, createMount({ prompts: ['greet'], resources: { notes: 'notes://all' } }));
  const deps = {
    sandbox: { run },
    profiles: { fastTenants: [] },
    registry,
    clock,
    ledger: { recordRun: async () => undefined },
    quarantine: { assertFree: async () => undefined, convict: async () => false },
    capabilities: createCapabilities({ setShown: () => true, announceUpdate: () => undefined }),
    suspensions: { keep: refuse, take: refuse, putBack: refuse },
  };
  await work({
    get: () => getPrompt({ principal, prompt: 'greet', args: {}, client: CLIENT }, deps),
    read: () => readResource({ principal, uri: 'notes://all', client: CLIENT }, deps),
    complete: () => complete({ principal, subject: { prompt: 'greet' }, argument: 'a', value: '', others: {} }, deps),
  });
}

async function refuse(): Promise<never> {
  throw new Error('nothing is kept or taken here');
}

/** What a result gives, after what it says of its run. */
function givenBy(end: Awaited<ReturnType<typeof getPrompt> | ReturnType<typeof readResource>>): object {
  assert.ok(end.kind === 'result');
  const { runId, version, digest, profile, bill, ...given } = end.result;
  assert.match(runId, /^run_/);
  assert.deepEqual([version, digest.length > 0, profile, bill], [1, true, 'strict', BILL]);
  return given;
}

const TEXT = { type: 'text', text: 'x' };

suite('getPrompt', () => {
  test('gives nothing but messages, rebuilt', async () => {
    const messages = [{ role: 'user', content: { ...TEXT, annotations: {}, _meta: {} }, extra: 1 }];
    await saying({ messages, runId: 'run_forged', bill: {}, extra: 1 }, async ({ get }) => {
      assert.deepEqual(givenBy(await get()), { messages: [{ role: 'user', content: TEXT }] });
    });
  });

  const unfit: readonly unknown[] = [
    undefined,
    null,
    [],
    {},
    { messages: {} },
    { messages: [null] },
    { messages: [{ role: 'system', content: TEXT }] },
    { messages: [], description: 5 },
    { messages: Array.from({ length: 1001 }, () => ({ role: 'user', content: TEXT })) },
  ];
  test('refuses what is no prompt', async () => {
    for (const output of unfit) await saying(output, ({ get }) => assert.rejects(get(), { code: 'OUTPUT_INVALID' }));
    const content = { type: 'tool_use', id: 'x' };
    const forged = { messages: [{ role: 'user', content }] };
    await saying(forged, ({ get }) => assert.rejects(get(), { code: 'CONTENT_INVALID' }));
  });
});

suite('readResource', () => {
  test('gives nothing but contents, rebuilt', async () => {
    const contents = [
      { uri: 'notes://all', text: 'x', _meta: {} },
      { uri: 'a:b', mimeType: 'image/png', blob: 'AAAA' },
    ];
    await saying({ contents }, async ({ read }) => {
      const rebuilt = [{ uri: 'notes://all', text: 'x' }, contents[1]];
      assert.deepEqual(givenBy(await read()), { contents: rebuilt });
    });
  });

  test('refuses what is no resource', async () => {
    for (const output of [
      undefined,
      null,
      {},
      { contents: 'x' },
      { contents: Array.from({ length: 1001 }, () => ({})) },
    ]) {
      await saying(output, ({ read }) => assert.rejects(read(), { code: 'OUTPUT_INVALID' }));
    }
    for (const content of [null, {}, { uri: 'no uri', text: '' }, { uri: 'a:b', blob: 'no base64' }]) {
      await saying({ contents: [content] }, ({ read }) => assert.rejects(read(), { code: 'CONTENT_INVALID' }));
    }
  });
});

suite('complete', () => {
  test('gives at most a hundred texts, and says that there are more', async () => {
    const values = Array.from({ length: 101 }, (_, index) => `v${index}`);
    await saying({ values, total: 500, extra: 1 }, async (ways) => {
      assert.deepEqual(await ways.complete(), { values: values.slice(0, 100), total: 500, hasMore: true });
    });
    await saying({ values: [], hasMore: false, total: 'many' }, async (ways) => {
      assert.deepEqual(await ways.complete(), { values: [], hasMore: false });
    });
  });

  test('refuses what is no completion', async () => {
    for (const output of [undefined, null, {}, { values: [5] }, { values: 'x' }]) {
      await saying(output, (ways) => assert.rejects(ways.complete(), { code: 'OUTPUT_INVALID' }));
    }
  });
});
