import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { compileSchemas } from '../../../../fixtures/engines.ts';
import { compileInput, errorsIn, evaluate, firstError, objectSchema, valueSchema } from './schemas.ts';

/** Whether a schema takes `{"value": …}`. */
function takes(schema: unknown, value: unknown): boolean {
  return compileInput(valueSchema(schema))(JSON.stringify({ value })) === '';
}

describe('compileSchemas', () => {
  it('checks input and output with a schema each', () => {
    const validators = evaluate(
      compileSchemas({
        inputSchema: objectSchema({ required: ['a'], properties: { a: { type: 'number' } } }),
        outputSchema: objectSchema({ required: ['b'] }),
      }),
    );
    assert.equal(validators.input('{"a": 1}'), '');
    assert.equal(firstError(validators.input('{"a": "1"}')), 'type at /a');
    assert.equal(validators.output('{"b": 1}'), '');
    assert.equal(firstError(validators.output('{"a": 1}')), 'required at ');
  });

  it('lets one $id stand in both schemas', () => {
    const schema = objectSchema({ $id: 'https://example.com/s', $ref: '#/$defs/a', $defs: { a: { required: ['a'] } } });
    const validators = evaluate(compileSchemas({ inputSchema: schema, outputSchema: schema }));
    assert.equal(firstError(validators.input('{}')), 'required at ');
    assert.equal(validators.output('{"a": 1}'), '');
  });

  it('takes any JSON as output when there is no output schema, and nothing but JSON', () => {
    const { output } = evaluate(compileSchemas({ inputSchema: objectSchema({}) }));
    assert.deepEqual(['null', '[1]', '"x"'].map(output), ['', '', '']);
    assert.equal(firstError(output('undefined')), 'json at ');
  });

  // Plain ajv asks nothing more of a list that is too short for its prefixItems.
  it('finds what a list must contain, whatever stands beside it', () => {
    for (const beside of [{}, { prefixItems: [{ type: 'string' }] }, { items: { type: ['string', 'number'] } }]) {
      for (const contained of [{ type: 'number' }, { $ref: '#/properties/value/$defs/number' }]) {
        const schema = { type: 'array', contains: contained, $defs: { number: { type: 'number' } }, ...beside };
        const verdicts = [[], ['a'], ['a', 1], ['a', 'b', 2]].map((value) => takes(schema, value));
        assert.deepEqual(verdicts, [false, false, true, true], JSON.stringify(schema));
      }
    }
    const second = { prefixItems: [{}, { type: 'string' }], contains: { type: 'null' } };
    assert.deepEqual([takes(second, [1]), takes(second, [null]), takes(second, [null, 1])], [false, true, false]);
    const closed = { prefixItems: [{ type: 'string' }], unevaluatedItems: false };
    assert.deepEqual([takes(closed, []), takes(closed, ['a']), takes(closed, ['a', 1])], [true, true, false]);
    const unique = { prefixItems: [{}], items: { type: 'string' }, uniqueItems: true };
    assert.deepEqual([takes(unique, ['a', 'b']), takes(unique, ['a', 'a'])], [true, false]);
    const anything = { prefixItems: [{ type: 'string' }], contains: { description: 'anything' } };
    assert.deepEqual([takes(anything, []), takes(anything, ['a'])], [false, true]);
    const error = firstError(
      compileInput(valueSchema({ prefixItems: [{}], contains: { type: 'null' } }))('{"value":[]}'),
    );
    assert.equal(error, 'contains at /value');
  });

  it('always makes the same script of the same schemas', () => {
    const schemas = { inputSchema: valueSchema({ $ref: '#' }), outputSchema: valueSchema({ pattern: '^a+$' }) };
    assert.equal(compileSchemas(schemas), compileSchemas(schemas));
  });

  it('supports the references and applicators of 2020-12', () => {
    const tree = {
      $defs: { node: { $anchor: 'node', properties: { next: { $ref: '#node' } }, unevaluatedProperties: false } },
    };
    const input = compileInput(objectSchema({ ...tree, $ref: '#/$defs/node' }));
    assert.equal(input('{"next": {"next": {}}}'), '');
    assert.equal(firstError(input('{"next": {"next": {"other": 1}}}')), 'unevaluatedProperties at /next/next');
    assert.equal(takes({ prefixItems: [{ type: 'string' }], items: { type: 'number' } }, ['a', 1]), true);
    assert.equal(takes({ prefixItems: [{ type: 'string' }], items: { type: 'number' } }, [1, 1]), false);
    assert.equal(takes({ dependentSchemas: { a: { required: ['b'] } } }, { a: 1 }), false);
    assert.equal(takes({ contains: { const: 1 }, minContains: 2 }, [1, 2, 1]), true);
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    assert.equal(takes({ if: { type: 'string' }, then: { minLength: 2 }, else: { minimum: 2 } }, 'a'), false);
  });

  it('resolves $dynamicRef against the outermost anchor', () => {
    const children = { type: 'array', items: { $dynamicRef: '#node' } };
    const tree = { $id: 'tree', $dynamicAnchor: 'node', properties: { children } };
    const strictTree = {
      $id: 'https://example.com/strict-tree',
      $dynamicAnchor: 'node',
      $ref: 'tree',
      $defs: { tree },
    };
    const input = compileInput(objectSchema({ ...strictTree, unevaluatedProperties: false }));
    assert.equal(input('{"children": [{"children": []}]}'), '');
    assert.equal(firstError(input('{"children": [{"childs": []}]}')), 'unevaluatedProperties at /children/0');
  });

  it('reads a draft-07 schema as 2020-12', () => {
    const schema = { $schema: 'http://json-schema.org/draft-07/schema#', definitions: { a: { type: 'string' } } };
    const input = compileInput(objectSchema({ ...schema, properties: { a: { $ref: '#/definitions/a' } } }));
    assert.equal(firstError(input('{"a": 1}')), 'type at /a');
  });

  it('takes money as a multiple of a hundredth, and no number beyond all numbers', () => {
    assert.equal(takes({ multipleOf: 0.01 }, 19.99), true);
    assert.equal(takes({ multipleOf: 0.01 }, 19.999), false);
    assert.equal(firstError(compileInput(valueSchema({ type: 'number' }))('{"value": 1e999}')), 'type at /value');
  });

  it('checks formats strictly and takes unknown ones for annotations', () => {
    assert.equal(takes({ format: 'date' }, '2024-02-29'), true);
    assert.equal(takes({ format: 'date' }, '2023-02-29'), false);
    assert.equal(takes({ format: 'colour' }, 'anything'), true);
  });

  it('names the value, the failed keyword and what is allowed', () => {
    const input = compileInput(valueSchema({ properties: { 'a/b~c': { enum: ['x', 'y'] } } }));
    assert.deepEqual(errorsIn(input('{"value": {"a/b~c": "z"}}')), [
      { path: '/value/a~1b~0c', message: 'must be one of "x", "y"', keyword: 'enum', allowed: ['x', 'y'] },
    ]);
  });

  it('suggests the property that was meant', () => {
    const input = compileInput(
      objectSchema({ properties: { churn_rate: true, gain: true }, additionalProperties: false }),
    );
    const [error] = errorsIn(input('{"churn_rat": 1}'));
    assert.match(error?.message ?? '', /"churn_rat".*"churn_rate"/);
  });

  it('bounds errors in number and length', () => {
    const choice = { anyOf: Array.from({ length: 100 }, (_, index) => ({ const: `${index}`.repeat(200) })) };
    const errors = errorsIn(compileInput(valueSchema(choice))('{"value": 0}'));
    assert.equal(errors.length, 20);
    assert.ok(errors.every(({ message }) => message.length <= 300));
  });

  it('answers a hostile list with the first error only', () => {
    const input = compileInput(valueSchema({ items: { type: 'string' } }));
    assert.equal(errorsIn(input(`{"value": [${'1,'.repeat(100_000)}1]}`)).length, 1);
  });

  it('reports input that is nested deeper than the stack, without an exception', () => {
    const input = compileInput(objectSchema({ properties: { value: { $ref: '#' } } }));
    const deep = '{"value":'.repeat(100_000) + '{}' + '}'.repeat(100_000);
    assert.equal(firstError(input(deep)), 'limit at ');
  });

  it('reports a schema that refers to itself on one value', () => {
    assert.equal(firstError(compileInput(objectSchema({ $ref: '#' }))('{}')), 'limit at ');
  });
});

