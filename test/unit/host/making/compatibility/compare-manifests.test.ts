import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { DEFAULT_LIMITS, type Manifest } from '#sandbox';
import { compareManifests } from '../../../../../host/making/compatibility/compare-manifests.ts';

const LIVE: Manifest = {
  name: 'a',
  description: 'a',
  version: '1.0.0',
  category: 'general',
  inputSchema: { type: 'object' },
  outputSchema: { type: 'object' },
  grants: { 'tool.call': ['weather_*'] },
  limits: DEFAULT_LIMITS,
};

function compare(changes: Partial<Manifest>): readonly string[] {
  const { kind, changes: found } = compareManifests(LIVE, { ...LIVE, ...changes });
  return [kind, ...found.map(({ role, path, kind: own, what }) => `${own} ${role} ${path}: ${what}`)];
}

suite('compareManifests', () => {
  test('is silent where callers notice nothing', () => {
    assert.deepEqual(compare({ version: '2.0.0' }), ['none']);
  });

  test('puts the gravest change first', () => {
    const inputSchema = { type: 'object', properties: { a: {}, b: {} }, required: ['b'] };
    assert.deepEqual(compare({ description: 'b', inputSchema }), [
      'breaking',
      'breaking input /b: new, required',
      'additive input /a: new, optional',
      'description manifest /description: changed',
    ]);
  });

  test('shows every grant, more authority as additive', () => {
    assert.deepEqual(compare({ grants: { 'tool.call': ['weather_*', 'news'], 'client.ask': true } }), [
      'additive',
      'additive grants /client.ask: +true',
      'additive grants /tool.call: +news',
    ]);
    assert.deepEqual(compare({ grants: {} }), ['description', 'description grants /tool.call: -weather_*']);
  });

  test('shows hints, limits and words, which break no call', () => {
    const limits = { ...DEFAULT_LIMITS, wallMs: 1000 };
    assert.deepEqual(compare({ annotations: { readOnlyHint: true }, limits, title: 'A', category: 'tests' }), [
      'description',
      'description annotations /readOnlyHint: "none" → true',
      `description limits /wallMs: ${DEFAULT_LIMITS.wallMs} → 1000`,
      'description manifest /title: changed',
      'description manifest /category: changed',
    ]);
  });

  test('counts an output schema as a promise', () => {
    const { outputSchema: _outputSchema, ...silent } = LIVE;
    assert.deepEqual(compareManifests(LIVE, silent).changes, [
      { role: 'output', path: '', kind: 'breaking', what: 'the schema is removed' },
    ]);
    assert.equal(compareManifests(silent, LIVE).kind, 'additive');
  });

  test('refuses callers without tasks only where a task is required', () => {
    assert.deepEqual(compare({ task: { support: 'required', from: 'start' } }), [
      'breaking',
      'breaking manifest /task: none → required',
    ]);
    assert.deepEqual(compare({ task: { support: 'optional', from: 'start' } }), [
      'additive',
      'additive manifest /task: none → optional',
    ]);
  });
});
