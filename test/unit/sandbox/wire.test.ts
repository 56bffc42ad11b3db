import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';

import { encodeFrame, FrameReader, MAX_FRAME_BYTES, MAX_HEADER_BYTES, type Frame } from '../../../sandbox/wire.ts';

function prefix(size: number, headBytes: number): Buffer {
  return Buffer.from(Uint32Array.of(size, headBytes).buffer);
}

function textsOf(frames: readonly Frame[]): readonly (readonly [string, string])[] {
  return frames.map(({ header, body }) => [header.type, body.toString()]);
}

describe('encodeFrame and FrameReader', () => {
  it('give back what went in, however the bytes are cut', () => {
    const messages = fc.array(
      fc.tuple(fc.string({ unit: 'grapheme' }), fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 3 })),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(messages, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sent, cuts) => {
        const stream = Buffer.concat(sent.map(([type, bodies]) => encodeFrame({ type }, ...bodies)));
        const reader = new FrameReader();
        const got: Frame[] = [];
        for (let at = 0, i = 0; at < stream.length; i += 1) {
          const step = cuts[i % cuts.length] ?? 1;
          got.push(...reader.push(stream.subarray(at, at + step)));
          at += step;
        }
        assert.deepEqual(
          textsOf(got),
          sent.map(([type, bodies]) => [type, bodies.join('')]),
        );
      }),
    );
  });

  it('keep text of several bytes whole at the border of a chunk', () => {
    const frame = encodeFrame({ type: 'x' }, '日本語😀', Buffer.from('é'));
    for (let cut = 1; cut < frame.length; cut += 1) {
      const reader = new FrameReader();
      const frames = [...reader.push(frame.subarray(0, cut)), ...reader.push(frame.subarray(cut))];
      assert.deepEqual(textsOf(frames), [['x', '日本語😀é']]);
    }
  });

  it('replace a lone surrogate, which UTF-8 does not have, and keep the frame', () => {
    const [frame] = new FrameReader().push(encodeFrame({ type: 'x' }, 'a\ud800b', 'c'));
    assert.equal(frame?.body.toString(), 'a\ufffdbc');
  });
});

describe('encodeFrame', () => {
  it('refuses what the other end would refuse', () => {
    assert.throws(() => encodeFrame({ type: 'x' }, Buffer.alloc(MAX_FRAME_BYTES)), { code: 'CELL_PROTOCOL' });
    assert.throws(() => encodeFrame({ type: 'x'.repeat(MAX_HEADER_BYTES) }), { code: 'CELL_PROTOCOL' });
  });
});

describe('FrameReader', () => {
  it('refuses sizes out of bounds before the bytes have come', () => {
    for (const [size, headBytes] of [
      [MAX_FRAME_BYTES + 1, 2],
      [3, 0],
      [100, 97],
      [MAX_FRAME_BYTES, MAX_HEADER_BYTES + 1],
      [2 ** 32 - 1, 2 ** 32 - 1],
    ] as const) {
      assert.throws(
        () => new FrameReader().push(prefix(size, headBytes)),
        { code: 'CELL_PROTOCOL' },
        `${size}, ${headBytes}`,
      );
    }
  });

  it('refuses a header that is no object with a type', () => {
    for (const header of ['', 'x', 'null', '[]', '{}', '{"type":1}', '"type"']) {
      const frame = Buffer.concat([prefix(4 + header.length, header.length), Buffer.from(header)]);
      assert.throws(() => new FrameReader().push(frame), { code: 'CELL_PROTOCOL' }, header);
    }
  });

  it('takes single bytes for what they are, not for a buffer each', () => {
    const reader = new FrameReader();
    reader.push(prefix(32 * 1024 * 1024, 2));
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 200_000; i += 1) reader.push(Buffer.from('x'));
    assert.ok(process.memoryUsage().heapUsed - before < 100 * 1024 * 1024);
  });
});
