import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';

import { createLog, parseDatabaseAddress } from '#host/base';

const URL_WITH_PASSWORD = 'postgres://me:sekret@db.example:5433/tools?password=sekret&sslmode=verify-full';

describe('parseDatabaseAddress', () => {
  it('shows host and database, whatever else the URL holds', () => {
    for (const [url, shown] of [
      [URL_WITH_PASSWORD, 'db.example:5433/tools'],
      ['postgresql://db.example', 'db.example'],
      ['postgres://me:sekret@[::1]:5432/tools', '[::1]:5432/tools'],
      ['postgresql:///tools?host=/run/postgresql', '/run/postgresql/tools'],
      ['postgres://me:sekret@%2Frun%2Fpostgresql/tools', '/run/postgresql/tools'],
      ['postgres://me:sekret@elsewhere/tools?host=db.example', 'db.example/tools'],
    ] as const) {
      assert.equal(parseDatabaseAddress(url)?.shown, shown);
    }
  });

  it('gives the whole URL to whoever asks, and to no log, JSON or inspection', () => {
    const address = parseDatabaseAddress(URL_WITH_PASSWORD);
    assert.equal(address?.reveal(), URL_WITH_PASSWORD);
    const lines: string[] = [];
    const log = createLog({ level: 'info', destination: { write: (line) => lines.push(line) } });
    log.info({ config: { database: address } }, 'opened');
    const written = [...lines, JSON.stringify(address), inspect(address, { depth: 9, showHidden: true })];
    for (const text of written) assert.doesNotMatch(text, /sekret/);
  });

  it('takes no password whose characters are not encoded for a path that may be shown', () => {
    for (const password of ['12/sekret', '12?sekret', '12#sekret']) {
      assert.equal(parseDatabaseAddress(`postgres://me:${password}@db.example/tools`), undefined, password);
    }
    assert.equal(parseDatabaseAddress('postgres://me:12%2Fsekret@db.example/tools')?.shown, 'db.example/tools');
  });

  it('knows no other database', () => {
    for (const text of ['', 'tools', 'mysql://me@db/tools', 'https://db.example', 'postgres://me@db:port/tools']) {
      assert.equal(parseDatabaseAddress(text), undefined, text);
    }
  });
});
