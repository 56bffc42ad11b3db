// Three keywords of ajv, corrected for values a stranger sends.

import { _, Name, type CodeKeywordDefinition, type KeywordCxt } from 'ajv/dist/2020.js';
import { mergeEvaluated } from 'ajv/dist/compile/util.js';
import prefixItemsKeyword from 'ajv/dist/vocabularies/applicator/prefixItems.js';
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
 * Ajv goes on after `prefixItems` only if a variable is true that a list too short for its items never sets: `[]` would
 * pass whatever else its schema asks, `contains` for instance. Here it starts at true.
 */
const prefixItems: CodeKeywordDefinition = {
  ...prefixItemsKeyword.default,
  code(context: KeywordCxt) {
    const { gen, data, keyword, it } = context;
    const schemas = context.schema as readonly unknown[];
    if (schemas.length > 0 && it.items !== true) it.items = mergeEvaluated.items(gen, schemas.length, it.items);
    const isValid = gen.let('valid', true);
    const length = gen.const('len', _`${data}.length`);
    for (const [index, schema] of schemas.entries()) {
      if (takesEverything(schema)) continue;
      gen.if(_`${length} > ${index}`, () => {
        const isItemValid = gen.name('_valid');
        context.subschema({ keyword, schemaProp: index, dataProp: index }, isItemValid);
        gen.assign(isValid, isItemValid);
      });
      context.ok(isValid);
    }
  },
};

function takesEverything(schema: unknown): boolean {
  return schema === true || (typeof schema === 'object' && schema !== null && Object.keys(schema).length === 0);
}

/** They take the place of ajv's keywords of the same names. */
export const CORRECTED_KEYWORDS = { prefixItems, uniqueItems, unevaluatedProperties } as const;
