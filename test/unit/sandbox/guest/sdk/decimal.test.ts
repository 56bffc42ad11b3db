import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { runTool } from '../prelude/guest.ts';

async function amounts(expressions: readonly string[]): Promise<unknown> {
  const { output, failure } = await runTool(
    `import { Decimal, defineTool } from 'glovebox'; export default defineTool({ run: () => ({ amounts: [${expressions.join()}] }) });`,
  );
  assert.equal(failure, undefined);
  return (output as { readonly amounts: unknown }).amounts;
}

describe('Decimal', () => {
  it('adds without binary fractions', async () => {
    assert.deepEqual(
      await amounts([`new Decimal('0.1').plus('0.2').toFixed(2)`, `new Decimal(0.1).times(3).toString()`]),
      ['0.30', '0.3'],
    );
  });

  it('rounds halves away from zero, or to even where asked', async () => {
    assert.deepEqual(
      await amounts([
        `new Decimal('1.005').toFixed(2)`,
        `new Decimal('-1.005').toFixed(2)`,
        `new Decimal('1.005').round(2, Decimal.roundHalfEven).toFixed(2)`,
        `new Decimal('1.015').round(2, Decimal.roundHalfEven).toFixed(2)`,
      ]),
      ['1.01', '-1.01', '1.00', '1.02'],
    );
  });

  it('divides to 34 places', async () => {
    assert.deepEqual(await amounts([`new Decimal(2).div(3).toString()`]), [`0.${'6'.repeat(33)}7`]);
  });

  it('is JSON text in a result', async () => {
    assert.deepEqual(await amounts([`new Decimal('12.50')`]), ['12.5']);
  });
});
