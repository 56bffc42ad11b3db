import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { readFormContent } from '../../../../../host/capabilities/client/form-content.ts';
import { readFormSchema } from '../../../../../host/capabilities/client/form-schema.ts';

function form(properties: unknown, more: object = {}): ReturnType<typeof readFormSchema> {
  return readFormSchema({ type: 'object', properties, ...more });
}

/** Whether a form of one field takes a value. */
function takes(field: object, value: unknown): boolean {
  return readFormContent({ a: value }, form({ a: field })) !== undefined;
}

const TITLED = [
  { const: 'r', title: 'Red' },
  { const: 'g', title: 'Green' },
];

suite('readFormSchema', () => {
  test('takes every kind of field the protocol has, as it is', () => {
    const properties = {
      text: { type: 'string', title: 'T', description: 'D', minLength: 1, maxLength: 9, default: 'x' },
      mail: { type: 'string', format: 'email' },
      ratio: { type: 'number', minimum: 0, maximum: 1, default: 0.5 },
      count: { type: 'integer', minimum: -3, default: 2 },
      sure: { type: 'boolean', default: true },
      plain: { type: 'string', enum: ['a', 'b'], default: 'b' },
      titled: { type: 'string', oneOf: TITLED, default: 'r' },
      named: { type: 'string', enum: ['a', 'b'], enumNames: ['A', 'B'] },
      many: { type: 'array', items: { type: 'string', enum: ['a', 'b'] }, minItems: 1, maxItems: 2, default: ['a'] },
      manyTitled: { type: 'array', items: { anyOf: TITLED }, default: ['r', 'g'] },
    };
    assert.deepEqual(form(properties, { required: ['text'] }), { type: 'object', properties, required: ['text'] });
    assert.deepEqual(readFormSchema(undefined), { type: 'object', properties: {} });
  });

  const nested = { type: 'object', properties: { b: { type: 'string' } } };
  const refused: Readonly<Record<string, unknown>> = {
    'no object': 'x',
    'another root': { type: 'array' },
    'another keyword': { type: 'object', properties: {}, additionalProperties: true },
    'a nested object': { type: 'object', properties: { a: nested } },
    'a list of texts': { type: 'object', properties: { a: { type: 'array', items: { type: 'string' } } } },
    'choices of no type': { type: 'object', properties: { a: { type: 'array', items: { enum: ['x'] } } } },
    'a reference': { type: 'object', properties: { a: { $ref: '#/x' } } },
    'a pattern': { type: 'object', properties: { a: { type: 'string', pattern: '(a+)+$' } } },
    'another format': { type: 'object', properties: { a: { type: 'string', format: 'password' } } },
    'a field that is none': { type: 'object', properties: { a: null } },
    'no choices': { type: 'object', properties: { a: { type: 'string', enum: [] } } },
    'a choice twice': { type: 'object', properties: { a: { type: 'string', enum: ['x', 'x'] } } },
    'bounds nothing fits': { type: 'object', properties: { a: { type: 'string', minLength: 3, maxLength: 2 } } },
    'more choices than there are': {
      type: 'object',
      properties: { a: { type: 'array', items: { type: 'string', enum: ['x'] }, minItems: 2 } },
    },
    'a default that does not fit': { type: 'object', properties: { a: { type: 'integer', default: 0.5 } } },
    'an unknown property required': { type: 'object', properties: {}, required: ['a'] },
    'a name with a space': { type: 'object', properties: { 'a b': { type: 'string' } } },
    'a prototype': JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}}}') as unknown,
    'deceiving text': { type: 'object', properties: { a: { type: 'string', title: 'a\u202eb' } } },
    'deceiving text as a default': { type: 'object', properties: { a: { type: 'string', default: 'a\u001b[2Jb' } } },
    'deceiving names of choices': {
      type: 'object',
      properties: { a: { type: 'string', enum: ['x'], enumNames: ['a\u202eb'] } },
    },
    'fewer names than choices': {
      type: 'object',
      properties: { a: { type: 'string', enum: ['x', 'y'], enumNames: ['X'] } },
    },
    'a long label': { type: 'object', properties: { a: { type: 'string', title: 'x'.repeat(201) } } },
    'a child of Object': { type: 'object', properties: {}, required: ['toString'] },
    '33 fields': {
      type: 'object',
      properties: Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`f${index}`, { type: 'boolean' }])),
    },
    '201 choices': {
      type: 'object',
      properties: { a: { type: 'string', enum: Array.from({ length: 201 }, (_, index) => `${index}`) } },
    },
  };
  for (const [what, schema] of Object.entries(refused)) {
    test(`refuses ${what}`, () => {
      assert.throws(() => readFormSchema(schema), { code: 'ASK_INVALID' });
    });
  }
});

suite('readFormContent', () => {
  test('holds each kind of field to its rules', () => {
    const text = { type: 'string', minLength: 2, maxLength: 3 };
    assert.deepEqual(
      [takes(text, 'ab'), takes(text, '😀😀😀'), takes(text, 'a'), takes(text, 'abcd'), takes(text, 5)],
      [true, true, false, false, false],
    );
    const whole = { type: 'integer', minimum: 1, maximum: 3 };
    assert.deepEqual(
      [takes(whole, 3), takes(whole, 1.5), takes(whole, 0), takes(whole, '2')],
      [true, false, false, false],
    );
    assert.deepEqual([takes({ type: 'boolean' }, false), takes({ type: 'boolean' }, 'true')], [true, false]);
    for (const field of [
      { type: 'string', enum: ['r', 'g'] },
      { type: 'string', oneOf: TITLED },
      { type: 'string', enum: ['r', 'g'], enumNames: ['Red', 'Green'] },
    ]) {
      assert.deepEqual([takes(field, 'r'), takes(field, 'Red'), takes(field, ['r'])], [true, false, false]);
    }
    for (const items of [{ type: 'string', enum: ['r', 'g'] }, { anyOf: TITLED }]) {
      const field = { type: 'array', items, minItems: 1 };
      assert.deepEqual(
        [['r', 'g'], [], ['r', 'r'], ['b'], 'r'].map((value) => takes(field, value)),
        [true, false, false, false, false],
      );
    }
  });

  test('knows the formats', () => {
    const fits = (format: string, value: string): boolean => takes({ type: 'string', format }, value);
    assert.deepEqual([fits('email', 'a@b.c'), fits('email', 'a b@c')], [true, false]);
    assert.deepEqual([fits('uri', 'https://a.b'), fits('uri', 'a b')], [true, false]);
    assert.deepEqual(
      [fits('date', '2026-02-28'), fits('date', '2026-02-30'), fits('date', '28.2.2026')],
      [true, false, false],
    );
    assert.deepEqual(
      [
        fits('date-time', '2026-02-28T12:00:00Z'),
        fits('date-time', '2026-02-30T12:00:00Z'),
        fits('date-time', '2026-02-28'),
      ],
      [true, false, false],
    );
  });

  test('wants what is required, and leaves out what was not asked for', () => {
    const schema = form({ a: { type: 'string' }, b: { type: 'string' } }, { required: ['a'] });
    assert.deepEqual(readFormContent({ a: 'x', c: 'y' }, schema), { a: 'x' });
    assert.equal(readFormContent({ b: 'x' }, schema), undefined);
    assert.equal(readFormContent({ a: 'x', b: 5 }, schema), undefined);
    assert.deepEqual(readFormContent(undefined, form({})), {});
    const inherited = form({ valueOf: { type: 'string' }, constructor: { type: 'string' } });
    assert.deepEqual(readFormContent({ constructor: 'x' }, inherited), { constructor: 'x' });
  });
});
