// Packages of npm, unmodified, as a tool's own files.

import assert from 'node:assert/strict';
import { copyFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createWorkplace, TOOLS, type CalledDocument } from '../fixtures/e2e/workplace.ts';

const NODE_MODULES = join(import.meta.dirname, '../../node_modules');
const PACKAGES = ['dayjs', 'decimal.js', 'valibot'];

// Proves jail.libraries.
describe('a tool on a date, a decimal and a schema library of npm', () => {
  const place = createWorkplace();
  after(() => place[Symbol.dispose]());

  before(async () => {
    for (const name of ['invoice.ts', 'invoice.json']) copyFileSync(join(TOOLS, name), join(place.cwd, name));
    for (const name of PACKAGES) {
      cpSync(join(NODE_MODULES, name), join(place.cwd, 'lib', name), { recursive: true });
    }
    await place.answer(['create', 'invoice.ts', '--manifest', 'invoice.json']);
  });

  const call = async (input: unknown): Promise<unknown> =>
    (await place.answer<CalledDocument>(['call', 'invoice', '--input', JSON.stringify(input)])).output;

  it('counts months and money right', async () => {
    const lines = [
      { price: '0.10', quantity: 3 },
      { price: '19.99', quantity: 7 },
    ];
    assert.deepEqual(await call({ date: '2026-01-31', lines }), { total: '140.23', due: 'Saturday, 28 February 2026' });
  });

  it('names what the schema library finds wrong', async () => {
    const lines = [
      { price: '1', quantity: 1 },
      { price: 'much', quantity: 0 },
    ];
    assert.deepEqual(await call({ date: '2026-01-31', lines }), { faults: ['1.price', '1.quantity'] });
  });
});
