import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '#sandbox';
import { renderTemplate } from '../../../../fixtures/engines.ts';
import { evaluate, failureOf, faultOf, OUTPUT_BYTES, renderManifest, renderSource, valueOf } from './rendering.ts';

suite('renderTemplate', () => {
  test('renders both files from context, data packs and the template', () => {
    const rendered = renderTemplate({
      manifestTemplate: '{ "name": {{tool_name "roi" customer.name}}, "version": {{@template.version}} }',
      sourceTemplate: 'export const BENCHMARK = {{lookup @data.benchmarks customer.industry}};\n',
      context: { customer: { name: 'Acme', industry: 'SaaS' } },
      data: { benchmarks: { SaaS: { churn: 0.05 } } },
      template: { name: 'roi', version: '1.2.3' },
      outputBytes: OUTPUT_BYTES,
    });
    assert.deepEqual(JSON.parse(rendered.manifest), { name: 'roi_acme', version: '1.2.3' });
    assert.equal(rendered.source, 'export const BENCHMARK = ({"churn":0.05});\n');
    assert.deepEqual(rendered.sourceLines, [1, 2]);
  });

  const HOSTILE = [
    '"};process.exit();//',
    "'};process.exit();//",
    '`};process.exit();//',
    '${process.exit()}',
    '*/process.exit();/*',
    '\n;process.exit();\n',
    '\u2028process.exit()\u2029',
    '{{process}} {{{process}}}',
    '</script><script>process.exit()</script>',
    '\\',
    '\\"',
    '\\u0022',
    '\ud800',
    '__proto__',
  ];

  for (const text of HOSTILE) {
    test(`keeps ${JSON.stringify(text)} a value`, () => {
      const context: Json = { a: text, b: text, [text]: text };
      const template = '{ a: {{a}}, b: [{{a}},{{b}}], c: `${ {{a}} }${ {{b}} }`, {{b}}: {{this}} }';
      const value = { a: text, b: [text, text], c: text + text, [text]: context };
      assert.deepEqual(evaluate(renderSource(template, context).source), Object.fromEntries(Object.entries(value)));
      assert.deepEqual(JSON.parse(renderManifest('{ {{b}}: [{{a}}, {{this}}] }', context)), {
        [text]: [text, context],
      });
    });
  }

  test('keeps any context a value', () => {
    const template =
      '[{{this}}, `${ {{this}} === 1 }`, {{#each this}}{{this}}, [{{@key}}], {{/each}} {{#if this}}1{{else}}2{{/if}}]';
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (dictionary) => {
        const context = JSON.parse(JSON.stringify(dictionary)) as { [key: string]: Json };
        const items = Object.entries(context).flatMap(([key, value]) => [value, [key]]);
        assert.deepEqual(evaluate(renderSource(template, context).source), [context, 'false', ...items, 1]);
      }),
    );
  });

  test('keeps an own key __proto__ of the context, and reaches nothing of a prototype', () => {
    const context = JSON.parse('{"__proto__": {"admin": true}, "list": [1], "text": "abc"}') as Json;
    assert.deepEqual(valueOf('__proto__', context), { admin: true });
    assert.equal(valueOf('default constructor "none"', context), 'none');
    assert.equal(valueOf('default list.constructor "none"', context), 'none');
    assert.equal(valueOf('default text.length "none"', context), 'none');
    assert.equal(valueOf('default (lookup this "toString") "none"', context), 'none');
    assert.equal(valueOf('default (lookup list "length") "none"', context), 'none');
    assert.equal(valueOf('default __proto__ "none"', {}), 'none');
  });

  test('renders blocks', () => {
    const context = { list: ['a', 'b'], object: { x: 1, y: 2 }, none: [], zero: 0, deep: { er: { est: 1 } } };
    const rendered = (template: string) => renderManifest(template, context).replace(/\s/g, '');
    assert.equal(
      rendered('[{{#each list as |item index|}}{{item}}, {{index}}, {{@first}}, {{/each}}0]'),
      '["a",0,true,"b",1,false,0]',
    );
    assert.equal(
      rendered('[{{#each object}}{{@key}}, {{this}}, {{@last}}, {{@index}}, {{/each}}0]'),
      '["x",1,false,0,"y",2,true,1,0]',
    );
    assert.equal(rendered('[{{#each none}}1{{else}}2{{/each}}, {{#each gone}}1{{else}}3{{/each}}]'), '[2,3]');
    assert.equal(
      rendered('[{{#if zero}}1{{else if list}}2{{else}}3{{/if}}, {{#unless gone.path}}4{{/unless}}]'),
      '[2,4]',
    );
    assert.equal(
      rendered('{{#with deep.er as |it|}}[{{est}}, {{it.est}}, {{../zero}}, {{@root.zero}}]{{/with}}'),
      '[1,1,0,0]',
    );
    assert.equal(rendered('{{#with none}}1{{else}}2{{/with}}'), '2');
    assert.equal(rendered('{{^if zero}}1{{/if}}'), '1');
  });

  test('counts .. by blocks, also where an item equals the one outside', () => {
    const context = { outer: ['a'], inner: ['a', 'b'], name: 'root' };
    const template = '[{{#each outer}}{{#each ../inner}}{{../../name}}, {{../this}}, {{/each}}{{/each}}0]';
    assert.deepEqual(JSON.parse(renderManifest(template, context)), ['root', 'a', 'root', 'a', 0]);
  });

  test('names a missing value, unless it is asked for', () => {
    const template = 'a;\n{{#with customer}}\n  b = {{text "x" addres.city}};\n{{/with}}\n';
    const failure = failureOf(() => renderSource(template, { customer: { name: 'A' } }));
    assert.deepEqual(
      [failure.code, failure.data],
      ['TEMPLATE_VALUE_MISSING', { file: 'tool.ts.hbs', line: 3, column: 6, path: 'addres.city' }],
    );
    assert.equal(failureOf(() => valueOf('a.b', { a: null })).code, 'TEMPLATE_VALUE_MISSING');
    assert.equal(failureOf(() => valueOf('../../a', { a: 1 })).code, 'TEMPLATE_VALUE_MISSING');
    assert.equal(failureOf(() => valueOf('lookup gone "a"', {})).code, 'TEMPLATE_VALUE_MISSING');
    assert.equal(failureOf(() => renderSource('{{#with gone}}{{/with}}')).code, 'TEMPLATE_VALUE_MISSING');
    assert.equal(valueOf('default a.b.c 1', { a: null }), 1);
    assert.equal(valueOf('choose gone 1 2'), 2);
  });

  test('stops at the budget while it renders', () => {
    const a = Array.from({ length: 500 }, (_, index) => index);
    const template = '{{#each a}}{{#each @root.a}}{{#each @root.a}}some text; {{/each}}{{/each}}{{/each}}';
    const started = performance.now();
    assert.deepEqual(
      faultOf(() => renderSource(template, { a })),
      ['TEMPLATE_OUTPUT_LIMIT', 'tool.ts.hbs', 1, 0],
    );
    assert.ok(performance.now() - started < 2000);
  });

  test('counts bytes, not characters, of both files together', () => {
    const render = (outputBytes: number) => () => renderSource('"é€😀"; {{a}};', { a: 'é' }, outputBytes);
    assert.equal(render(2 + 19)().source, '"é€😀"; "é";');
    assert.equal(Buffer.byteLength(render(21)().source), 18);
    assert.equal(render(20)().source.length, 12);
    assert.equal(failureOf(render(19)).code, 'TEMPLATE_OUTPUT_LIMIT');
  });

  test('stops texts that grow within helpers', () => {
    const doubling = '{{#with (text this this this this this this this this) as |x|}}'.repeat(20);
    const template = `${doubling}1${'{{/with}}'.repeat(20)}`;
    assert.equal(failureOf(() => renderSource(template, 'abcdefgh')).code, 'TEMPLATE_OUTPUT_LIMIT');
  });

  test('refuses a manifest that is not JSON, at the line that spoils it', () => {
    const template = '{\n{{#if yes}}\n  "a": 1,\n{{/if}}\n  "b": {{x}}\n  "c": 2\n}';
    assert.deepEqual(
      faultOf(() => renderManifest(template, { yes: true, x: 1 })),
      ['TEMPLATE_OUTPUT_INVALID', 'tool.json.hbs', 6, 0],
    );
    assert.equal(failureOf(() => renderManifest('')).code, 'TEMPLATE_OUTPUT_INVALID');
  });

  test('maps each line to the line of the template where it began', () => {
    const template =
      'one;\r\n{{#if yes}}\n  two;\n{{/if}}\n{{#each list}}\n  f({{this}},\n    1);\n{{/each}}\n{{!-- note --}}\nlast;';
    const { source, sourceLines } = renderSource(template, { yes: true, list: [1, 2] });
    assert.deepEqual(source.split('\n'), ['one;', '  two;', '  f(1,', '    1);', '  f(2,', '    1);', 'last;']);
    assert.deepEqual(sourceLines, [1, 3, 6, 7, 6, 7, 10]);
    assert.deepEqual(renderSource('').sourceLines, [1]);
    assert.deepEqual(renderSource('a;\n\n').sourceLines, [1, 2, 3]);
  });

  test('renders the same twice', () => {
    const template = '{{#each this}}f({{@key}}, {{currency this "EUR"}}, {{percent this 2}});\n{{/each}}';
    const context = { a: 1234.5, b: 0.125 };
    assert.deepEqual(renderSource(template, context), renderSource(template, context));
  });
});
