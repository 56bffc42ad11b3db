// Tools that ask their client, through the real jail and store: they stop, and go on where they stopped.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { sandboxError, type Sandbox } from '#sandbox';
import { hostError, LOCAL_PRINCIPAL as principal } from '#host/base';
import type { Caller, Conversation } from '#host/calling';
import { createCapabilities } from '#host/capabilities';
import { readPage } from '../fixtures/e2e/readme.ts';
import { ABLE, accept, asked, openStage, outputOf, resultOf, UNABLE, type Stage } from '../fixtures/calling/stage.ts';
import { onEachBackend } from '../fixtures/store/backends.ts';
import type { Place } from '../fixtures/store/place.ts';

const GRANTS = { 'client.ask': true, 'client.sample': true, 'client.roots': true } as const;
const FORM = `{ type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }`;
const ADA = accept({ name: 'Ada' });
const GREET = `const who = await host.ask({ key: 'who', message: 'Your name?', schema: ${FORM} });
  return { who, at: Date.now(), random: Math.random() };`;

onEachBackend('conversations', (createPlace) => {
  let stage: Stage;
  let count = 0;
  let tool: string;

  let place: Place;

  before(async () => {
    place = await createPlace();
    stage = await openStage({ place });
  });
  after(async () => {
    await stage[Symbol.asyncDispose]();
    await place[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    count += 1;
    tool = `tool_${count}`;
  });

  /** One request to the tool, by a client that can do everything. */
  function call(
    more: Partial<Conversation> & { readonly input?: unknown; readonly tool?: string } = {},
    caller = stage.caller,
  ): ReturnType<Caller['converse']> {
    return caller.converse({ principal, tool, input: { a: 1 }, client: ABLE, ...more });
  }

  // Proves calling.conversation.
  describe('a tool that asks', () => {
    it('stops, and goes on with the answer as if it had waited', async () => {
      await stage.make(tool, GREET, { grants: GRANTS });
      const { requests, state, runId } = asked(await call());
      assert.deepEqual(requests, {
        who: {
          method: 'elicitation/create',
          params: {
            message: `[${tool}] Your name?`,
            requestedSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
          },
        },
      });
      const result = resultOf(await call({ state, answers: { who: ADA } }));
      const [first, second, ...rest] = await stage.runs(tool);
      assert.ok(result.ok && first !== undefined && second !== undefined);
      assert.deepEqual((result.output as { who: unknown }).who, ADA);
      assert.deepEqual([first.runId, second.runId, rest], [runId, result.runId, []]);
      assert.deepEqual([first.verdict, first.continues, first.journal], ['suspended', undefined, undefined]);
      assert.deepEqual([second.verdict, second.continues, second.journal?.length], ['ok', runId, 1]);
      assert.deepEqual([second.seed, second.clockMs, second.client], [first.seed, first.clockMs, ABLE]);
    });

    it('holds no isolate while its client thinks', async () => {
      await stage.make(tool, GREET, { grants: GRANTS });
      asked(await call());
      const { running, parked } = stage.sandbox.stats();
      assert.deepEqual([running, parked], [0, 0]);
    });

    it('asks in rounds, each with a state of its own', async () => {
      const body = `const answers = [];
      for (const key of ['one', 'two', 'three']) answers.push(await host.ask({ key, message: key, schema: ${FORM} }));
      return { names: answers.map(({ content }) => content.name) };`;
      await stage.make(tool, body, { grants: GRANTS });
      const states = new Set<string>();
      let end = await call();
      for (const key of ['one', 'two', 'three']) {
        const { requests, state } = asked(end);
        assert.deepEqual(Object.keys(requests), [key]);
        states.add(state);
        end = await call({ state, answers: { [key]: accept({ name: key }) } });
      }
      assert.deepEqual(outputOf(end), { names: ['one', 'two', 'three'] });
      assert.equal(states.size, 3);
      assert.deepEqual(
        (await stage.runs(tool)).map(({ verdict }) => verdict),
        ['suspended', 'suspended', 'suspended', 'ok'],
      );
    });

    it('asks several things at once, and one key in two rounds', async () => {
      const body = `const roots = await host.roots({ key: 'k' });
      const all = await Promise.all([
        host.ask({ key: 'k', message: 'Name?', schema: ${FORM} }),
        host.sample({ messages: [{ role: 'user', content: { type: 'text', text: 'hi' } }], maxTokens: 5 }),
        host.sleep(1),
      ]);
      return { roots, name: all[0].content.name, said: all[1].content.text };`;
      await stage.make(tool, body, { grants: GRANTS });
      const first = asked(await call());
      const second = asked(await call({ state: first.state, answers: { k: { roots: [{ uri: 'file:///a' }] } } }));
      assert.deepEqual(
        Object.entries(second.requests).map(([key, { method }]) => [key, method]),
        [
          ['k', 'elicitation/create'],
          ['input_3', 'sampling/createMessage'],
        ],
      );
      const said = { role: 'assistant', content: { type: 'text', text: 'hello' }, model: 'm' };
      const end = await call({ state: second.state, answers: { k: ADA, input_3: said } });
      assert.deepEqual(outputOf(end), { roots: [{ uri: 'file:///a' }], name: 'Ada', said: 'hello' });
    });

    it('asks again for what is missing or does not fit, and keeps what does, without a run', async () => {
      const body = `const [a, b] = await Promise.all(['a', 'b'].map((key) => host.ask({ key, message: key, schema: ${FORM} })));
      return { a: a.content.name, b: b.content.name };`;
      await stage.make(tool, body, { grants: GRANTS });
      const { state } = asked(await call());
      for (const answers of [{}, { wrong: ADA }, { a: 5, b: accept({ name: 5 }) }, undefined]) {
        const again = asked(await call({ state, ...(answers === undefined ? {} : { answers }) }));
        assert.deepEqual([Object.keys(again.requests), again.state], [['a', 'b'], state]);
      }
      const half = asked(await call({ state, answers: { b: accept({ name: 'B' }) } }));
      assert.deepEqual(Object.keys(half.requests), ['a']);
      assert.deepEqual(outputOf(await call({ state: half.state, answers: { a: accept({ name: 'A' }) } })), {
        a: 'A',
        b: 'B',
      });
      assert.equal((await stage.runs(tool)).length, 2);
    });

    it('takes answers that come with the first request, and asks for the others', async () => {
      const body = `const a = await host.ask({ key: 'a', message: 'a', schema: ${FORM} });
      const b = await host.ask({ key: 'b', message: 'b', schema: ${FORM} });
      return { a: a.content.name, b: b.content.name };`;
      await stage.make(tool, body, { grants: GRANTS });
      const both = { a: accept({ name: 'A' }), b: accept({ name: 'B' }) };
      assert.deepEqual(outputOf(await call({ answers: { ...both, c: ADA } })), { a: 'A', b: 'B' });
      const { requests, state } = asked(await call({ answers: { a: both.a, b: 12_345 } }));
      assert.deepEqual(Object.keys(requests), ['b']);
      assert.deepEqual(outputOf(await call({ state, answers: { b: both.b } })), { a: 'A', b: 'B' });
    });

    it('tells progress and log lines once, and keeps all lines with the result', async () => {
      const body = `host.log('one'); host.progress(0.2);
      await host.ask({ key: 'who', message: 'Name?', schema: ${FORM} });
      host.log('two'); host.progress(0.8); return {};`;
      await stage.make(tool, body, { grants: GRANTS });
      const heard: unknown[] = [];
      const ears = {
        onLog: ({ text }: { readonly text: string }) => heard.push(text),
        onProgress: ({ ratio }: { readonly ratio: number }) => heard.push(ratio),
      };
      const { state } = asked(await stage.caller.converse({ principal, tool, input: {}, client: ABLE, ...ears }));
      const end = await stage.caller.converse({
        principal,
        tool,
        input: {},
        client: ABLE,
        state,
        answers: { who: ADA },
        ...ears,
      });
      assert.deepEqual(heard, ['one', 0.2, 'two', 0.8]);
      assert.deepEqual(
        resultOf(end).logs.map(({ text }) => text),
        ['one', 'two'],
      );
    });

    it('changes what lies outside once, however often it is executed', async () => {
      const shown: unknown[] = [];
      const capabilities = createCapabilities({
        setShown: (...change) => shown.push(change) > 0,
        announceUpdate: () => undefined,
      });
      const body = `const before = await host.call('listing.change', { topic: 'tools', name: 'sibling', shown: false });
      await host.ask({ key: 'who', message: 'Name?', schema: ${FORM} });
      return before;`;
      await stage.make(tool, body, { grants: GRANTS });
      const { get } = stage.registry;
      // Only mounted tools are granted this; the caller takes a version's grants as they are.
      const grants = { ...GRANTS, 'listing.change': ['sibling'] };
      const registry = {
        ...mountless(stage),
        get: async (...args: Parameters<typeof get>) => {
          const version = await stage.registry.get(...args);
          return { ...version, manifest: { ...version.manifest, grants } };
        },
      };
      const caller = stage.createCaller({ capabilities, registry });
      const { state } = asked(await call({}, caller));
      assert.deepEqual(outputOf(await call({ state, answers: { who: ADA } }, caller)), { shown: true });
      assert.equal(shown.length, 1);
    });

    it('continues the version that asked, whatever is live by then', async () => {
      await stage.make(tool, `${GREET} /* first */`, { grants: GRANTS });
      const { state } = asked(await call());
      await stage.make(tool, 'return { second: true };', { grants: GRANTS });
      assert.equal(resultOf(await call()).version, 2);
      const result = resultOf(await call({ state, answers: { who: ADA } }));
      assert.deepEqual([result.version, result.ok], [1, true]);
    });

    it('is not found when it was removed in the meantime', async () => {
      await stage.make(tool, GREET, { grants: GRANTS });
      const { state } = asked(await call());
      await stage.registry.remove(principal, tool);
      await assert.rejects(call({ state, answers: { who: ADA } }), { code: 'TOOL_NOT_FOUND' });
    });

    it('diverges when what it asked is not what it asks', async () => {
      await stage.make(tool, GREET, { grants: GRANTS });
      const { state, runId } = asked(await call());
      const row = await stage.store.suspensions.take(principal.tenant, runId);
      assert.ok(row !== undefined);
      await stage.store.suspensions.insert({ ...row, waiting: row.waiting.replace('Your name', 'Another name') });
      const result = resultOf(await call({ state, answers: { who: ADA } }));
      assert.equal(result.ok ? '' : result.failure.code, 'RUN_DIVERGED');
    });

    it('is continued by another caller of the same store', async () => {
      await stage.make(tool, GREET, { grants: GRANTS });
      const { state } = asked(await call());
      assert.ok(resultOf(await call({ state, answers: { who: ADA } }, stage.createCaller())).ok);
    });
  });

  describe('the tool of docs/conversations.md', () => {
    it('asks, and chooses by the answer', async () => {
      const [manifest, source] = readPage('docs/conversations.md').filter(({ file }) => file !== undefined);
      assert.ok(manifest !== undefined && source !== undefined);
      await stage.maker.create({ principal, manifest: JSON.parse(manifest.text), source: source.text });
      const choose = { tool: 'choose_plan', input: { seats: 20 } };
      assert.deepEqual(outputOf(await call({ ...choose, client: UNABLE })), { plan: 'team', chosen: false });
      const { state } = asked(await call(choose));
      const answers = { billing: accept({ billing: 'monthly', support: true }) };
      assert.deepEqual(outputOf(await call({ ...choose, state, answers })), {
        plan: 'team-monthly-plus',
        chosen: true,
      });
    });
  });

  describe('a client that cannot be asked', () => {
    it('is told what the tool needs of it', async () => {
      await stage.make(tool, GREET, { grants: GRANTS });
      for (const result of [
        resultOf(await call({ client: UNABLE })),
        await stage.caller.call({ principal, tool, input: {} }),
      ]) {
        assert.ok(!result.ok);
        assert.deepEqual(
          [result.failure.code, result.failure.data?.['requiredCapabilities']],
          ['CLIENT_UNSUPPORTED', { elicitation: { form: {} } }],
        );
      }
    });

    it('is seen by the tool beforehand, and can be done without', async () => {
      const body = `if (!host.client.ask) return { seen: host.client };
      try { await host.roots(); return {}; } catch (error) { return { code: error.code }; }`;
      await stage.make(tool, body, { grants: GRANTS });
      assert.deepEqual(outputOf(await call({ client: UNABLE })), { seen: UNABLE });
      assert.deepEqual(outputOf(await call({ client: { ...UNABLE, ask: true } })), { code: 'CLIENT_UNSUPPORTED' });
    });

    it('is asked what it can answer now, and seen as it was when the call began', async () => {
      const body = `await host.ask({ key: 'who', message: 'Name?', schema: ${FORM} });
      const seen = host.client.roots;
      try { await host.roots(); } catch (error) { return { seen, code: error.code }; }`;
      await stage.make(tool, body, { grants: GRANTS });
      const { state } = asked(await call());
      const end = await call({ client: UNABLE, state, answers: { who: ADA } });
      assert.deepEqual(outputOf(end), { seen: true, code: 'CLIENT_UNSUPPORTED' });
    });

    it('is not asked again for what it can no longer answer', async () => {
      await stage.make(tool, GREET, { grants: GRANTS });
      const { state } = asked(await call());
      await assert.rejects(call({ client: UNABLE, state }), {
        code: 'CLIENT_UNSUPPORTED',
        data: { requiredCapabilities: { elicitation: { form: {} } } },
      });
      assert.ok(resultOf(await call({ client: UNABLE, state, answers: { who: ADA } })).ok);
    });

    it('is asked nothing that cannot be asked', async () => {
      await stage.make(tool, `await host.ask({ message: 'Your password?', schema: ${FORM} }); return {};`, {
        grants: GRANTS,
      });
      const result = resultOf(await call());
      assert.equal(result.ok ? '' : result.failure.code, 'ASK_INVALID');
    });
  });

  // Proves calling.request-state.
  describe('a request state', () => {
    it('is good once, also for two who bring it at once', async () => {
      await stage.make(tool, GREET, { grants: GRANTS });
      const { state } = asked(await call());
      const other = stage.createCaller();
      const ends = await Promise.allSettled([
        call({ state, answers: { who: ADA } }),
        call({ state, answers: { who: ADA } }, other),
        call({ state, answers: { who: ADA } }),
      ]);
      assert.equal(ends.filter(({ status }) => status === 'fulfilled').length, 1);
      for (const end of ends) if (end.status === 'rejected') assert.equal(codeOf(end.reason), 'REQUEST_STATE_EXPIRED');
      await assert.rejects(call({ state, answers: { who: ADA } }), { code: 'REQUEST_STATE_EXPIRED' });
      assert.equal((await stage.runs(tool)).length, 2);
    });

    it('is good for its principal, tool and arguments alone, and is not used up by others', async () => {
      await stage.make(tool, GREET, { grants: GRANTS });
      await stage.make(`${tool}_b`, GREET, { grants: GRANTS });
      const { state } = asked(await call());
      const answers = { who: ADA };
      const eve = { tenant: principal.tenant, id: 'eve' };
      const attempts = [
        stage.caller.converse({ principal: eve, tool, input: { a: 1 }, client: ABLE, state, answers }),
        call({ state, answers, tool: `${tool}_b` }),
        call({ state, answers, tool: `${tool}@1` }),
        call({ state, answers, input: { a: 2 } }),
        call({ state: `${state}-TAMPERED`, answers }),
      ];
      for (const attempt of attempts) await assert.rejects(attempt, { code: 'REQUEST_STATE_INVALID' });
      assert.ok(resultOf(await call({ state, answers })).ok);
      assert.equal((await stage.runs(tool)).length, 2);
    });

    // Proves calling.state-kept.
    it('stays good when the host could not start the run', async () => {
      await stage.make(tool, GREET, { grants: GRANTS });
      const { state } = asked(await call());
      for (const code of ['HOST_BUSY', 'HOST_STOPPING', 'RUN_CANCELLED'] as const) {
        const run: Sandbox['run'] = () => Promise.reject(sandboxError(code, 'not now'));
        const full = stage.createCaller({ sandbox: { run } });
        await assert.rejects(call({ state, answers: { who: ADA } }, full), { code });
      }
      const { digest } = await stage.registry.get(principal.tenant, tool);
      for (const runId of ['a', 'b', 'c'])
        await stage.quarantine.convict(principal.tenant, digest, { runId, code: 'X' });
      await assert.rejects(call({ state, answers: { who: ADA } }), { code: 'TOOL_QUARANTINED' });
      await stage.quarantine.lift(principal, digest);
      assert.ok(resultOf(await call({ state, answers: { who: ADA } })).ok);
    });

    it('stays good when its version could not be found', async () => {
      await stage.make(tool, GREET, { grants: GRANTS });
      const { state } = asked(await call());
      const get = () => Promise.reject(hostError('STORE_BUSY', 'not now'));
      const busy = stage.createCaller({ registry: { ...mountless(stage), get } });
      await assert.rejects(call({ state, answers: { who: ADA } }, busy), { code: 'STORE_BUSY' });
      assert.ok(resultOf(await call({ state, answers: { who: ADA } })).ok);
    });

    it('stays good, with the answers so far, when an answer is too much to keep', async () => {
      const ask = `host.sample({ key, messages: [{ role: 'user', content: { type: 'text', text: 'x' } }], maxTokens: 5 })`;
      const keys = Array.from({ length: 9 }, (_, index) => `k${index}`);
      const body = `const all = await Promise.all(${JSON.stringify(keys)}.map((key) => ${ask}));
      return { lengths: all.map(({ content }) => content.text.length) };`;
      await stage.make(tool, body, { grants: GRANTS });
      const { state } = asked(await call());
      const said = (length: number) => ({
        role: 'assistant',
        content: { type: 'text', text: 'x'.repeat(length) },
        model: 'm',
      });
      const many = Object.fromEntries(keys.slice(1).map((key) => [key, said(1_000_000)]));
      asked(await call({ state, answers: many }));
      await assert.rejects(call({ state, answers: { k0: said(1_000_000) } }), { code: 'REQUEST_TOO_LARGE' });
      const { lengths } = outputOf(await call({ state, answers: { k0: said(1) } })) as { lengths: number[] };
      assert.deepEqual([lengths[0], lengths[8]], [1, 1_000_000]);
    });

    it('is used up by a run that could not be written down', async () => {
      await stage.make(tool, GREET, { grants: GRANTS });
      const { state } = asked(await call());
      const recordRun = () => Promise.reject(hostError('STORE_FULL', 'the disk is full'));
      const broken = stage.createCaller({ ledger: { recordRun } });
      await assert.rejects(call({ state, answers: { who: ADA } }, broken), { code: 'STORE_FULL' });
      await assert.rejects(call({ state, answers: { who: ADA } }), { code: 'REQUEST_STATE_EXPIRED' });
    });
  });

  function codeOf(error: unknown): unknown {
    return (error as { readonly code?: unknown }).code;
  }

  /** The registry as a caller takes it, for tests that change a part of it. */
  function mountless({ registry }: Stage) {
    return {
      getSource: registry.getSource.bind(registry),
      getPrompt: registry.getPrompt.bind(registry),
      getResource: registry.getResource.bind(registry),
      resources: registry.resources.bind(registry),
    };
  }
});
