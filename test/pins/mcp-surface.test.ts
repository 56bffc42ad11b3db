// What MCP clients rely on by name, as literals: a change here is a change for every one of them.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { createMcpBackend, DEFAULT_MCP_HTTP_LIMITS, META_KEYS } from '#host/doors/mcp';
import { LOCAL_PRINCIPAL } from '#host/base';
import { createTestLog } from '../fixtures/mcp/http-door.ts';
import { openUnjailedHost } from '../fixtures/mcp/unjailed-host.ts';

const backend = createMcpBackend({ ...(await openUnjailedHost()).parts, version: '0.0.0', log: createTestLog([]) });

describe('the MCP surface', () => {
  it('has these _meta keys', () => {
    assert.deepEqual(META_KEYS, {
      version: 'dev.glovebox/version',
      digest: 'dev.glovebox/digest',
      run: 'dev.glovebox/run',
      profile: 'dev.glovebox/profile',
      bill: 'dev.glovebox/bill',
      failure: 'dev.glovebox/failure',
    });
  });

  it('has this server name and these capabilities', () => {
    assert.equal(backend.serverInfo.name, 'glovebox');
    const shared = {
      tools: { listChanged: true },
      prompts: { listChanged: true },
      resources: { listChanged: true, subscribe: true },
      completions: {},
      logging: {},
      experimental: { glovebox: { version: '0.0.0' } },
    };
    assert.deepEqual(backend.capabilities, {
      older: shared,
      newer: { ...shared, extensions: { 'io.modelcontextprotocol/tasks': {} } },
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
        'template context constraints name allow_breaking',
        'template context',
        'tool version digest unchanged report',
      ],
      ['generate_set', 'context tools allow_breaking', 'tools', 'tools'],
      [
        'create_tool',
        'manifest source files constraints replace allow_breaking',
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
        'run tool version digest principal startedAt verdict failure bill limits logs seed clockMs inputDigest outputDigest input output continues journal client format engine content contentDigest journalDigest waiting bytes failureDigest logsDigest waitingDigest',
      ],
    ]);
  });

  it('has these bounds, and its page says so', async () => {
    const { maxSessions, maxPending, maxCalls, maxSubscriptions, resumeGraceMs, eventAgeMs, maxEvents, pollAfterMs } =
      DEFAULT_MCP_HTTP_LIMITS;
    assert.deepEqual(
      { maxSessions, maxPending, maxCalls, maxSubscriptions, resumeGraceMs, eventAgeMs, maxEvents, pollAfterMs },
      {
        maxSessions: 1000,
        maxPending: 256,
        maxCalls: 1024,
        maxSubscriptions: 1024,
        resumeGraceMs: 10_000,
        eventAgeMs: 60_000,
        maxEvents: 1000,
        pollAfterMs: 2000,
      },
    );
    const page = await readFile(new URL('../../docs/mcp.md', import.meta.url), 'utf8');
    for (const said of [
      ...Object.values(META_KEYS),
      '1000, each with 256 requests waiting',
      '| 1024; more are 503',
      '10 seconds to come back',
      'kept for 60 seconds,\n1000 events and 4 MiB',
      'every 2 seconds',
    ]) {
      assert.ok(page.includes(said), said);
    }
  });
});
