import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';

import { beginProgress } from '../../../../../host/cli/attest/progress.ts';

/** What two of four steps write to a terminal of some width. */
function written(live: boolean, columns: number): string {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { columns });
  {
    using progress = beginProgress(stream, live, 4);
    progress.advance('a/x');
    progress.advance('a/y');
  }
  return (stream.read() as string | null) ?? '';
}

describe('beginProgress', () => {
  it('writes over one line, and leaves none', () => {
    const [before, ...lines] = written(true, 100).split('\r\u001b[K');
    assert.equal(before, '');
    assert.deepEqual(
      lines.map((line) => line.replaceAll(/[█░]+ ?/g, '')),
      ['1/4 a/x', '2/4 a/y', ''],
    );
  });

  it('stays within a narrow terminal', () => {
    for (const line of written(true, 30).split('\r\u001b[K')) assert.ok(line.length < 30, line);
  });

  it('writes nothing where nobody watches', () => {
    assert.equal(written(false, 100), '');
  });
});