describe('a generated validator, on names every object inherits', () => {
  const names = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty'];
  const of = (entries: readonly (readonly [string, unknown])[]): object => Object.fromEntries(entries);
  const text = (name: string, value: unknown): string => JSON.stringify(of([[name, value]]));

  for (const name of names) {
    it(`checks, requires and refuses the property ${name}`, () => {
      const declared = compileInput(
        objectSchema({ properties: of([[name, { type: 'string' }]]), required: [name], additionalProperties: false }),
      );
      assert.equal(declared(text(name, 'a')), '');
      assert.equal(firstError(declared(text(name, 1))), `type at /${name}`);
      assert.equal(firstError(declared('{}')), 'required at ');
      const closed = compileInput(objectSchema({ properties: { a: true }, additionalProperties: false }));
      assert.equal(firstError(closed(text(name, 1))), 'additionalProperties at ');
      const pattern = compileInput(objectSchema({ patternProperties: of([[name, { type: 'string' }]]) }));
      assert.equal(firstError(pattern(text(name, 1))), `type at /${name}`);
    });

    it(`refuses ${name} as unevaluated`, () => {
      const anyOf = [{ required: ['x'], properties: { x: true } }, { properties: { a: true } }];
      const input = compileInput(objectSchema({ anyOf, unevaluatedProperties: false }));
      assert.equal(input('{"a": 1}'), '');
      assert.equal(firstError(input(text(name, 1))), 'unevaluatedProperties at ');
    });

    it(`compares values with a key ${name}`, () => {
      const input = compileInput(valueSchema({ uniqueItems: true, items: { not: { const: { a: 1 } } } }));
      const item = text(name, 1);
      assert.equal(input(`{"value": [${item}, {"b": 1}]}`), '');
      assert.equal(firstError(input(`{"value": [${item}, ${item}]}`)), 'uniqueItems at /value');
    });
  }

  it('leaves the prototype of objects alone', () => {
    compileInput(objectSchema({ properties: of([['__proto__', { default: { polluted: true } }]]) }))(
      text('__proto__', { polluted: 1 }),
    );
    assert.equal('polluted' in {}, false);
  });
});

describe('a generated validator, on a pattern that takes quadratic time', () => {
  const pattern = '^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$';

  it('matches strings of up to 4,096 characters and refuses longer ones, wherever the pattern stands', () => {
    const long = `{"value": "a@${'.'.repeat(4100)}"}`;
    const input = compileInput(valueSchema({ pattern }));
    assert.equal(input('{"value": "ada@example.com"}'), '');
    assert.equal(firstError(input(`{"value": "a@${'.'.repeat(4000)} "}`)), 'pattern at /value');
    assert.equal(firstError(input(long)), 'limit at ');
    assert.equal(firstError(compileInput(valueSchema({ not: { pattern } }))(long)), 'limit at ');
  });

  it('matches a linear pattern whatever the length', () => {
    assert.equal(compileInput(valueSchema({ pattern: '^[a-z]+$' }))(`{"value": "${'a'.repeat(1_000_000)}"}`), '');
  });
});
