import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { DEFAULT_LIMITS, type JsonSchema, type Manifest } from '#sandbox';
import { describeChange } from '../../../../host/making/schema-change.ts';

function manifest(inputSchema: JsonSchema, outputSchema?: JsonSchema): Manifest {
  const rest = { name: 'a', description: 'a', version: '1.0.0', category: 'a', grants: {}, limits: DEFAULT_LIMITS };
  return { ...rest, inputSchema, ...(outputSchema === undefined ? {} : { outputSchema }) };
}

const LIVE = manifest(
  {
    type: 'object',
    properties: { kept: { type: 'string' }, old: {}, altered: { type: 'number' } },
    required: ['kept'],
  },
  { type: 'object' },
);

suite('describeChange', () => {
  test('is silent where callers notice nothing', () => {
    const reordered = manifest(
      {
        required: ['kept'],
        properties: { old: {}, altered: { type: 'number' }, kept: { type: 'string' } },
        type: 'object',
      },
      { type: 'object' },
    );
    assert.equal(describeChange(LIVE, { ...reordered, description: 'b' }), undefined);
  });

  test('names properties that came, went or changed, and those that are required now', () => {
    const properties = { kept: { type: 'string' }, fresh: {}, altered: { type: 'integer' } };
    const next = manifest({ type: 'object', properties, required: ['kept', 'fresh'] }, { type: 'object' });
    assert.equal(describeChange(LIVE, next), 'input: +fresh -old ~altered, now required: fresh');
  });

  test('says that something else changed, and that an output schema came', () => {
    const next = manifest({ ...LIVE.inputSchema, additionalProperties: false });
    assert.equal(describeChange(LIVE, next), 'input: changed; output: changed');
    const output = { type: 'object', properties: { a: true } };
    assert.equal(describeChange(manifest({ type: 'object' }), manifest({ type: 'object' }, output)), 'output: +a');
  });

  test('stays short', () => {
    const properties = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`p${index}`.repeat(50), {}]));
    const change = describeChange(manifest({ type: 'object' }), manifest({ type: 'object', properties })) ?? '';
    assert.ok(change.endsWith('and 488 more') && change.length < 1000, change);
  });
});
