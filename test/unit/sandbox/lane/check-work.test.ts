import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { readWork } from '../../../../sandbox/lane/check-work.ts';

function done(value: unknown, header: Record<string, unknown> = {}) {
  return { header: { type: 'done', id: 1, ok: true, ...header }, body: Buffer.from(JSON.stringify(value)) };
}

describe('readWork', () => {
  it('rebuilds the result of each step, and drops what does not belong there', () => {
    const compiled = {
      script: 's',
      sourceMap: '{}',
      warnings: [{ text: 'w', at: { file: 'f', line: 1, column: 0, more: 1 } }],
      more: 1,
    };
    assert.deepEqual(readWork(done(compiled), 1, 'compile'), {
      ok: true,
      result: { script: 's', sourceMap: '{}', warnings: [{ text: 'w', at: { file: 'f', line: 1, column: 0 } }] },
    });
    const rendered = { manifest: '{}', source: '', sourceLines: [1, 2] };
    assert.deepEqual(readWork(done({ ...rendered, more: 1 }), 1, 'render'), { ok: true, result: rendered });
    assert.deepEqual(readWork(done('{}'), 1, 'context'), { ok: true, result: '{}' });
    assert.deepEqual(readWork(done({ validators: 'v' }), 1, 'schemas'), { ok: true, result: { validators: 'v' } });
  });

  it('rebuilds a failure with kind and fault of our own', () => {
    const claim = { code: 'TEMPLATE_SYNTAX', kind: 'bug', fault: 'host', message: 'm', data: { line: 3 }, more: 1 };
    const failure = { code: 'TEMPLATE_SYNTAX', kind: 'invalid', fault: 'tool', message: 'm', data: { line: 3 } };
    assert.deepEqual(readWork(done(claim, { ok: false }), 1, 'render'), { ok: false, failure });
  });

  it('takes a code that no step has for a crash', () => {
    for (const code of ['HOST_STOPPING', 'TEMPLATE_', 'SCHEMA_toString', '__proto__', 1, undefined]) {
      const outcome = readWork(done({ code, message: 'm' }, { ok: 'no' }), 1, 'schemas');
      assert.equal(!outcome.ok && outcome.failure.code, 'MAKING_CRASHED', String(code));
    }
  });

  it('refuses what no workshop of ours would say', () => {
    const frames = [
      done('{}', { id: 2 }),
      done('{}', { type: 'ready' }),
      { header: { type: 'done', id: 1, ok: true }, body: Buffer.from('{') },
      { header: { type: 'done', id: 1, ok: true }, body: Buffer.alloc(33 * 1024 * 1024, ' ') },
      done(1),
      done(null),
    ];
    for (const frame of frames) assert.throws(() => readWork(frame, 1, 'context'));
    for (const value of [null, [], { script: 1 }, { script: '', sourceMap: '', warnings: {} }]) {
      assert.throws(() => readWork(done(value), 1, 'compile'));
    }
    assert.throws(() => readWork(done({ manifest: '', source: '', sourceLines: ['1'] }), 1, 'render'));
  });
});
