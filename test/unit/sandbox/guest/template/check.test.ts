import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { compileTemplate } from '../../../../../sandbox/guest/template/compile-template.ts';
import { failureOf, faultOf, renderSource } from './rendering.ts';

// Proves template.refused-at-load.
suite('compileTemplate', () => {
  const check = (sourceTemplate: string) => () => compileTemplate({ manifestTemplate: '{}', sourceTemplate });

  const REFUSED: [template: string, code: string][] = [
    ['{{{raw}}}', 'TEMPLATE_RAW_SLOT'],
    ['{{&raw}}', 'TEMPLATE_RAW_SLOT'],
    ['{{~{raw}~}}', 'TEMPLATE_RAW_SLOT'],
    ['{{#if a}}{{else}}{{{raw}}}{{/if}}', 'TEMPLATE_RAW_SLOT'],
    ['{{> part}}', 'TEMPLATE_UNSUPPORTED'],
    ['{{> (lookup . "part")}}', 'TEMPLATE_UNSUPPORTED'],
    ['{{#> part}}{{/part}}', 'TEMPLATE_UNSUPPORTED'],
    ['{{* decorate}}', 'TEMPLATE_UNSUPPORTED'],
    ['{{#* inline "part"}}{{/inline}}', 'TEMPLATE_UNSUPPORTED'],
    ['{{{{raw}}}} {{x}} {{{{/raw}}}}', 'TEMPLATE_UNSUPPORTED'],
    ['{{@_parent}}', 'TEMPLATE_UNSUPPORTED'],
    ['{{@partial-block}}', 'TEMPLATE_UNSUPPORTED'],
    ['{{undefined}}', 'TEMPLATE_UNSUPPORTED'],
    ['{{#if a as |b|}}{{/if}}', 'TEMPLATE_UNSUPPORTED'],
    ['{{#each a as |b c d|}}{{/each}}', 'TEMPLATE_UNSUPPORTED'],
    ['{{#each a as |a-b|}}{{/each}}', 'TEMPLATE_UNSUPPORTED'],
    ['{{log "x"}}', 'TEMPLATE_HELPER_UNKNOWN'],
    ['{{helperMissing x}}', 'TEMPLATE_HELPER_UNKNOWN'],
    ['{{[%do] 1}}', 'TEMPLATE_HELPER_UNKNOWN'],
    ['{{a.b c}}', 'TEMPLATE_HELPER_UNKNOWN'],
    ['{{"upper" c}}', 'TEMPLATE_HELPER_UNKNOWN'],
    ['{{upper (constructor x)}}', 'TEMPLATE_HELPER_UNKNOWN'],
    ['{{#customer}}{{/customer}}', 'TEMPLATE_HELPER_UNKNOWN'],
    ['{{#toString x}}{{/toString}}', 'TEMPLATE_HELPER_UNKNOWN'],
    ['{{#if a}}{{else log "x"}}{{/if}}', 'TEMPLATE_HELPER_UNKNOWN'],
    ['{{upper a b}}', 'TEMPLATE_HELPER_FAILED'],
    ['{{upper a x=1}}', 'TEMPLATE_HELPER_FAILED'],
    ['{{#if}}{{/if}}', 'TEMPLATE_HELPER_FAILED'],
    ['{{#if a includeZero=true}}{{/if}}', 'TEMPLATE_HELPER_FAILED'],
    ['{{#if a}}', 'TEMPLATE_SYNTAX'],
    ['{{#if a}}{{/each}}', 'TEMPLATE_SYNTAX'],
    ['{{a', 'TEMPLATE_SYNTAX'],
    ['{{a b=}}', 'TEMPLATE_SYNTAX'],
    ['a\u2028b', 'TEMPLATE_SYNTAX'],
  ];

  for (const [template, code] of REFUSED) {
    test(`refuses ${JSON.stringify(template)} with ${code}`, () => {
      assert.equal(failureOf(check(template)).code, code);
    });
  }

  test('says where, and what was meant', () => {
    const template = 'const a = 1;\n  const b = {{uper a}};';
    assert.deepEqual(faultOf(check(template)), ['TEMPLATE_HELPER_UNKNOWN', 'tool.ts.hbs', 2, 12]);
    assert.equal(failureOf(check(template)).data?.['meant'], 'upper');
    assert.deepEqual(faultOf(check('a;\n\n b {{#if c}}\n {{d e=}}')), ['TEMPLATE_SYNTAX', 'tool.ts.hbs', 4, 7]);
    assert.deepEqual(faultOf(check('a;\n {{#if c}}{{/each}}')), ['TEMPLATE_SYNTAX', 'tool.ts.hbs', 2, 4]);
  });

  test('quotes nothing of a template that does not parse', () => {
    assert.doesNotMatch(failureOf(check('const secret = 1; {{b c=}}')).message, /secret/);
  });

  test('takes a name without arguments for a value, whatever helpers there are', () => {
    assert.equal(renderSource('{{title}} + {{values}}', { title: 'a', values: 'b' }).source, '"a" + "b"');
  });
});
