import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { CodedError } from '../../../../../sandbox/errors.ts';
import { checkContext } from '../../../../fixtures/engines.ts';
import { objectSchema, refusalOf } from './schemas.ts';

const SCHEMA = objectSchema({
  properties: {
    customer: {
      type: 'object',
      properties: {
        industry: { type: 'string' },
        size: { enum: ['small', 'large'] },
        seats: { type: 'integer', default: 10 },
      },
      required: ['industry'],
      additionalProperties: false,
    },
    currency: { type: 'string', default: 'EUR' },
  },
  required: ['customer'],
});

function errorsOf(context: unknown): readonly { readonly path: string; readonly keyword: string }[] {
  const { code, data } = refusalOf(() => checkContext(SCHEMA, JSON.stringify(context)));
  assert.equal(code, 'CONTEXT_INVALID');
  return (data as { errors: { path: string; keyword: string }[] }).errors;
}

describe('checkContext', () => {
  it('returns the context with defaults filled in, at every depth', () => {
    const context = checkContext(SCHEMA, '{"customer": {"industry": "SaaS"}}');
    assert.deepEqual(JSON.parse(context), { customer: { industry: 'SaaS', seats: 10 }, currency: 'EUR' });
  });

  it('reports every error, sorted by path', () => {
    const errors = errorsOf({ customer: { industry: 1, size: 'huge', sise: 1 }, currency: null });
    assert.deepEqual(
      errors.map(({ path, keyword }) => `${keyword} at ${path}`),
      [
        'type at /currency',
        'additionalProperties at /customer',
        'type at /customer/industry',
        'enum at /customer/size',
      ],
    );
  });

  it('words its message for a human', () => {
    const message = (context: string): string => {
      try {
        return checkContext(SCHEMA, context);
      } catch (error) {
        return (error as CodedError).message;
      }
    };
    assert.match(message('{"customer": {"industry": 1}}'), /^context\/customer\/industry must be string, got number$/);
    assert.match(message('{"customer": {"industry": "a", "size": "huge"}}'), /"small", "large"/);
    assert.match(message('{"customer": {"industry": "a", "seat": 1}}'), /"seat".*"seats"/);
    assert.match(message('[]'), /^context must be object, got array$/);
  });

  it('reports at most 20 errors, or only the first', () => {
    const schema = objectSchema({ properties: { list: { items: { type: 'string' } } } });
    const errors = (items: number, allErrors = true): readonly unknown[] => {
      const context = JSON.stringify({ list: Array(items).fill(1) });
      const { data } = refusalOf(() => checkContext(schema, context, allErrors));
      return (data as { errors: unknown[] }).errors;
    };
    assert.equal(errors(5).length, 5);
    assert.equal(errors(1000).length, 20);
    assert.equal(errors(1000, false).length, 1);
  });

  it('refuses what is no JSON, and what is nested too deeply', () => {
    for (const context of ['', '{"customer": ', '['.repeat(100_000)]) {
      assert.equal(refusalOf(() => checkContext(SCHEMA, context)).code, 'CONTEXT_INVALID');
    }
  });

  it('holds the schema of a template to the bounds of any other', () => {
    const { code, data } = refusalOf(() => checkContext(objectSchema({ patternProperties: { '(a+)+$': {} } }), '{}'));
    assert.equal(code, 'SCHEMA_PATTERN_UNSAFE');
    assert.equal((data as { schema: string }).schema, 'context');
  });

  it('fills in defaults of names every object inherits, and pollutes nothing', () => {
    const properties = JSON.parse(
      '{"constructor": {"default": 1}, "__proto__": {"properties": {"polluted": {"default": true}}}}',
    ) as object;
    const context = checkContext(objectSchema({ properties }), '{"__proto__": {"a": 1}}');
    assert.equal(context, '{"__proto__":{"a":1,"polluted":true},"constructor":1}');
    assert.equal('polluted' in {}, false);
  });

  it('keeps strings as they are, code included', () => {
    const text = JSON.stringify({ customer: { industry: '"};process.exit();//\u2028${1}' }, currency: 'EUR' });
    assert.deepEqual(JSON.parse(checkContext(SCHEMA, text)), {
      ...(JSON.parse(text) as object),
      customer: { industry: '"};process.exit();//\u2028${1}', seats: 10 },
    });
  });
});
