import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ATTACK_LIMITS } from '#sandbox';
import { filesOf, manifestOf } from '../../../../../host/cli/attest/attack-texts.ts';

const named = { name: 'cpu_loops', aim: 'loops' };
const { cpuMs, wallMs } = ATTACK_LIMITS;

const LIMITS = [
  { given: undefined, limits: { cpuMs, wallMs } },
  { given: { heapBytes: 1 }, limits: { cpuMs, wallMs, heapBytes: 1 } },
  { given: { cpuMs: 1000 }, limits: { cpuMs: 1000, wallMs } },
  { given: { timeout: 2 }, limits: { cpuMs, timeout: 2 } },
  { given: { max_cpu: '1 core' }, limits: { wallMs, max_cpu: '1 core' } },
  { given: 'none', limits: 'none' },
  { given: null, limits: null },
] as const;

describe('manifestOf', () => {
  for (const { given, limits } of LIMITS) {
    it(`makes the limits ${JSON.stringify(limits)} of ${JSON.stringify(given)}`, () => {
      const manifest = given === undefined ? {} : { limits: given };
      assert.deepEqual(manifestOf({ ...named, manifest })['limits'], limits);
    });
  }

  it('puts what the attack says over what all have', () => {
    const { name, description, inputSchema } = manifestOf({ ...named, manifest: { name: 'other', inputSchema: true } });
    assert.deepEqual([name, description, inputSchema], ['other', 'loops', true]);
  });
});

describe('filesOf', () => {
  it('has the source and the manifest of what is created', () => {
    const files = filesOf({ ...named, make: { source: 'export default {};', files: { 'lib/a.ts': 'a' } } });
    assert.deepEqual(Object.keys(files).toSorted(), ['lib/a.ts', 'tool.json', 'tool.ts']);
    assert.deepEqual(JSON.parse(files['tool.json'] ?? ''), manifestOf(named));
  });

  it('has the template and the context of what is generated', () => {
    const files = filesOf({ ...named, make: { template: { 'data/x.json': '{}' }, context: { value: 1 } } });
    const paths = ['context.json', 'template/data/x.json', 'template/template.json'];
    assert.deepEqual(Object.keys(files).toSorted(), [...paths, 'template/tool.json.hbs', 'template/tool.ts.hbs']);
    assert.deepEqual(files['context.json'], '{\n  "value": 1\n}');
  });
});
