import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatFields } from '../../../../../host/cli/output/fields.ts';

const plain = { style: (_format: unknown, text: string) => text };

describe('formatFields', () => {
  it('lists every field by its path, with type, default and meaning', () => {
    const text = formatFields(
      {
        type: 'object',
        required: ['customer'],
        properties: {
          customer: {
            type: 'object',
            description: 'Who it is for',
            required: ['industry'],
            properties: { industry: { type: 'string' }, tags: { type: 'array', items: { type: 'string' } } },
          },
          stage: { enum: ['discovery', 'closing'], default: 'closing' },
          plans: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' } } } },
        },
      },
      plain,
    );
    assert.deepEqual(
      text.split('\n').map((line) => line.split(/ {2,}/)),
      [
        ['field', 'type', 'required', 'meaning'],
        ['customer', 'object', 'yes', 'Who it is for'],
        ['customer.industry', 'string', 'yes'],
        ['customer.tags', 'string[]', 'no'],
        ['stage', '"discovery" | "closing"', 'no ("closing")'],
        ['plans', 'object[]', 'no'],
        ['plans[].id', 'string', 'no'],
      ],
    );
  });

  it('says so when there are none', () => {
    assert.equal(formatFields({ type: 'object' }, plain), 'takes anything');
  });
});
