// How a lane and its jailed child talk: length-prefixed frames, checked for size before anything is parsed.
//
//   frame = u32 size of what follows · u32 size of the header · header (JSON) · body (opaque bytes, mostly JSON text)
//
// SECURITY: a cell may be under a guest's control, so a lane believes no frame: sizes first, then shape, then content.
// test/unit/sandbox/wire.test.ts holds the bounds.

import { sandboxError } from './errors.ts';

/** Both ends refuse any other version. */
export const WIRE_VERSION = 1;

/** Larger than any legal output, content and log of one turn together. */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024;

/** Headers are small and ours; bodies carry what is large. */
export const MAX_HEADER_BYTES = 256 * 1024;

const PREFIX_BYTES = 8;

/** One message: a small JSON header, a body of bytes. */
export interface Frame {
  readonly header: { readonly type: string; readonly [key: string]: unknown };
  readonly body: Buffer;
}

/** Encodes a frame as one buffer, so that it reaches the pipe in one write. */
export function encodeFrame(header: Frame['header'], ...bodies: readonly (string | Uint8Array)[]): Buffer {
  const head = JSON.stringify(header);
  const headBytes = Buffer.byteLength(head);
  let size = headBytes;
  for (const body of bodies) size += typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  const frame = Buffer.allocUnsafe(PREFIX_BYTES + size);
  frame.writeUInt32LE(size + 4, 0);
  frame.writeUInt32LE(headBytes, 4);
  let at = PREFIX_BYTES + frame.write(head, PREFIX_BYTES);
  for (const body of bodies) {
    if (typeof body === 'string') at += frame.write(body, at);
    else {
      frame.set(body, at);
      at += body.length;
    }
  }
  return frame;
}

/** Cuts a byte stream into frames. */
export class FrameReader {
  readonly #maxFrameBytes: number;
  #chunks: Buffer[] = [];
  #buffered = 0;

  constructor(maxFrameBytes: number = MAX_FRAME_BYTES) {
    this.#maxFrameBytes = maxFrameBytes;
  }

  /**
   * Takes the next bytes and returns the frames they complete.
   *
   * @throws CELL_PROTOCOL when a size is out of bounds or a header is not what it should be; the stream is then lost
   */
  push(chunk: Buffer): Frame[] {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    const frames: Frame[] = [];
    for (;;) {
      if (this.#buffered < PREFIX_BYTES) return frames;
      const prefix = this.#peek(PREFIX_BYTES);
      const size = prefix.readUInt32LE(0);
      const headBytes = prefix.readUInt32LE(4);
      if (size > this.#maxFrameBytes || size < 4 || headBytes > MAX_HEADER_BYTES || headBytes > size - 4) {
        throw sandboxError('CELL_PROTOCOL', `a frame claims ${size} bytes with a header of ${headBytes}`);
      }
      if (this.#buffered < 4 + size) return frames;
      const frame = this.#take(4 + size);
      frames.push({
        header: parseHeader(frame.subarray(PREFIX_BYTES, PREFIX_BYTES + headBytes)),
        body: frame.subarray(PREFIX_BYTES + headBytes),
      });
    }
  }

  #peek(count: number): Buffer {
    const first = this.#chunks[0];
    if (first !== undefined && first.length >= count) return first;
    this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0] as Buffer;
  }

  #take(count: number): Buffer {
    const all = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
    const rest = all.subarray(count);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#buffered = rest.length;
    return all.subarray(0, count);
  }
}

function parseHeader(bytes: Buffer): Frame['header'] {
  let header: unknown;
  try {
    header = JSON.parse(bytes.toString());
  } catch (cause) {
    throw sandboxError('CELL_PROTOCOL', 'a frame header is not JSON', undefined, { cause });
  }
  if (typeof header !== 'object' || header === null || !('type' in header) || typeof header.type !== 'string') {
    throw sandboxError('CELL_PROTOCOL', 'a frame header has no type');
  }
  return header as Frame['header'];
}
