// Two keywords of ajv, corrected for values a stranger sends.

import { _, Name, type CodeKeywordDefinition, type KeywordCxt } from 'ajv/dist/2020.js';
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

/** They take the place of ajv's keywords of the same names. */
export const CORRECTED_KEYWORDS = { uniqueItems, unevaluatedProperties } as const;
