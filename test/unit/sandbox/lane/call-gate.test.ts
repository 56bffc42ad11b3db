import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Failure, WaitingCall } from '#sandbox';
import { CallGate, checkHostAnswer } from '../../../../sandbox/lane/call-gate.ts';
import { CAPABILITY_CALLS } from '../../../../sandbox/limits.ts';

function callOf(call: number, args = 'null', capability = 'kv.read'): WaitingCall {
  return { call, capability, args };
}

/** What the gate says of the first call of a run that may read, ask and sleep. */
function refusalOf(args: string, capability = 'kv.read'): Failure | undefined {
  return new CallGate(['kv.read', 'client.ask']).admit(callOf(1, args, capability));
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

// Proves jail.call-gate.
describe('CallGate admit', () => {
  it('lets a granted call pass, and a sleep that needs no grant', () => {
    assert.equal(refusalOf('{"a":[1,{"b":null}]}'), undefined);
    assert.equal(refusalOf('{"ms":1}', 'time.sleep'), undefined);
  });

  it('refuses what was not granted', () => {
    const refusal = refusalOf('null', 'kv.write');
    assert.deepEqual([refusal?.code, refusal?.data], ['GRANT_MISSING', { grant: 'kv.write' }]);
  });

  it('refuses what the names of every object would grant', () => {
    for (const name of ['constructor', '__proto__', 'toString', '']) {
      assert.equal(refusalOf('null', name)?.code, 'GRANT_MISSING', name);
    }
  });

  for (const [capability, most] of Object.entries(CAPABILITY_CALLS)) {
    it(`refuses ${capability} past ${most} calls, and nothing else with it`, () => {
      const gate = new CallGate([capability, 'kv.read']);
      for (let call = 1; call <= most; call += 1) {
        assert.equal(gate.admit(callOf(call, 'null', capability)), undefined);
        gate.settle(callOf(call));
      }
      const refusal = gate.admit(callOf(most + 1, 'null', capability));
      assert.deepEqual(
        [refusal?.code, refusal?.data],
        ['LIMIT_HOST_CALLS', { limit: 'capabilityCalls', capability, value: most }],
      );
      assert.equal(gate.admit(callOf(most + 2)), undefined);
    });
  }

  it('refuses arguments nested more than 64 deep', () => {
    assert.equal(refusalOf(nested(64)), undefined);
    const refusal = refusalOf(nested(65));
    assert.deepEqual([refusal?.code, refusal?.data?.['limit']], ['CALL_INVALID', 'depth']);
    assert.equal(refusalOf(nested(100_000))?.code, 'CALL_INVALID');
  });

  it('refuses numbers too large for a double', () => {
    for (const args of ['1e400', '{"a":[-1e400]}']) assert.equal(refusalOf(args)?.code, 'CALL_INVALID', args);
    assert.equal(refusalOf('[1e308,null]'), undefined);
  });

  it('refuses keys that reach further than their object, wherever they stand', () => {
    for (const key of ['__proto__', 'constructor', 'prototype', '\\u005f_proto__']) {
      for (const args of [`{"${key}":1}`, `[{"a":{"${key}":{}}}]`, `{"a":1,"b":[0,{"${key}":null}]}`]) {
        assert.equal(refusalOf(args)?.code, 'CALL_INVALID', args);
      }
    }
    assert.equal(refusalOf('{"a":"__proto__","toString":1}'), undefined);
  });

  it('throws CELL_PROTOCOL for what no prelude sends', () => {
    const large = JSON.stringify('x'.repeat(600_000));
    const lies: readonly (() => unknown)[] = [
      () => new CallGate(undefined).admit(callOf(1)),
      () => new CallGate([]).admit(callOf(2)),
      () => new CallGate([]).admit(callOf(0)),
      () => [1, 2].map((call) => new CallGate(['kv.read']).admit(callOf(call, large))),
    ];
    for (const lie of lies) assert.throws(lie, { code: 'CELL_PROTOCOL' });
    const gate = new CallGate(['kv.read']);
    gate.admit(callOf(1, large));
    assert.throws(() => gate.admit(callOf(2, large)), { code: 'CELL_PROTOCOL' });
    assert.throws(() => new CallGate([]).admit(callOf(1, 'x')), SyntaxError);
  });

  it('throws CELL_PROTOCOL for more than 256 unanswered calls', () => {
    const gate = new CallGate(['kv.read']);
    for (let call = 1; call <= 257; call += 1) {
      gate.admit(callOf(call));
      if (call === 1) gate.settle(callOf(1));
    }
    assert.throws(() => gate.admit(callOf(258)), { code: 'CELL_PROTOCOL' });
  });

  it('counts anew when the run starts over', () => {
    const gate = new CallGate(['client.roots']);
    for (let call = 1; call <= 16; call += 1) gate.admit(callOf(call, 'null', 'client.roots'));
    gate.reset();
    assert.equal(gate.admit(callOf(1, 'null', 'client.roots')), undefined);
  });
});

describe('checkHostAnswer', () => {
  const answer = (value: string, ok = true) => checkHostAnswer({ ok, value, clockMs: 5 });
  const failure = (value: unknown) => JSON.parse(answer(JSON.stringify(value), false).value) as Failure;

  it('gives a bounded answer as it is', () => {
    const given = { ok: true, value: '{"constructor":1}', clockMs: 5 };
    assert.deepEqual(checkHostAnswer(given), given);
  });

  it('refuses an answer that is too long, too deep or no JSON', () => {
    const codes = [JSON.stringify('x'.repeat(4 * 2 ** 20)), nested(65), '{', ''].map((value) => {
      const { ok, value: text } = answer(value);
      const { code, data } = JSON.parse(text) as Failure;
      return [ok, code, data?.['limit']];
    });
    assert.deepEqual(codes, [
      [false, 'LIMIT_HOST_CALLS', 'answer'],
      [false, 'LIMIT_HOST_CALLS', 'answerDepth'],
      [false, 'RUN_INTERRUPTED', undefined],
      [false, 'RUN_INTERRUPTED', undefined],
    ]);
  });

  it('rebuilds a failure without stack, cause, paths, what does not show, and length', () => {
    const given = {
      code: 'KV_FULL',
      kind: 'limited',
      fault: 'tool',
      message: `\x1b[31m${process.cwd()}/db.sqlite is full${'!'.repeat(5000)}`,
      stack: 'Error\n    at /home/x.ts:1:1',
      cause: 'a secret',
      data: { stack: 'at /home/x.ts', size: 3 },
    };
    const { message, ...rest } = failure(given);
    assert.deepEqual(rest, { code: 'KV_FULL', kind: 'limited', fault: 'tool', data: { size: 3 } });
    assert.match(message, /^\\u\{1b\}\[31m<path> is full!+…$/);
    assert.equal(message.length, 4001);
  });

  it('takes what is no failure of ours for a failure of the host', () => {
    for (const value of [
      null,
      1,
      'x',
      [],
      {},
      { code: 'ENOENT: /home' },
      { code: 'enoent', kind: 'bug', fault: 'host' },
    ]) {
      assert.equal(failure(value).code, 'RUN_INTERRUPTED');
    }
  });
});
