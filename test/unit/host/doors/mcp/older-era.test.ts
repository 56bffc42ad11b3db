import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toOlderEra } from '../../../../../host/doors/mcp/older-era.ts';

const listed = (outputSchema: object) => ({
  name: 'a',
  inputSchema: { type: 'object' as const },
  outputSchema: outputSchema as never,
});

describe('toOlderEra', () => {
  it('leaves what draft-07 reads the same way alone, object for object', () => {
    const tool = listed({ type: 'object', properties: { a: { $ref: '#/$defs/b' } }, $defs: { b: { enum: [1] } } });
    assert.equal(toOlderEra({ tools: [tool] }).tools[0], tool);
  });

  for (const keyword of ['$anchor', '$id', '$schema', 'prefixItems', 'unevaluatedProperties', '$dynamicRef']) {
    it(`opens an output schema that uses ${keyword}, wherever it stands`, () => {
      const tool = listed({ type: 'object', properties: { a: { anyOf: [{ [keyword]: 'x' }] } } });
      const [older] = toOlderEra({ tools: [tool] }).tools;
      assert.deepEqual(older, { ...tool, outputSchema: { type: 'object' } });
    });
  }

  it('gives the same object for the same tool', () => {
    const page = { tools: [listed({ type: 'object', $anchor: 'a' })] };
    assert.equal(toOlderEra(page).tools[0], toOlderEra(page).tools[0]);
  });
});
