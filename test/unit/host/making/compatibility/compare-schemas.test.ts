import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { Json, JsonSchema } from '#sandbox';
import { compareSchemas, type SchemaRole } from '../../../../../host/making/compatibility/compare-schemas.ts';

type Keywords = Readonly<Record<string, Json>>;

function changes(role: SchemaRole, before: Keywords, after: Keywords): readonly string[] {
  const schema = (keywords: Keywords): JsonSchema => ({ type: 'object', ...keywords });
  return compareSchemas(role, schema(before), schema(after)).map(({ kind, path, what }) => `${kind} ${path}: ${what}`);
}

/** Schemas of one property `a`. */
function ofA(schema: Json): Keywords {
  return { properties: { a: schema } };
}

const STRING = { type: 'string' };
const NUMBER = { type: 'number' };
const CLOSED = { additionalProperties: false };
const OPAQUE = 'it cannot be shown to be compatible';

/** Before, after, and what it is to callers who send it and to those who read it. */
const TABLE: readonly {
  readonly name: string;
  readonly before: Keywords;
  readonly after: Keywords;
  readonly input: readonly string[];
  readonly output: readonly string[];
}[] = [
  {
    name: 'an optional property that comes',
    before: ofA(STRING),
    after: { properties: { a: STRING, b: NUMBER } },
    input: ['additive /b: new, optional'],
    output: ['additive /b: new, optional'],
  },
  {
    name: 'a required property that comes',
    before: ofA(STRING),
    after: { properties: { a: STRING, b: NUMBER }, required: ['b'] },
    input: ['breaking /b: new, required'],
    output: ['additive /b: new, required'],
  },
  {
    name: 'a property that goes from an open object',
    before: { properties: { a: STRING, b: NUMBER } },
    after: ofA(STRING),
    input: ['additive /b: removed'],
    output: ['breaking /b: removed'],
  },
  {
    name: 'a property that goes from a closed object',
    before: { properties: { a: STRING, b: NUMBER }, ...CLOSED },
    after: { ...ofA(STRING), ...CLOSED },
    input: ['breaking /b: removed'],
    output: ['additive /b: removed'],
  },
  {
    name: 'a property that comes to a closed object',
    before: { ...ofA(STRING), ...CLOSED },
    after: { properties: { a: STRING, b: NUMBER }, ...CLOSED },
    input: ['additive /b: new, optional'],
    output: ['breaking /b: new, optional'],
  },
  {
    name: 'a property that becomes required',
    before: ofA(STRING),
    after: { ...ofA(STRING), required: ['a'] },
    input: ['breaking /a: now required'],
    output: ['additive /a: now required'],
  },
  {
    name: 'an object that closes',
    before: ofA(STRING),
    after: { ...ofA(STRING), ...CLOSED },
    input: ['breaking /*: allowed → refused'],
    output: ['additive /*: allowed → refused'],
  },
  {
    name: 'other properties that get a type',
    before: { additionalProperties: NUMBER },
    after: { additionalProperties: { type: 'integer' } },
    input: ['breaking /*: type: number → integer'],
    output: ['additive /*: type: number → integer'],
  },
  {
    name: 'another type',
    before: ofA(STRING),
    after: ofA(NUMBER),
    input: ['breaking /a: type: string → number'],
    output: ['breaking /a: type: string → number'],
  },
  {
    name: 'a type that may be null',
    before: ofA(STRING),
    after: ofA({ type: ['string', 'null'] }),
    input: ['additive /a: type: string → null | string'],
    output: ['breaking /a: type: string → null | string'],
  },
  {
    name: 'one more listed value',
    before: ofA({ enum: ['x'] }),
    after: ofA({ enum: ['y', 'x'] }),
    input: ['additive /a: values: +"y"'],
    output: ['breaking /a: values: +"y"'],
  },
  {
    name: 'a listed value in place of another',
    before: ofA({ enum: ['x', 'y'] }),
    after: ofA({ enum: ['x', 'z'] }),
    input: ['breaking /a: values: +"z", -"y"'],
    output: ['breaking /a: values: +"z", -"y"'],
  },
  {
    name: 'listed values that become any text',
    before: ofA({ enum: ['x', 'yy'] }),
    after: ofA({ type: 'string', maxLength: 2 }),
    input: ['additive /a: values: "x", "yy" → any'],
    output: ['breaking /a: values: "x", "yy" → any'],
  },
  {
    name: 'bounds that narrow',
    before: ofA({ type: 'integer', minimum: 0, maximum: 10 }),
    after: ofA({ type: 'integer', exclusiveMinimum: 0, maximum: 9 }),
    input: ['breaking /a: minimum: 0 → 0 (excluded)', 'breaking /a: maximum: 10 → 9'],
    output: ['additive /a: minimum: 0 → 0 (excluded)', 'additive /a: maximum: 10 → 9'],
  },
  {
    name: 'lengths and counts that narrow',
    before: { properties: { a: STRING, b: { type: 'array', maxItems: 5 } } },
    after: {
      properties: { a: { type: 'string', maxLength: 4 }, b: { type: 'array', maxItems: 4, uniqueItems: true } },
    },
    input: [
      'breaking /a: maxLength: none → 4',
      'breaking /b: maxItems: 5 → 4',
      'breaking /b: equal items: allowed → refused',
    ],
    output: [
      'additive /a: maxLength: none → 4',
      'additive /b: maxItems: 5 → 4',
      'additive /b: equal items: allowed → refused',
    ],
  },
  {
    name: 'a coarser step',
    before: ofA({ type: 'integer', multipleOf: 2 }),
    after: ofA({ type: 'integer', multipleOf: 6 }),
    input: ['breaking /a: multipleOf: 2 → 6'],
    output: ['additive /a: multipleOf: 2 → 6'],
  },
  {
    name: 'a bound that speaks of a type that came with it',
    before: ofA(STRING),
    after: ofA({ type: ['string', 'number'], minimum: 3 }),
    input: ['additive /a: type: string → string | number'],
    output: ['breaking /a: type: string → string | number'],
  },
  {
    name: 'another pattern',
    before: ofA({ type: 'string', pattern: '^a' }),
    after: ofA({ type: 'string', pattern: '^b' }),
    input: [`breaking /a: pattern changed; ${OPAQUE}`],
    output: [`breaking /a: pattern changed; ${OPAQUE}`],
  },
  {
    name: 'a pattern that goes',
    before: ofA({ type: 'string', pattern: '^a' }),
    after: ofA(STRING),
    input: ['additive /a: pattern changed'],
    output: [`breaking /a: pattern changed; ${OPAQUE}`],
  },
  {
    name: 'one more alternative',
    before: ofA({ anyOf: [STRING, { type: 'null' }] }),
    after: ofA({ anyOf: [STRING, NUMBER, { type: 'null' }] }),
    input: ['additive /a: anyOf changed'],
    output: [`breaking /a: anyOf changed; ${OPAQUE}`],
  },
  {
    name: 'alternatives in place of types',
    before: ofA({ anyOf: [STRING, { type: 'null' }] }),
    after: ofA({ type: ['null', 'string', 'boolean'] }),
    input: ['additive /a: anyOf changed'],
    output: [`breaking /a: anyOf changed; ${OPAQUE}`],
  },
  {
    name: 'a negation and a condition that change',
    before: { not: { required: ['x'] }, if: { required: ['y'] } },
    after: { not: { required: ['z'] }, if: { required: ['y', 'z'] } },
    input: [`breaking : not changed; ${OPAQUE}`, `breaking : if changed; ${OPAQUE}`],
    output: [`breaking : not changed; ${OPAQUE}`, `breaking : if changed; ${OPAQUE}`],
  },
  {
    name: 'a name that only an alternative mentioned',
    before: { anyOf: [{ properties: { b: STRING } }, { required: ['c'] }] },
    after: { anyOf: [{ properties: { b: STRING } }, { required: ['c'] }], properties: { b: NUMBER, d: NUMBER } },
    input: ['breaking /b: new, optional', 'additive /d: new, optional'],
    output: ['additive /b: new, optional', 'additive /d: new, optional'],
  },
  {
    name: 'items and places of a list',
    before: ofA({ type: 'array', prefixItems: [STRING], items: NUMBER }),
    after: ofA({ type: 'array', prefixItems: [NUMBER], items: STRING }),
    input: ['breaking /a/0: type: string → number', 'breaking /a/*: type: number → string'],
    output: ['breaking /a/0: type: string → number', 'breaking /a/*: type: number → string'],
  },
  {
    name: 'what a header repeats',
    before: ofA(STRING),
    after: ofA({ type: 'string', 'x-mcp-header': 'A' }),
    input: [`breaking /a: x-mcp-header changed; ${OPAQUE}`],
    output: ['additive /a: x-mcp-header changed'],
  },
  {
    name: 'words, examples and defaults',
    before: { properties: { a: { type: 'string', title: 'A' } }, description: 'one' },
    after: { properties: { a: { type: 'string', default: 'x' } }, description: 'two', $comment: 'new' },
    input: ['description : description, $comment changed', 'description /a: title, default changed'],
    output: ['description : description, $comment changed', 'description /a: title, default changed'],
  },
  {
    name: 'another way to say the same',
    before: { properties: { a: STRING }, required: ['a'] },
    after: {
      allOf: [{ $ref: '#/$defs/has' }],
      required: ['a'],
      $defs: { has: { properties: { a: { $ref: '#/$defs/s' } } }, s: STRING },
    },
    input: ['description : written otherwise, same meaning'],
    output: ['description : written otherwise, same meaning'],
  },
  {
    name: 'an id within, which is not followed',
    before: ofA({ $id: 'https://example.com/a', type: 'string' }),
    after: ofA({ $id: 'https://example.com/a', type: ['string', 'null'] }),
    input: [`breaking : uses $id or $dynamicRef and changed; ${OPAQUE}`],
    output: [`breaking : uses $id or $dynamicRef and changed; ${OPAQUE}`],
  },
];

