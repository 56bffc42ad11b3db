// What MCP clients rely on by name, as literals: a change here is a change for every one of them.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMcpBackend, META_KEYS } from '#host/doors/mcp';
import { LOCAL_PRINCIPAL } from '#host/base';
import { createTestLog } from '../fixtures/mcp/http-door.ts';
import { openMemoryHost } from '../fixtures/mcp/memory-host.ts';

const backend = createMcpBackend({ ...openMemoryHost().parts, version: '0.0.0', log: createTestLog([]) });

describe('the MCP surface', () => {
  it('has these _meta keys', () => {
    assert.deepEqual(META_KEYS, {
      version: 'dev.glovebox/version',
      digest: 'dev.glovebox/digest',
      run: 'dev.glovebox/run',
      bill: 'dev.glovebox/bill',
      failure: 'dev.glovebox/failure',
    });
  });

  it('has this server name and these capabilities', () => {
    assert.equal(backend.serverInfo.name, 'glovebox');
    assert.deepEqual(backend.capabilities, {
      tools: { listChanged: true },
      experimental: { glovebox: { version: '0.0.0' } },
    });
  });

  it('has these maker tools, with these arguments and results', () => {
    const { tools } = backend.listTools(LOCAL_PRINCIPAL);
    const surface = tools.map(({ name, inputSchema, outputSchema }) => [
      name,
      Object.keys(inputSchema.properties ?? {}).join(' '),
      inputSchema.required?.join(' '),
      Object.keys((outputSchema as { properties: object }).properties).join(' '),
    ]);
    assert.deepEqual(surface, [
      ['list_templates', '', '', 'templates'],
      ['describe_template', 'template', 'template', 'name version title description category context examples'],
      [
        'generate_tool',
        'template context constraints name',
        'template context',
        'tool version digest unchanged report',
      ],
      [
        'create_tool',
        'manifest source files constraints replace',
        'manifest source',
        'tool version digest unchanged report',
      ],
      ['list_versions', 'tool', 'tool', 'tool versions'],
      ['rollback_tool', 'tool to', 'tool', 'tool version digest unchanged'],
      ['remove_tool', 'tool', 'tool', 'tool versions'],
      [
        'describe_run',
        'run',
        'run',
        'run tool version digest principal startedAt verdict failure bill limits logs seed clockMs inputDigest outputDigest input output',
      ],
    ]);
  });
});
