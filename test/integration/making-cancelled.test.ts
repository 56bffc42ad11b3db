// Makings that end before their time: cancelled, refused by a stopping host, or unable to write.

import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { suite, test } from 'node:test';

import { LOCAL_PRINCIPAL as principal } from '#host/base';
import type { MakingStep } from '#host/registry';
import { failureOf, openMaker, type TestMaker } from '../fixtures/making/open-maker.ts';

const { tenant } = principal;
const SOURCE = 'export default { run: () => ({}) };';

async function withMaker(work: (maker: TestMaker) => Promise<void>): Promise<void> {
  await using maker = await openMaker();
  await work(maker);
}

// Proves making.cancellation.
suite('a cancelled making', () => {
  test('publishes nothing, whatever step it had come to', async () => {
    await withMaker(async (maker) => {
      const { app, generate } = maker;
      const steps: MakingStep['step'][] = ['find', 'check', 'render', 'compile', 'inspect', 'probe'];
      for (const step of steps) {
        const controller = new AbortController();
        const onStep = (done: MakingStep): void => {
          if (done.step === step) controller.abort();
        };
        const failure = await failureOf(generate({}, { signal: controller.signal, onStep }));
        assert.deepEqual([failure.code, failure.step], ['RUN_CANCELLED', step]);
        const [row] = await app.ledger.makings(tenant, { limit: 1 });
        assert.deepEqual([row?.verdict, row?.failure?.code], ['failed', 'RUN_CANCELLED']);
      }
      assert.deepEqual(app.registry.list(tenant), []);
      assert.equal((await app.ledger.makings(tenant)).length, steps.length);
      assert.equal((await generate({})).version, 1);
    });
  });

  test('does not wait for the workshop', async () => {
    await withMaker(async ({ create }) => {
      await create({ name: 'warm' }, SOURCE);
      const controller = new AbortController();
      // Compiles for seconds, or until its workshop is out of memory.
      const bomb = `export default { run: () => ({}) };\nenum E { ${Array.from({ length: 40_000 }, (_, index) => `a${index} = 'x' + ${index}`).join(', ')} }\nconsole.log(E);`;
      const making = failureOf(create({ name: 'slow' }, bomb, { signal: controller.signal }));
      await new Promise((resolve) => setTimeout(resolve, 20));
      const cancelledAt = performance.now();
      controller.abort();
      assert.equal((await making).code, 'RUN_CANCELLED');
      assert.ok(performance.now() - cancelledAt < 150, `it took ${performance.now() - cancelledAt} ms`);
    });
  });

  test('stops the run of its example', async () => {
    await withMaker(async ({ app, create }) => {
      const controller = new AbortController();
      const source = 'export default { run() { for (;;); } };';
      const manifest = { name: 'endless', examples: [{ input: {} }], limits: { cpuMs: 30_000, wallMs: 30_000 } };
      const making = failureOf(create(manifest, source, { signal: controller.signal }));
      while (app.sandbox.stats().running === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      controller.abort();
      assert.deepEqual([(await making).code, app.sandbox.stats().running], ['RUN_CANCELLED', 0]);
      assert.deepEqual(app.registry.list(tenant), []);
    });
  });
});

suite('a making while the host stops', () => {
  test('is refused, at its beginning or on its way', async () => {
    await withMaker(async ({ app, create, generate }) => {
      await create({ name: 'before' }, SOURCE);
      const onStep = ({ step }: MakingStep): void => {
        if (step === 'compile') void app.sandbox.drain(1000);
      };
      const under = await failureOf(create({ name: 'under' }, SOURCE, { onStep }));
      assert.deepEqual([under.code, under.step], ['HOST_STOPPING', 'inspect']);
      const late = await failureOf(generate({}));
      assert.deepEqual([late.code, late.step], ['HOST_STOPPING', 'check']);
      assert.deepEqual(
        app.registry.list(tenant).map(({ tool }) => tool),
        ['before'],
      );
    });
  });
});

suite('a call', () => {
  test('that is cancelled while it runs stops, and is in the ledger', async () => {
    await withMaker(async ({ app, create }) => {
      const source = "export default { run(_, host) { host.progress(0.1, 'runs'); for (;;); } };";
      await create({ name: 'endless', limits: { cpuMs: 30_000, wallMs: 30_000 } }, source);
      const controller = new AbortController();
      const onProgress = (): void => controller.abort();
      const call = { principal, tool: 'endless', input: {}, signal: controller.signal, onProgress };
      const result = await app.caller.call(call);
      assert.equal(result.ok ? '' : result.failure.code, 'RUN_CANCELLED');
      const row = await app.ledger.getRun(tenant, result.runId);
      assert.deepEqual([row.verdict, row.failure?.code], ['failed', 'RUN_CANCELLED']);
      assert.ok(row.bill.wallMs > 0);
    });
  });

  test('that was cancelled before it began runs nothing and is in no ledger', async () => {
    await withMaker(async ({ app, create }) => {
      await create({ name: 'benign' }, SOURCE);
      const call = app.caller.call({ principal, tool: 'benign', input: {}, signal: AbortSignal.abort() });
      await assert.rejects(call, { code: 'RUN_CANCELLED' });
      assert.deepEqual(await app.ledger.runs(tenant), []);
    });
  });

  test('reports progress while it runs, and never after its result', async () => {
    await withMaker(async ({ app, create }) => {
      const source = `export default { async run(_, host) {
  for (let at = 1; at <= 20; at += 1) { host.progress(at / 20, String(at)); await host.sleep(1); }
  return {};
} };`;
      await create({ name: 'steps' }, source);
      const heard: number[] = [];
      let isOver = false;
      const onProgress = ({ ratio }: { ratio: number }): void => {
        assert.ok(!isOver, 'progress came after the result');
        heard.push(ratio);
      };
      const result = await app.caller.call({ principal, tool: 'steps', input: {}, onProgress });
      isOver = true;
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.ok(result.ok);
      assert.deepEqual(
        heard,
        heard.toSorted((a, b) => a - b),
      );
      assert.ok(heard.length > 0);
    });
  });

  test('takes strings that are no Unicode as they are', async () => {
    await withMaker(async ({ create, call }) => {
      await create({ name: 'echo' }, 'export default { run: (input) => input };');
      const input = { a: '\ud800', b: '\udc00\ud800', c: 'ä\u2028' };
      const result = await call('echo', input);
      assert.deepEqual(result.ok && result.output, input);
    });
  });
});
