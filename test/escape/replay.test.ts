// Looks for chance: whatever differs between two runs with one seed and one clock leaks something of the host.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { createSandbox, type RunOutcome, type Sandbox } from '#sandbox';
import { outputOf, run, toolOf } from '../fixtures/jail/tools.ts';

/** Each gathers what might differ from one process to the next. */
const SOURCES = {
  randomness: `return { drawn: Array.from({ length: 20 }, () => Math.random()) };`,
  'the order of sorting by chance': `return { order: [...Array(200).keys()].sort(() => Math.random() - 0.5) };`,
  clocks: `const { Now } = Temporal; return { all: [Date.now(), Date(), String(new Date()), String(Now.instant()), String(Now.zonedDateTimeISO()), new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeStyle: 'full' }).format(), Now.timeZoneId()] };`,
  locale: `return { all: [Intl.DateTimeFormat().resolvedOptions(), Intl.NumberFormat().resolvedOptions(), (12345.678).toLocaleString(), ['ä', 'a', 'z'].sort(new Intl.Collator().compare), 'I'.toLocaleLowerCase()] };`,
  'stacks and depths': `const f = (n) => (n === 0 ? new Error('x').stack : f(n - 1)); return { stack: f(5) };`,
  'the order of keys': `const o = {}; for (let i = 0; i < 1000; i += 1) o['k' + ((i * 7919) % 1000)] = i; return { keys: Object.keys(o), map: [...new Map(Object.entries(o)).keys()], names: Object.getOwnPropertyNames(globalThis) };`,
  waiting: `const before = Date.now(); await host.sleep(7); const between = Date.now(); await Promise.all([host.sleep(3), host.sleep(2)]); return { between: between - before };`,
  'the race of promises': `const order = []; await Promise.all([1, 2, 3].map(async (n) => { for (let i = 0; i < n; i += 1) await null; order.push(n); })); return { order };`,
} as const;

/** Two tenants: two processes. */
const TENANTS = ['one', 'two'] as const;

describe('two runs with one seed and one clock, in two processes', () => {
  let sandbox: Sandbox;
  before(() => {
    sandbox = createSandbox({ lanes: 2 });
  });
  after(() => sandbox[Symbol.asyncDispose]());

  for (const [what, body] of Object.entries(SOURCES)) {
    // Proves jail.recorded-clock, jail.seeded-randomness.
    it(`cannot be told apart by ${what}`, async () => {
      const tool = toolOf(what, body);
      const outcomes = await Promise.all(TENANTS.map((tenant): Promise<RunOutcome> => run(sandbox, tool, { tenant })));
      const [first, second] = outcomes.map(outputOf);
      assert.deepEqual(first, second);
    });
  }
});
