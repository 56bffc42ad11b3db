import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { wallOf } from '../../../../../host/cli/attest/wall.ts';

const body = { body: '' };
const template = { template: {}, context: {} };

const ENDINGS = [
  { make: body, reaches: 'run', killed: false, wall: 'isolate' },
  { make: template, reaches: 'run', killed: false, wall: 'template engine' },
  { make: body, reaches: 'run', code: 'LIMIT_CPU', killed: false, wall: 'limits' },
  { make: body, reaches: 'run', code: 'LIMIT_CPU', killed: true, wall: 'process' },
  { make: body, reaches: 'run', code: 'RUN_CRASHED', killed: false, wall: 'process' },
  { make: template, reaches: 'render', code: 'MAKING_CRASHED', killed: true, wall: 'process' },
  { make: template, reaches: 'render', code: 'TEMPLATE_RAW_SLOT', killed: false, wall: 'template engine' },
  { make: body, reaches: 'compile', code: 'COMPILE_FAILED', killed: false, wall: 'compiler' },
  { make: body, reaches: 'inspect', code: 'SCHEMA_LIMIT', killed: false, wall: 'schemas' },
  { make: body, reaches: 'inspect', code: 'MANIFEST_INVALID', killed: false, wall: 'checks' },
  { make: body, reaches: 'input', code: 'INPUT_INVALID', killed: false, wall: 'schemas' },
  { make: body, reaches: 'output', code: 'CONTENT_INVALID', killed: false, wall: 'lane' },
  { make: body, reaches: 'inspect', killed: false, wall: 'inspection' },
  { make: body, reaches: 'door', killed: false, wall: 'door' },
  { make: body, reaches: 'load', code: 'TOOL_THREW', killed: false, wall: 'isolate' },
] as const;

describe('wallOf', () => {
  for (const { make, reaches, wall, ...ending } of ENDINGS) {
    const code = 'code' in ending ? ending.code : 'an answer';
    it(`names ${wall} for ${code} of ${'body' in make ? 'source' : 'a template'}, at ${reaches}`, () => {
      assert.equal(wallOf({ make, reaches }, ending), wall);
    });
  }
});
