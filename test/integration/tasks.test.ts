// Calls that outlive their requests, through the real jail and store: a handle tells how its task truly stands, whatever
// happens to the process that works on it.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';

import { sandboxError, type Sandbox } from '#sandbox';
import { LOCAL_PRINCIPAL as principal, type TenantId } from '#host/base';
import type { Caller, Conversation, Task } from '#host/calling';
import { openApp } from '../../host/app.ts';
import { ABLE, accept, asked, openStage, outputOf, resultOf, type Stage } from '../fixtures/calling/stage.ts';
import { onEachBackend } from '../fixtures/store/backends.ts';
import { Child } from '../fixtures/store/child.ts';
import type { Place } from '../fixtures/store/place.ts';

const ASK = { 'client.ask': true } as const;
const FORM = `{ type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }`;
const AT_START = { support: 'optional', from: 'start' } as const;
const LATER = { support: 'optional', from: 'background' } as const;
const NO_TASKS = { ...ABLE, tasks: false };

onEachBackend('tasks', (createPlace) => {
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
    tool = `task_${count}`;
  });

  function call(more: Partial<Conversation> = {}, caller = stage.caller): ReturnType<Caller['converse']> {
    return caller.converse({ principal, tool, input: {}, client: ABLE, ...more });
  }

  async function start(caller = stage.caller): Promise<Task> {
    const end = await call({}, caller);
    assert.equal(end.kind, 'task');
    return (end as { readonly task: Task }).task;
  }

  /** The task once it is in another state than `working`. */
  async function settled(taskId: string, { tasks }: Pick<Caller, 'tasks'> = stage.caller): Promise<Task> {
    for (let left = 400; left > 0; left -= 1) {
      const task = await tasks.get(principal, taskId);
      if (task.state !== 'working') return task;
      await delay(25);
    }
    throw new Error('it works on and on');
  }

  /** What of a task tells how it ended. */
  function endOf(task: Task): unknown {
    switch (task.state) {
      case 'completed':
        return task.result.ok ? task.result.output : `${task.state} ${task.result.failure.code}`;
      case 'failed':
        return `${task.state} ${task.failure.code}`;
      case 'input_required':
        return Object.keys(task.requests);
      case 'working':
      case 'cancelled':
        return task.state;
    }
  }

  async function update(
    taskId: string,
    answers: Readonly<Record<string, unknown>>,
    caller = stage.caller,
  ): Promise<void> {
    await caller.tasks.update(principal, taskId, answers);
  }

  // Proves calling.tasks.
  describe('a call that is a task from its start', () => {
    it('has its handle at once, and its result later', async () => {
      await stage.make(tool, `host.log('slow'); await host.sleep(300); return { done: true };`, { task: AT_START });
      const task = await start();
      assert.equal(task.state, 'working');
      assert.ok(task.ttlMs >= 60 * 60 * 1000 && task.taskId.length > 32);
      assert.deepEqual(await stage.caller.tasks.get(principal, task.taskId), task);
      const end = await settled(task.taskId);
      assert.ok(end.state === 'completed');
      const [run, ...rest] = await stage.runs(tool);
      assert.deepEqual([end.result.runId, rest], [run?.runId, []]);
      assert.deepEqual([endOf(end), end.result.logs[0]?.text, end.createdAt], [{ done: true }, 'slow', task.createdAt]);
      assert.ok(end.updatedAt > task.updatedAt);
    });

    it('may take as long as a task, and no longer', async () => {
      const body = 'await host.sleep(input.ms ?? 0); return {};';
      await stage.make(tool, 'await host.sleep(400); return {};', {
        task: AT_START,
        limits: { wallMs: 100, taskMs: 2000 },
      });
      assert.deepEqual(endOf(await settled((await start()).taskId)), {});
      const impatient = resultOf(await call({ client: NO_TASKS }));
      assert.equal(impatient.ok ? '' : impatient.failure.code, 'LIMIT_WALL');
      assert.ok((await stage.caller.call({ principal, tool, input: {} })).ok);
      tool = `${tool}_short`;
      await stage.make(tool, body.replace('input.ms ?? 0', '5000'), { task: AT_START, limits: { taskMs: 200 } });
      assert.equal(endOf(await settled((await start()).taskId)), 'completed LIMIT_WALL');
    });

    it('asks through its handle, keeps partial answers, and goes on with the last', async () => {
      const body = `const [a, b] = await Promise.all(['a', 'b'].map((key) => host.ask({ key, message: key, schema: ${FORM} })));
      return { a: a.content.name, b: b.content.name };`;
      await stage.make(tool, body, { task: AT_START, grants: ASK });
      const { taskId } = await start();
      assert.deepEqual(endOf(await settled(taskId)), ['a', 'b']);
      await update(taskId, { other: accept({ name: 'x' }), a: 5 });
      await update(taskId, { b: accept({ name: 'B' }) });
      assert.deepEqual(endOf(await settled(taskId)), ['a']);
      await update(taskId, { a: accept({ name: 'A' }), b: accept({ name: 'late' }) });
      assert.deepEqual(endOf(await settled(taskId)), { a: 'A', b: 'B' });
      await update(taskId, { a: accept({ name: 'later' }) });
      const runs = await stage.runs(tool);
      assert.deepEqual(
        runs.map(({ verdict, continues }) => [verdict, continues]),
        [
          ['suspended', undefined],
          ['ok', runs[0]?.runId],
        ],
      );
    });

    it('takes a shorter answer where one is too much to keep', async () => {
      const ask = `host.sample({ key, messages: [{ role: 'user', content: { type: 'text', text: 'x' } }], maxTokens: 5 })`;
      const keys = Array.from({ length: 10 }, (_, index) => `k${index}`);
      const body = `const all = await Promise.all(${JSON.stringify(keys)}.map((key) => ${ask}));
      return { lengths: all.map(({ content }) => content.text.length) };`;
      await stage.make(tool, body, { task: AT_START, grants: { 'client.sample': true } });
      const said = (length: number) => ({
        role: 'assistant',
        content: { type: 'text', text: 'x'.repeat(length) },
        model: 'm',
      });
      const { taskId } = await start();
      await settled(taskId);
      for (const key of keys.slice(2)) await update(taskId, { [key]: said(1_000_000) });
      await assert.rejects(update(taskId, { k1: said(1_000_000) }), { code: 'REQUEST_TOO_LARGE' });
      await update(taskId, { k0: said(1), k1: said(1) });
      const { lengths } = endOf(await settled(taskId)) as { lengths: number[] };
      assert.deepEqual([lengths[0], lengths[1], lengths[9]], [1, 1, 1_000_000]);
    });

    it('is completed by a tool that fails, and failed by what is not its doing', async () => {
      await stage.make(tool, `host.fail('no');`, { task: AT_START });
      assert.equal(endOf(await settled((await start()).taskId)), 'completed TOOL_FAILED');
      tool = `${tool}_roots`;
      await stage.make(tool, 'return { roots: await host.roots() };', {
        task: AT_START,
        grants: { 'client.roots': true },
      });
      const end = await call({ client: { ...ABLE, roots: false } });
      assert.ok(end.kind === 'task');
      assert.equal(endOf(await settled(end.task.taskId)), 'failed CLIENT_UNSUPPORTED');
    });

    it('is failed when its tool was removed before it was answered', async () => {
      await stage.make(tool, `return await host.ask({ key: 'who', message: 'Name?', schema: ${FORM} });`, {
        task: AT_START,
        grants: ASK,
      });
      const { taskId } = await start();
      await settled(taskId);
      await stage.registry.remove(principal, tool);
      await update(taskId, { who: accept({ name: 'Ada' }) });
      assert.equal(endOf(await settled(taskId)), 'failed TOOL_NOT_FOUND');
    });

    it('waits for a full host', async () => {
      await stage.make(tool, 'return { done: true };', { task: AT_START });
      let refusals = 2;
      const run: Sandbox['run'] = async (...args) => {
        if (refusals === 0) return stage.sandbox.run(...args);
        refusals -= 1;
        throw sandboxError('HOST_BUSY', 'not now');
      };
      const caller = stage.createCaller({ sandbox: { run } });
      assert.deepEqual(endOf(await settled((await start(caller)).taskId)), { done: true });
      assert.equal((await stage.runs(tool)).length, 1);
    });

    it('does not begin in quarantine, or beyond a thousand open ones', async () => {
      await stage.make(tool, 'return {};', { task: AT_START });
      const { tasks } = stage.store;
      const full = { ...stage.store, tasks: { ...tasks, countOpen: async () => 1000 } };
      await assert.rejects(call({}, stage.createCaller({ store: full })), { code: 'HOST_BUSY' });
      const { digest } = await stage.registry.get(principal.tenant, tool);
      for (const runId of ['a', 'b', 'c'])
        await stage.quarantine.convict(principal.tenant, digest, { runId, code: 'X' });
      await assert.rejects(call(), { code: 'TOOL_QUARANTINED' });
      assert.deepEqual(await stage.runs(tool), []);
    });
  });

  describe('a call that becomes a task', () => {
    const BODY = `const who = await host.ask({ key: 'who', message: 'Name?', schema: ${FORM} });
    host.log(who.content.name);
    await host.background();
    await host.sleep(10);
    const more = await host.ask({ key: 'more', message: 'More?', schema: ${FORM} });
    await host.background();
    return { name: who.content.name, more: more.content.name, random: Math.random() };`;

    it('asks within the request, then goes on in the background', async () => {
      await stage.make(tool, BODY, { task: LATER, grants: ASK, limits: { wallMs: 1000, taskMs: 5000 } });
      const { state } = asked(await call());
      const end = await call({ state, answers: { who: accept({ name: 'Ada' }) } });
      assert.ok(end.kind === 'task');
      const { taskId } = end.task;
      assert.deepEqual(endOf(await settled(taskId)), ['more']);
      await update(taskId, { more: accept({ name: 'yes' }) });
      const done = await settled(taskId);
      assert.ok(done.state === 'completed' && done.result.ok);
      const { name, more } = done.result.output as Record<string, unknown>;
      assert.deepEqual([name, more, done.result.logs.map(({ text }) => text)], ['Ada', 'yes', ['Ada']]);
      const runs = await stage.runs(tool);
      assert.deepEqual(
        runs.map(({ continues }) => continues),
        [undefined, ...runs.slice(0, -1).map(({ runId }) => runId)],
      );
      assert.deepEqual(
        runs.map(({ limits }) => limits.wallMs),
        [1000, 1000, 5000, 5000],
      );
      assert.equal(new Set(runs.map(({ seed }) => seed)).size, 1);
    });

    it('stays a call for a client that holds no tasks', async () => {
      await stage.make(tool, BODY, { task: LATER, grants: ASK });
      const { state } = asked(await call({ client: NO_TASKS }));
      const more = asked(await call({ client: NO_TASKS, state, answers: { who: accept({ name: 'Ada' }) } }));
      const end = await call({ client: NO_TASKS, state: more.state, answers: { more: accept({ name: 'yes' }) } });
      assert.equal((outputOf(end) as { name: string }).name, 'Ada');
    });

    it('does not become one for a client that stopped holding them', async () => {
      await stage.make(tool, BODY, { task: LATER, grants: ASK });
      const { state } = asked(await call());
      const more = await call({ client: NO_TASKS, state, answers: { who: accept({ name: 'Ada' }) } });
      assert.deepEqual(Object.keys(asked(more).requests), ['more']);
    });

    it('keeps its state where there is no room for another task', async () => {
      await stage.make(tool, BODY, { task: LATER, grants: ASK });
      const { state } = asked(await call());
      const answers = { who: accept({ name: 'Ada' }) };
      const { tasks } = stage.store;
      const full = stage.createCaller({ store: { ...stage.store, tasks: { ...tasks, countOpen: async () => 1000 } } });
      await assert.rejects(call({ state, answers }, full), { code: 'HOST_BUSY' });
      assert.equal((await call({ state, answers })).kind, 'task');
    });

    it('is refused to a client that holds no tasks when it must become one', async () => {
      await stage.make(tool, BODY, { task: { ...LATER, support: 'required' }, grants: ASK });
      const requiredCapabilities = { extensions: { 'io.modelcontextprotocol/tasks': {} } };
      const refusal = { code: 'CLIENT_UNSUPPORTED', data: { requiredCapabilities } };
      await assert.rejects(call({ client: NO_TASKS }), refusal);
      assert.deepEqual(await stage.runs(tool), []);
      const { state } = asked(await call());
      const answers = { who: accept({ name: 'Ada' }) };
      await assert.rejects(call({ client: NO_TASKS, state, answers }), refusal);
      assert.equal((await call({ state, answers })).kind, 'task');
    });
  });

  // Proves calling.task-handle.
  describe('a handle', () => {
    it('is nobody else’s, and not guessed', async () => {
      await stage.make(tool, `return await host.ask({ key: 'who', message: 'Name?', schema: ${FORM} });`, {
        task: AT_START,
        grants: ASK,
      });
      const { taskId } = await start();
      await settled(taskId);
      const { tasks } = stage.caller;
      const eve = { tenant: principal.tenant, id: 'eve' };
      const elsewhere = { tenant: 'other' as TenantId, id: principal.id };
      const foreign = [
        ...[eve, elsewhere].map((other) => [other, taskId] as const),
        [principal, `${taskId}x`] as const,
        [principal, 'x'.repeat(100_000)] as const,
      ];
      for (const [who, id] of foreign) {
        await assert.rejects(tasks.get(who, id), { code: 'TASK_NOT_FOUND' });
        await assert.rejects(tasks.update(who, id, { who: accept({ name: 'Eve' }) }), { code: 'TASK_NOT_FOUND' });
        await assert.rejects(tasks.cancel(who, id), { code: 'TASK_NOT_FOUND' });
      }
      assert.deepEqual(endOf(await tasks.get(principal, taskId)), ['who']);
    });

    it('ends with its time to live', async () => {
      let ahead = 0;
      const clock = { now: () => Date.now() + ahead, elapsed: () => performance.now() };
      const caller = stage.createCaller({ clock });
      await stage.make(tool, 'return {};', { task: AT_START });
      const { taskId, ttlMs } = await start(caller);
      await settled(taskId, caller);
      ahead = ttlMs;
      await assert.rejects(caller.tasks.get(principal, taskId), { code: 'TASK_NOT_FOUND' });
    });

    it('has the room of those whose time to live has ended', async () => {
      let ahead = 0;
      const clock = { now: () => Date.now() + ahead, elapsed: () => performance.now() };
      const caller = stage.createCaller({ clock });
      await stage.make(tool, 'return {};', { task: AT_START });
      const hoarder = { tenant: principal.tenant, id: 'hoarder' };
      const begin = () => caller.converse({ principal: hoarder, tool, input: {}, client: ABLE });
      const { taskId, ttlMs } = await start(caller);
      const row = await stage.store.tasks.find(principal.tenant, taskId);
      assert.ok(row !== undefined);
      const waiting = { ...row, principal: hoarder.id, state: 'input_required', waiting: '[]' };
      for (let index = 0; index < 1000; index += 1) {
        await stage.store.tasks.insert({ ...waiting, task_id: `${taskId}_${index}` });
      }
      await assert.rejects(begin(), { code: 'HOST_BUSY' });
      ahead = ttlMs + 1;
      assert.equal((await begin()).kind, 'task');
    });

    it('cancels what works, what waits, and nothing that has ended', async () => {
      const waits = `${tool}_waits`;
      await stage.make(tool, 'await host.sleep(20_000); return {};', { task: AT_START });
      await stage.make(waits, `return await host.ask({ key: 'who', message: 'Name?', schema: ${FORM} });`, {
        task: AT_START,
        grants: ASK,
      });
      const { tasks } = stage.caller;
      const { taskId } = await start();
      await stage.caller.tasks.cancel(principal, taskId);
      assert.equal(endOf(await tasks.get(principal, taskId)), 'cancelled');
      await until(async () => (await stage.runs(tool)).length === 1);
      assert.equal((await stage.runs(tool))[0]?.failure?.code, 'RUN_CANCELLED');
      await tasks.cancel(principal, taskId);
      assert.equal(endOf(await tasks.get(principal, taskId)), 'cancelled');
      tool = waits;
      const waiting = await start();
      await settled(waiting.taskId);
      await tasks.cancel(principal, waiting.taskId);
      await update(waiting.taskId, { who: accept({ name: 'Ada' }) });
      assert.equal(endOf(await tasks.get(principal, waiting.taskId)), 'cancelled');
      assert.equal((await stage.runs(waits)).length, 1);
    });
  });

  // Proves calling.task-once.
  describe('a task that several processes touch', () => {
    it('is continued once, by whoever brings the last answer', async () => {
      const body = `const [a, b] = await Promise.all(['a', 'b'].map((key) => host.ask({ key, message: key, schema: ${FORM} })));
      return { a: a.content.name, b: b.content.name };`;
      await stage.make(tool, body, { task: AT_START, grants: ASK });
      await using app = await openApp({ home: stage.config.home, config: stage.config });
      for (let turn = 0; turn < 3; turn += 1) {
        const { taskId } = await start();
        await settled(taskId);
        const [a, b] = [{ a: accept({ name: 'A' }) }, { b: accept({ name: 'B' }) }];
        await Promise.all([
          update(taskId, a),
          update(taskId, b, app.caller),
          update(taskId, { ...a, ...b }),
          update(taskId, a, app.caller),
        ]);
        assert.deepEqual(endOf(await settled(taskId)), { a: 'A', b: 'B' });
      }
      assert.equal((await stage.runs(tool)).length, 6);
    });

    it('is ended where it runs when another process cancels it', async () => {
      await stage.make(tool, 'await host.sleep(20_000); return {};', { task: AT_START });
      const { taskId } = await start();
      await stage.createCaller().tasks.cancel(principal, taskId);
      await until(async () => (await stage.runs(tool)).length === 1);
      assert.equal((await stage.runs(tool))[0]?.failure?.code, 'RUN_CANCELLED');
      assert.equal(endOf(await stage.caller.tasks.get(principal, taskId)), 'cancelled');
    });

    it('is failed when nobody works on it, though this process lives and works on others', async () => {
      await stage.make(tool, `return await host.ask({ key: 'who', message: 'Name?', schema: ${FORM} });`, {
        task: AT_START,
        grants: ASK,
      });
      const { tasks } = stage.store;
      let isLost = false;
      const store = {
        ...stage.store,
        tasks: {
          ...tasks,
          update: async (...args: Parameters<typeof tasks.update>) => {
            const isWritten = await tasks.update(...args);
            if (isLost) throw new Error('the connection was lost after the write');
            return isWritten;
          },
        },
      };
      const caller = stage.createCaller({ store });
      const { taskId } = await start(caller);
      await settled(taskId, caller);
      isLost = true;
      await assert.rejects(update(taskId, { who: accept({ name: 'Ada' }) }, caller));
      isLost = false;
      tool = `${tool}_long`;
      await stage.make(tool, 'await host.sleep(20_000); return {};', { task: AT_START });
      const other = await start(caller);
      assert.equal(endOf(await settled(taskId, caller)), 'failed RUN_INTERRUPTED');
      await caller.tasks.cancel(principal, other.taskId);
    });

    // Proves calling.task-interrupted.
    it('tells the truth after kill -9: what worked is failed and not run again, what waits or ended is as it was', async () => {
      const [works, waits, ends] = ['works', 'waits', 'ends'].map((name) => `${tool}_${name}`) as [
        string,
        string,
        string,
      ];
      await stage.make(works, 'await host.sleep(25_000); return {};', { task: AT_START });
      await stage.make(waits, `return await host.ask({ key: 'who', message: 'Name?', schema: ${FORM} });`, {
        task: AT_START,
        grants: ASK,
      });
      await stage.make(ends, 'return { done: true };', { task: AT_START });
      const child = new Child('../calling/start-tasks.ts', ...place.args, works, waits, ends);
      await child.said(3);
      const [working = '', waiting = '', ended = ''] = child.lines;
      assert.deepEqual(endOf(await settled(waiting)), ['who']);
      assert.deepEqual(endOf(await settled(ended)), { done: true });
      await delay(1500);
      // It is renewed while the process lives.
      assert.equal(endOf(await stage.caller.tasks.get(principal, working)), 'working');
      await child[Symbol.asyncDispose]();
      const killedAt = Date.now();
      assert.equal(endOf(await settled(working)), 'failed RUN_INTERRUPTED');
      assert.ok(Date.now() - killedAt < 6000);
      assert.deepEqual(await stage.runs(works), []);
      assert.deepEqual(endOf(await settled(ended)), { done: true });
      await update(waiting, { who: accept({ name: 'Ada' }) });
      assert.deepEqual(endOf(await settled(waiting)), accept({ name: 'Ada' }));
      assert.equal(endOf(await stage.caller.tasks.get(principal, working)), 'failed RUN_INTERRUPTED');
      assert.deepEqual(await stage.runs(works), []);
    });
  });

  // Proves calling.task-drained.
  describe('a host that stops', () => {
    it('lets tasks end in time, fails what is left, and takes no more', async () => {
      const long = `${tool}_long`;
      await stage.make(tool, 'await host.sleep(300); return { done: true };', { task: AT_START });
      await stage.make(long, 'await host.sleep(20_000); return {};', { task: AT_START });
      const caller = stage.createCaller();
      const short = await start(caller);
      tool = long;
      const endless = await start(caller);
      const startedAt = Date.now();
      const drained = caller.drain(1000);
      await assert.rejects(call({}, caller), { code: 'HOST_STOPPING' });
      await drained;
      assert.ok(Date.now() - startedAt < 3000);
      assert.deepEqual(endOf(await stage.caller.tasks.get(principal, short.taskId)), { done: true });
      assert.equal(endOf(await stage.caller.tasks.get(principal, endless.taskId)), 'failed RUN_INTERRUPTED');
      assert.equal((await stage.runs(long))[0]?.failure?.code, 'RUN_CANCELLED');
    });

    it('keeps a result until the store takes it', async () => {
      await stage.make(tool, 'return { done: true };', { task: AT_START });
      let failures = 1;
      const { tasks } = stage.store;
      const store = {
        ...stage.store,
        tasks: {
          ...tasks,
          update: async (...args: Parameters<typeof tasks.update>) => {
            failures -= 1;
            if (failures < 0) return tasks.update(...args);
            throw new Error('busy');
          },
        },
      };
      const caller = stage.createCaller({ store });
      assert.deepEqual(endOf(await settled((await start(caller)).taskId)), { done: true });
    });
  });

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    for (let left = 200; left > 0; left -= 1) {
      if (await isSo()) return;
      await delay(25);
    }
    throw new Error('it never came to be');
  }
});
