// What operators set and what holds when they set nothing, written out: never imported from the source they pin.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseConfig } from '#host/base';

const SETTINGS = {
  GLOVEBOX_HOME: { value: '/elsewhere', changes: { home: '/elsewhere' } },
  GLOVEBOX_DATABASE_POOL: { value: '3', changes: { databasePool: 3 } },
  GLOVEBOX_MIGRATE: { value: 'manual', changes: { migrate: 'manual' } },
  GLOVEBOX_DURABILITY: { value: 'full', changes: { durability: 'full' } },
  GLOVEBOX_LEDGER_BYTES: { value: 'digest', changes: { ledgerBytes: 'digest' } },
  GLOVEBOX_PORT: { value: '9000', changes: { port: 9000 } },
  GLOVEBOX_LOG_LEVEL: { value: 'info', changes: { logLevel: 'info' } },
  GLOVEBOX_BODY_BYTES: { value: '2048', changes: { bodyBytes: 2048 } },
  GLOVEBOX_QUEUE: { value: '10', changes: { queue: 10 } },
  GLOVEBOX_MAX_LANES: { value: '4', changes: { maxLanes: 4 } },
  GLOVEBOX_FAST_TENANTS: { value: 'local, other', changes: { fastTenants: ['local', 'other'] } },
  GLOVEBOX_BUBBLEWRAP: { value: 'never', changes: { bubblewrap: 'never' } },
  GLOVEBOX_CGROUP: { value: '/sys/fs/cgroup/tools', changes: { cgroup: '/sys/fs/cgroup/tools' } },
  GLOVEBOX_INSPECTION: { value: 'refuse', changes: { inspection: 'refuse' } },
  GLOVEBOX_DRAIN_MS: { value: '500', changes: { drainMs: 500 } },
  MCP_SESSION_TIMEOUT: { value: '60', changes: { sessionTimeoutMs: 60_000 } },
  MCP_MAX_SESSIONS: { value: '5', changes: { maxSessions: 5 } },
  MCP_SERVER_BASE_URL: { value: 'https://a.example', changes: { serverBaseUrl: 'https://a.example' } },
} as const;

const DEFAULTS = {
  home: '/here/.glovebox',
  databasePool: 10,
  migrate: 'auto',
  durability: 'normal',
  ledgerBytes: 'full',
  port: 8080,
  logLevel: 'warn',
  bodyBytes: 4_194_304,
  queue: 1000,
  fastTenants: [],
  bubblewrap: 'auto',
  inspection: 'report',
  drainMs: 10_000,
  sessionTimeoutMs: 3_600_000,
  maxSessions: 1000,
};

// Proves settings.stable.
describe('settings', () => {
  it('have their pinned defaults', () => {
    assert.deepEqual(parseConfig({}, '/here'), DEFAULTS);
  });

  for (const [name, { value, changes }] of Object.entries(SETTINGS)) {
    it(`${name} changes what it is pinned to, and nothing else`, () => {
      assert.deepEqual(parseConfig({ [name]: value }, '/here'), { ...DEFAULTS, ...changes });
    });
  }

  it('DATABASE_URL names a database, and changes nothing else', () => {
    const url = 'postgres://me:sekret@db.example/tools';
    const { database, ...others } = parseConfig({ DATABASE_URL: url }, '/here');
    assert.deepEqual(others, DEFAULTS);
    assert.deepEqual([database?.shown, database?.reveal()], ['db.example/tools', url]);
  });
});
