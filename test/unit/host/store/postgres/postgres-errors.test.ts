import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { hostError } from '#host/base';
import { isCodedError } from '#sandbox';
import {
  isConnectionBroken,
  readPostgresError,
  type Stage,
} from '../../../../../host/store/postgres/postgres-errors.ts';
import { Passing } from '../../../../../host/store/store-errors.ts';

const fromServer = (code: string): Error => Object.assign(new Error('from PostgreSQL'), { code, severity: 'ERROR' });
const fromSystem = (code: string): Error => Object.assign(new Error('connect'), { code });
const STAGES: readonly Stage[] = ['connect', 'repeatable', 'once'];

/** `STORE_BUSY` for what passes and `STORE_BUSY!` for what does not; with the reason, where there is one. */
function reading(error: unknown, stage: Stage): string {
  const read = readPostgresError(error, stage);
  const final = read instanceof Passing ? read.giveUp(1) : read;
  assert.ok(isCodedError(final));
  const reason = final.data?.['reason'];
  return `${final.code}${typeof reason === 'string' ? ` ${reason}` : ''}${read instanceof Passing ? '' : '!'}`;
}

describe('readPostgresError', () => {
  it('takes whoever is in the way for something that passes', () => {
    for (const code of ['40001', '40P01', '55P03', '57014', '53300']) {
      for (const stage of STAGES) assert.equal(reading(fromServer(code), stage), 'STORE_BUSY');
    }
  });

  it('takes a server that is gone for something that passes, unless what was sent may have been done', () => {
    const gone = [
      fromServer('57P01'),
      fromServer('57P03'),
      fromServer('57P05'),
      fromServer('25P03'),
      fromServer('08006'),
      fromSystem('ECONNREFUSED'),
      new Error(),
    ];
    for (const error of gone) {
      assert.deepEqual(
        STAGES.map((stage) => reading(error, stage)),
        ['STORE_FAILED unreachable', 'STORE_FAILED unreachable', 'STORE_FAILED connection-lost!'],
      );
      assert.equal(isConnectionBroken(error), true);
    }
  });

  it('tells which system call found no server', () => {
    const read = readPostgresError(fromSystem('ECONNREFUSED'), 'connect');
    assert.ok(read instanceof Passing);
    assert.match(read.giveUp(1).message, /ECONNREFUSED/);
  });

  it('names what no waiting heals', () => {
    for (const [code, expected] of [
      ['53100', 'STORE_FULL!'],
      ['23505', 'STORE_FAILED constraint!'],
      ['28P01', 'STORE_FAILED login!'],
      ['3D000', 'STORE_FAILED no-database!'],
      ['42501', 'STORE_FAILED permission!'],
      ['22P02', 'STORE_FAILED postgresql-22P02!'],
    ] as const) {
      assert.equal(reading(fromServer(code), 'once'), expected);
      assert.equal(isConnectionBroken(fromServer(code)), false);
    }
  });

  it('passes coded errors unchanged', () => {
    const error = hostError('INTERNAL', 'out of range');
    assert.equal(readPostgresError(error, 'once'), error);
    assert.equal(isConnectionBroken(error), false);
  });
});