suite('compareSchemas', () => {
  for (const { name, before, after, input, output } of TABLE) {
    test(`of ${name}`, () => {
      assert.deepEqual(
        { input: changes('input', before, after), output: changes('output', before, after) },
        { input, output },
      );
    });
  }

  test('finds nothing between equal schemas, whatever the order of their keys', () => {
    assert.deepEqual(
      changes('input', { properties: { a: {}, b: {} }, title: 'x' }, { title: 'x', properties: { b: {}, a: {} } }),
      [],
    );
  });

  test('follows references into schemas that hold themselves', () => {
    const tree = (value: Json): Keywords => ({
      properties: { root: { $ref: '#/$defs/node' } },
      $defs: { node: { type: 'object', properties: { value, next: { $ref: '#/$defs/node' } } } },
    });
    assert.deepEqual(changes('input', tree(STRING), tree(NUMBER)), ['breaking /root/value: type: string → number']);
    const loop = { properties: { a: { $ref: '#/$defs/a' } }, $defs: { a: { $ref: '#/$defs/a' } } };
    const otherLoop = { properties: { a: { $ref: '#/$defs/b' } }, $defs: { b: { allOf: [{ $ref: '#/$defs/b' }] } } };
    assert.deepEqual(changes('input', loop, otherLoop), ['description : written otherwise, same meaning']);
  });

  test('tells a change of a shared definition under an equal reference', () => {
    const sharing = (small: Json): Keywords => ({ not: { $ref: '#/$defs/small' }, $defs: { small } });
    assert.deepEqual(changes('input', sharing(STRING), sharing(NUMBER)), [`breaking : not changed; ${OPAQUE}`]);
  });

  test('takes names such as __proto__ for what they are', () => {
    const proto = JSON.parse(
      '{"properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"}}}',
    ) as Keywords;
    const other = JSON.parse('{"properties":{"__proto__":{"type":"number"}}}') as Keywords;
    assert.deepEqual(changes('input', proto, other), [
      'breaking /__proto__: type: string → number',
      'additive /constructor: removed',
    ]);
  });

  for (const [name, make] of Object.entries(hostile())) {
    test(`ends soon on ${name}`, () => {
      const began = performance.now();
      const found = changes('input', make(STRING), make(NUMBER));
      assert.match(found[0] ?? '', /^breaking/);
      assert.ok(performance.now() - began < 2000, `it took ${performance.now() - began} ms`);
    });
  }
});

