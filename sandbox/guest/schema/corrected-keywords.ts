// Three keywords of ajv, corrected for values a stranger sends.

import { _, Name, type CodeKeywordDefinition, type KeywordCxt } from 'ajv/dist/2020.js';
import { Type } from 'ajv/dist/compile/util.js';
import containsKeyword from 'ajv/dist/vocabularies/applicator/contains.js';
import unevaluated from 'ajv/dist/vocabularies/unevaluated/unevaluatedProperties.js';
import { findDuplicate } from './json-equality.ts';

/** Ajv compares every pair of items, which takes hours for a long list; one pass finds the same. */
const uniqueItems: CodeKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  error: { message: '', params: ({ params }) => _`{i: ${params['pair']}[0], j: ${params['pair']}[1]}` },
  code(context: KeywordCxt) {
    if (context.schema === false) return;
    const { gen, data } = context;
    const find = gen.scopeValue('func', { ref: findDuplicate, code: _`require("find-duplicate")` });
    const pair = gen.const('pair', _`${find}(${data})`);
    context.setParams({ pair });
    context.fail(_`${pair} !== undefined`);
  },
};

/**
 * Ajv looks up which properties were evaluated in a plain object, where it finds every inherited name: a stranger's
 * `constructor` would pass. Here the record has no prototype.
 */
const unevaluatedProperties: CodeKeywordDefinition = {
  ...unevaluated.default,
  code(context: KeywordCxt) {
    const { gen, it } = context;
    const record = it.props;
    if (record instanceof Name) {
      gen.if(_`${record} && ${record} !== true`, () =>
        gen.assign(record, _`Object.assign(Object.create(null), ${record})`),
      );
    }
    unevaluated.default.code(context);
  },
};

/**
 * Ajv tells whether an item was found in a variable that only a pass of its loop sets: for an empty list it reads what
 * another keyword left there, so that `[]` passes beside `prefixItems`. Here it starts at false.
 */
const contains: CodeKeywordDefinition = {
  ...containsKeyword.default,
  code(context: KeywordCxt) {
    const { minContains = 1, maxContains } = context.parentSchema as Readonly<Record<string, unknown>>;
    // Where ajv counts, it counts from a start of its own; a schema that takes everything needs no loop.
    if (minContains !== 1 || maxContains !== undefined || takesEverything(context.schema)) {
      containsKeyword.default.code(context);
      return;
    }
    const { gen, data, it } = context;
    context.setParams({ min: 1, max: undefined });
    it.items = true;
    const isFound = gen.let('found', false);
    gen.forRange('i', 0, _`${data}.length`, (i) => {
      const isItem = gen.name('_valid');
      context.subschema({ keyword: 'contains', dataProp: i, dataPropType: Type.Num, compositeRule: true }, isItem);
      gen.if(isItem, () => gen.assign(isFound, true).break());
    });
    context.result(isFound, () => context.reset());
  },
};

function takesEverything(schema: unknown): boolean {
  return schema === true || (typeof schema === 'object' && schema !== null && Object.keys(schema).length === 0);
}

/** They take the place of ajv's keywords of the same names. */
export const CORRECTED_KEYWORDS = { contains, uniqueItems, unevaluatedProperties } as const;
