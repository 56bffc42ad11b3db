// Where a slot may stand. Each refusal here is a way in which text could have become code.

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { evaluate, failureOf, faultOf, renderManifest, renderSource } from './rendering.ts';

const X = { x: 5, s: 'text', list: [1, 2], yes: true, no: false };

suite('checkSlots', () => {
  const REFUSED: Record<string, string> = {
    'double quotes': 'const a = "{{s}}";',
    'single quotes': "const a = '{{s}}';",
    'a string with an escaped quote': 'const a = "\\" {{s}}";',
    'the text of a template literal': 'const a = `{{s}}`;',
    'template text after a substitution': 'const a = `${1} {{s}}`;',
    'template text inside a substitution': 'const a = `${`{{s}}`}`;',
    'template text after nested braces': 'const a = `${{ b: { c: 1 } }} {{s}}`;'
      .replace('${{', '${ {')
      .replace('}}}', '} } }'),
    'a line comment': 'const a = 1; // {{s}}\n',
    'a block comment': 'const a = 1; /* {{s}} */',
    'a regular expression': 'const a = /{{s}}/;',
    'a regular expression after return': 'return /{{s}}/;',
    'a regular expression after if ()': 'if (a) /{{s}}/.test(b);',
    'a regular expression after an arrow': 'const f = () => /{{s}}/;',
    'a string after a regular expression with a quote': 'const a = /"/; const b = "{{s}}";',
    'a string after a class with a slash': 'const a = /[/"]/; const b = "{{s}}";',
    'a string after a division': 'const a = b / 2; const c = "{{s}}"; const d = e / 2;',
    'a string after an asserted division': 'const a = b! / 2; const c = "{{s}}"; const d = e / 2;',
    'a string after a postfix division': 'const a = b++ / 2; const c = "{{s}}"; const d = e / 2;',
    'a string after a property named like a keyword': 'const a = b.return / 2; const c = "{{s}}"; const d = e / 2;',
    'a string after a division of a name like a token': 'const a = start / 2; const c = "{{s}}"; const d = e / 2;',
    'a block inside a string': 'const a = "{{#if yes}}b{{/if}}";',
    'a comment inside a string': 'const a = "b{{! note }}c";',
    'a word before': 'const a = x{{x}};',
    'a word after': 'const a = {{x}}px;',
    'a digit after': 'const a = {{x}}5;',
    'a string before': 'const a = "b"{{s}};',
    'a point after': 'const a = {{x}}.toFixed();',
    'a point before': 'const a = b.{{s}};',
    'a back quote after': 'const a = {{s}}`b`;',
    'another slot': 'const a = {{x}}{{x}};',
    'another slot once white space is gone': 'const a = {{x~}} {{x}};',
    'a / before a tag': 'const a = b /{{#if yes}}/ "{{/if}}{{x}}";',
    'a / that may be either': 'function f() {} / 2; {{x}} / 2;',
    'a / after an import on the line before': 'import \'./b\'\n/"/.exec("+ {{s}} +")//"',
    'a / after break on the line before': 'for (;;) { break\n/"/.exec("+ {{s}} +")//"\n}',
    'a / after a type on the line before': 'let a: b[] // c\n/"/.exec("+ {{s}} +")//"',
    'a / after a line break and a tag': 'debugger\n{{#if yes}}/"/.exec("+ {{s}} +")//"\n{{/if}}',
    'a string after a regular expression after for await ()': 'for await (const a of b) /"/.exec("+ {{s}} +")//"',
    'a / after void, which may be a type': 'const a = b as void /"/ + {{s}} + "/ 1;',
    'a / after an operator after a number that ends in a point': 'const a = 3. in /"/.exec("+ {{s}} +")//"',
    'a word split by a block': 'const a = re{{#if yes}}turn{{/if}};',
    'a word split by a comment': 'const a = re{{! }}turn;',
    'an operator split by a block': 'a +{{#if yes}}+ b{{/if}};',
    'a bracket in one branch only': '{{#if yes}}f({{/if}}1)',
    'different brackets in the branches': 'const a = {{#if yes}}[{{else}}f({{/if}}1)',
    'a bracket opened by a loop': '{{#each list}}f({{/each}}',
    'a branch that ends in a comment': 'a; {{#if yes}}// b{{/if}}\n c;',
    'a branch that ends in a string': 'a = {{#if yes}}"b{{/if}}";',
  };

  for (const [name, template] of Object.entries(REFUSED)) {
    test(`refuses ${name}`, () => {
      assert.equal(failureOf(() => renderSource(template, X)).code, 'TEMPLATE_SLOT_POSITION');
    });
  }

  const ACCEPTED: Record<string, [template: string, value: unknown]> = {
    'a substitution in a template literal': ['`a ${ {{s}} } b`', 'a text b'],
    'a nested substitution': ['`${ [`${ {{s}} }`, { b: {{x}} }][0] }`', 'text'],
    'after a string with braces': ['"{" + {{s}}', '{text'],
    'after an escaped quote': ['"\\"" + {{s}}', '"text'],
    'after a regular expression with quotes': ['/["\'`/]/.source.length + {{x}}', 11],
    'after a division': ['10 / {{x}} / 2', 1],
    'after a division of parentheses': ['(20) / {{x}}', 4],
    'before a division': ['{{x}} / 5', 1],
    'after a line that ends in a division': ['10 /\n{{x}} / 2', 1],
    'after a number with a point': ['[1.5.toFixed(), 0.5 / {{x}}][1]', 0.1],
    'directly before a division': ['{{x}}/5', 1],
    'after a comment': ['/* " */ {{s}} // it\'s\n', 'text'],
    'in a spread': ['[...{{list}}]', [1, 2]],
    'beside brackets': ['[({{x}})]', [5]],
    'after a minus': ['1 -{{x}}', -4],
    'in a loop with separators': ['[{{#each list}}{{this}}{{#unless @last}},{{/unless}}{{/each}}]', [1, 2]],
    'with a member in parentheses': ['({{s}}).length', 4],
    'after an escaped tag': ['"\\{{s}}" + {{s}}', '{{s}}text'],
    'in both branches': ['{{#if yes}}{{x}}{{else}}{{s}}{{/if}}', 5],
    'after white space is taken off': ['[{{x}} {{~! }} , {{s}}]', [5, 'text']],
  };

  for (const [name, [template, value]] of Object.entries(ACCEPTED)) {
    test(`accepts a slot ${name}`, () => {
      assert.deepEqual(evaluate(renderSource(template, X).source), value);
    });
  }

  test('never joins values that meet at run time only', () => {
    // Without the comma of an empty loop the two would read 55.
    assert.equal(renderSource('{{x}}{{#each none}},{{/each}}{{x}}', X).source, '5 5');
    assert.equal(renderSource('a = b{{#if yes}}{{x}}{{/if}};', X).source, 'a = b 5;');
  });

  test('refuses a slot within a string of the manifest, and a glued one', () => {
    assert.deepEqual(
      faultOf(() => renderManifest('{\n  "a": "b {{s}}"\n}', X)),
      ['TEMPLATE_SLOT_POSITION', 'tool.json.hbs', 2, 10],
    );
    assert.equal(failureOf(() => renderManifest('{"a": -{{x}} }', X)).code, 'TEMPLATE_SLOT_POSITION');
    assert.equal(failureOf(() => renderManifest('{"a": 1{{x}} }', X)).code, 'TEMPLATE_SLOT_POSITION');
  });

  test('says where the tag stands, also after trimmed white space', () => {
    assert.deepEqual(
      faultOf(() => renderSource('{{#if yes}}\n  a;\n{{/if}}\nb = "{{s}}";', X)),
      ['TEMPLATE_SLOT_POSITION', 'tool.ts.hbs', 4, 5],
    );
  });

  test('refuses text that does not end or close', () => {
    for (const template of ['a = `b', '/* a', '{{x}} "a', 'f(', 'f)', 'a = "b\n";', 'a = (/b\n);']) {
      assert.equal(failureOf(() => renderSource(template, X)).code, 'TEMPLATE_SYNTAX', template);
    }
    assert.equal(renderSource('a; // the end').source, 'a; // the end');
  });

  test('refuses lines that compilers skip and the lexer would read', () => {
    for (const template of ['#!/*\n"*/ + {{s}} + /*"\n//*/', '{{! a}}#!`', 'a <!-- `', 'a\n--> `']) {
      assert.equal(failureOf(() => renderSource(template, X)).code, 'TEMPLATE_SYNTAX', template);
    }
  });

  test('writes a slot in key position as a key', () => {
    assert.equal(
      renderSource('a = { {{s}}: 1, b: yes ? {{s}} : 2 };', X).source,
      'a = { ["text"]: 1, b: yes ? "text" : 2 };',
    );
    assert.equal(
      renderSource('a = {\n{{#each list}}\n{{text "k" this}}: {{this}}{{#unless @last}},{{/unless}}\n{{/each}}\n};', X)
        .source,
      'a = {\n["k1"]: 1,\n["k2"]: 2\n};',
    );
    assert.equal(renderManifest('{ {{s}}: {{x}} }', X), '{ "text": 5 }');
    assert.equal(failureOf(() => renderManifest('{ {{x}}: 1 }', X)).code, 'TEMPLATE_HELPER_FAILED');
    assert.equal(failureOf(() => renderSource('a = { {{x}}: 1 }', X)).code, 'TEMPLATE_HELPER_FAILED');
  });
});