/** Schemas at the bounds of the jail, made to be expensive. */
function hostile(): Readonly<Record<string, (leaf: Json) => Keywords>> {
  const many = (count: number, make: (index: number) => Json): Readonly<Record<string, Json>> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, make(index)]));
  const ref = (index: number): Json => ({ $ref: `#/$defs/p${index}` });
  const start = { properties: { a: ref(0) } };
  return {
    'two thousand properties': (leaf) => ({ properties: many(1900, () => leaf) }),
    'a chain of references': (leaf) => ({
      ...start,
      $defs: many(900, (index) => (index === 899 ? leaf : { properties: { x: ref(index + 1) } })),
    }),
    'references that double at each step': (leaf) => ({
      ...start,
      $defs: many(400, (index) => (index === 399 ? leaf : { allOf: [ref(index + 1), ref(index + 1)] })),
    }),
    'alternatives that double at each step': (leaf) => ({
      ...start,
      $defs: many(60, (index) =>
        index === 59 ? leaf : { anyOf: [ref(index + 1), { properties: { z: ref(index + 1) } }] },
      ),
    }),
    'definitions that all refer to each other': (leaf) => ({
      ...start,
      $defs: many(300, (index) => ({
        properties: { leaf, ...many(5, (next) => ref((index * 7 + next * 13 + 1) % 300)) },
      })),
    }),
    'long lists that many places share': (leaf) => ({
      properties: { leaf, ...many(500, () => ref(0)) },
      $defs: { p0: { enum: Array.from({ length: 30_000 }, (_, index) => (leaf === STRING ? index : index + 1)) } },
    }),
    'many alternatives': (leaf) => ({
      properties: {
        a: { anyOf: Array.from({ length: 900 }, (_, index) => ({ const: leaf === STRING ? index : -index - 1 })) },
      },
    }),
  };
}
