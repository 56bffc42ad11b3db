import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { parseConfig } from '#host/base';

describe('parseConfig', () => {
  it('starts a relative home at the working directory', () => {
    assert.equal(parseConfig({ GLOVEBOX_HOME: 'tools' }, '/srv').home, '/srv/tools');
    assert.equal(parseConfig({ GLOVEBOX_HOME: '/tools' }, '/work').home, '/tools');
  });

  it('takes the slash off the base URL', () => {
    const env = { MCP_SERVER_BASE_URL: 'https://tools.example.com/' };
    assert.equal(parseConfig(env, '/work').serverBaseUrl, 'https://tools.example.com');
  });

  it('counts an empty text as absent', () => {
    assert.equal(parseConfig({ GLOVEBOX_PORT: ' ' }, '/work').port, 8080);
  });

  it('refuses a list with what cannot be the name of a tenant', () => {
    for (const list of ['local,', 'a b', '*']) {
      assert.throws(() => parseConfig({ GLOVEBOX_FAST_TENANTS: list }, '/work'), { code: 'CONFIG_INVALID' });
    }
  });

  it('is frozen', () => {
    assert.ok(Object.isFrozen(parseConfig({}, '/work')));
  });

  it('does not quote a database URL, which may hold a password', () => {
    const parse = (): unknown => parseConfig({ DATABASE_URL: 'mysql://me:sekret@db/tools' }, '/work');
    assert.throws(parse, (error: Error) => !/sekret|mysql/.test(inspect(error)));
  });

  for (const [variable, value] of [
    ['GLOVEBOX_PORT', '65536'],
    ['GLOVEBOX_PORT', '80a'],
    ['GLOVEBOX_PORT', '-1'],
    ['GLOVEBOX_LOG_LEVEL', 'loud'],
    ['GLOVEBOX_QUEUE', '0'],
    ['GLOVEBOX_MAX_LANES', '1.5'],
    ['MCP_SESSION_TIMEOUT', '1h'],
    ['MCP_MAX_SESSIONS', '0'],
    ['MCP_SERVER_BASE_URL', 'tools.example.com'],
    ['MCP_SERVER_BASE_URL', 'ftp://tools.example.com'],
    ['GLOVEBOX_DATABASE_POOL', '0'],
    ['GLOVEBOX_MIGRATE', 'never'],
    ['DATABASE_URL', 'mysql://me:sekret@db/tools'],
  ] as const) {
    it(`refuses ${variable}=${value}, and names it`, () => {
      assert.throws(() => parseConfig({ [variable]: value }, '/work'), { code: 'CONFIG_INVALID', data: { variable } });
    });
  }
});
