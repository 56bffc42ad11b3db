import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { problemOf } from '../../../../../host/doors/http/problem.ts';

describe('problemOf', () => {
  it('maps the kind to a status and keeps the whole failure', () => {
    const failure = {
      code: 'REQUEST_TOO_LARGE',
      kind: 'limited',
      fault: 'caller',
      message: 'too much',
      data: { limit: 1 },
    } as const;
    const { status, headers, body } = problemOf(failure);
    assert.equal(status, 413);
    assert.equal(headers['content-type'], 'application/problem+json');
    const { message: detail, ...rest } = failure;
    assert.deepEqual(JSON.parse(body), { title: 'REQUEST_TOO_LARGE', status: 413, detail, ...rest });
  });

  it('turns retryAfterMs into Retry-After, rounded up to seconds', () => {
    const busy = { code: 'HOST_BUSY', kind: 'unavailable', fault: 'host', message: 'busy' } as const;
    assert.equal(problemOf({ ...busy, data: { retryAfterMs: 1200 } }).headers['retry-after'], '2');
    assert.equal(problemOf(busy).headers['retry-after'], undefined);
  });
});
