// What this repository ships and serves in its tests is written plainly: a warning about any of it is a false one.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { inspectTexts } from '../../../../../host/making/inspection/inspect-texts.ts';

const ROOT = new URL('../../../../../', import.meta.url).pathname;
const SOURCES = globSync('{templates,plugins,test/fixtures/conformance,test/fixtures/tools}/**/*.{ts,hbs}', {
  cwd: ROOT,
});
const MANIFESTS = globSync(
  '{templates/*/template.json,plugins/**/*.json,test/fixtures/conformance/{tools,prompts,resources}/*.json}',
  { cwd: ROOT },
).filter((path) => !path.endsWith('tsconfig.json') && !path.includes('/examples/'));

// Proves inspection.quiet.
describe('inspectTexts, of what is bundled', () => {
  it('reads enough to mean something', () => {
    assert.ok(
      SOURCES.length > 100 && MANIFESTS.length > 40,
      `${SOURCES.length} sources, ${MANIFESTS.length} manifests`,
    );
  });

  for (const path of [...SOURCES, ...MANIFESTS]) {
    it(`finds no warning in ${path}`, () => {
      const text = readFileSync(`${ROOT}${path}`, 'utf8');
      const { findings } = path.endsWith('.json')
        ? inspectTexts({ manifest: { grants: {}, ...(JSON.parse(text) as object) }, files: {} })
        : inspectTexts({ files: { [path]: text } });
      assert.deepEqual(
        findings.filter(({ severity }) => severity === 'warning'),
        [],
      );
    });
  }
});
