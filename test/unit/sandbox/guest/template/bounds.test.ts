import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { compileTemplate } from '../../../../../sandbox/guest/template/compile-template.ts';
import { failureOf, renderSource } from './rendering.ts';

// Proves template.bounded.
suite('checkBounds', () => {
  const refused = (sourceTemplate: string) => {
    const started = performance.now();
    const { code, data } = failureOf(() => compileTemplate({ manifestTemplate: '{}', sourceTemplate }));
    // Handlebars takes many seconds for each of these; the check must come before it.
    assert.ok(performance.now() - started < 1000);
    assert.equal(code, 'TEMPLATE_UNSUPPORTED');
    return data?.['limit'];
  };
  const nested = (levels: number) => `${'{{#if a}}'.repeat(levels)}x;${'{{/if}}'.repeat(levels)}`;

  test('refuses 80 KB of nested blocks at once', () => {
    assert.equal(refused(nested(5000)), 32);
  });

  test('refuses long chains of else, inverted blocks and nested calls', () => {
    assert.equal(refused(`{{#if a}}${'{{else if b}}'.repeat(5000)}{{/if}}`), 32);
    assert.equal(refused(`${'{{^if a}}'.repeat(5000)}${'{{/if}}'.repeat(5000)}`), 32);
    assert.equal(refused(`{{upper ${'(upper '.repeat(5000)}a${')'.repeat(5000)}}}`), 32);
  });

  test('refuses more tags, more arguments and more text than a tool needs', () => {
    assert.equal(refused('{{a}};'.repeat(5001)), 5000);
    assert.equal(refused(`{{text ${'a '.repeat(30_000)}}}`), 20_000);
    assert.equal(refused(' '.repeat(256 * 1024 + 1)), 256 * 1024);
  });

  test('accepts as much as it says', () => {
    assert.equal(renderSource(nested(32), { a: 1 }).source, 'x;');
    assert.equal(renderSource('{{a}};'.repeat(5000), { a: 1 }).source.length, 10_000);
    assert.equal(renderSource(' '.repeat(256 * 1024)).source.length, 256 * 1024);
  });

  test('does not count comments and escaped tags', () => {
    const template = `{{!-- ${'{{#if a}} '.repeat(50)} --}}{{! ((( }}x = "${'\\{{#if a}} '.repeat(50)}";`;
    assert.equal(renderSource(template).source.length, 'x = "";'.length + 50 * '{{#if a}} '.length);
  });
});
