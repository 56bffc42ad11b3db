import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';

import { hostError } from '#host/base';
import { readSqliteError, toStoreError } from '../../../../../host/store/sqlite/sqlite-errors.ts';
import { Passing } from '../../../../../host/store/store-errors.ts';

const sqliteError = (errcode: number): Error => Object.assign(new Error('from SQLite'), { errcode });

describe('readSqliteError', () => {
  it('takes a lock, known by its primary code, for something that passes', () => {
    for (const errcode of [5, 517, 6]) assert.ok(readSqliteError(sqliteError(errcode)) instanceof Passing);
    for (const errcode of [13, 10]) assert.ok(!(readSqliteError(sqliteError(errcode)) instanceof Passing));
    assert.ok(!(readSqliteError(new Error('busy')) instanceof Passing));
  });
});

describe('toStoreError', () => {
  it('says STORE_FULL for a full disk, whoever noticed it', () => {
    assert.equal(toStoreError(sqliteError(13)).code, 'STORE_FULL');
    assert.equal(toStoreError(sqliteError(4874)).code, 'STORE_FULL');
    assert.equal(toStoreError(Object.assign(new Error(), { code: 'ENOSPC' })).code, 'STORE_FULL');
  });

  it('says STORE_FAILED with a reason for everything else', () => {
    assert.deepEqual(toStoreError(sqliteError(778)).data, { reason: 'sqlite-778' });
    assert.deepEqual(toStoreError(Object.assign(new Error(), { code: 'EACCES' })).data, { reason: 'EACCES' });
    assert.deepEqual(toStoreError('what').data, { reason: 'unknown' });
  });

  it('names a violated constraint of the real database', () => {
    using database = new DatabaseSync(':memory:');
    database.exec('create table rows (id text primary key); insert into rows values (1)');
    let caught: unknown;
    try {
      database.exec('insert into rows values (1)');
    } catch (error) {
      caught = error;
    }
    assert.deepEqual(toStoreError(caught).data, { reason: 'constraint' });
  });

  it('passes coded errors unchanged', () => {
    const error = hostError('TOOL_NAME_TAKEN', 'taken');
    assert.equal(toStoreError(error), error);
  });
});
