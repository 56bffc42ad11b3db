// How a lane and its jailed child talk: length-prefixed frames, checked for size before anything is parsed.
//
//   frame = u32 size of what follows · u32 size of the header · header (JSON) · body (opaque bytes, mostly JSON text)
//
// SECURITY: a cell may be under a guest's control, so a lane believes no frame: sizes first, then shape, then content.
// test/unit/sandbox/wire.test.ts holds the bounds.

import { sandboxError } from './errors.ts';

/** Both ends refuse any other version. */
export const WIRE_VERSION = 3;

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

/**
 * Encodes a frame as one buffer, so that it reaches the pipe in one write.
 *
 * @throws CELL_PROTOCOL when it is larger than the other end takes
 */
export function encodeFrame(header: Frame['header'], ...bodies: readonly (string | Uint8Array)[]): Buffer {
  const head = JSON.stringify(header);
  const headBytes = Buffer.byteLength(head);
  let size = headBytes;
  for (const body of bodies) size += typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  checkSizes(size + 4, headBytes, MAX_FRAME_BYTES);
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
  /** The frame under way. Its size is known once its prefix is, so that bytes trickling in cost no more than they are. */
  #frame = Buffer.alloc(PREFIX_BYTES);
  #filled = 0;

  constructor(maxFrameBytes: number = MAX_FRAME_BYTES) {
    this.#maxFrameBytes = maxFrameBytes;
  }

  /**
   * Takes the next bytes and returns the frames they complete.
   *
   * @throws CELL_PROTOCOL when a size is out of bounds or a header is not what it should be; the stream is then lost
   */
  push(chunk: Buffer): Frame[] {
    const frames: Frame[] = [];
    let rest = chunk;
    while (rest.length > 0) {
      const copied = rest.copy(this.#frame, this.#filled);
      this.#filled += copied;
      rest = rest.subarray(copied);
      if (this.#filled < this.#frame.length) break;
      const frameBytes = this.#checkPrefix();
      if (frameBytes > this.#filled) this.#grow(frameBytes);
      else {
        frames.push(parseFrame(this.#frame));
        this.#frame = Buffer.alloc(PREFIX_BYTES);
        this.#filled = 0;
      }
    }
    return frames;
  }

  #checkPrefix(): number {
    const size = this.#frame.readUInt32LE(0);
    checkSizes(size, this.#frame.readUInt32LE(4), this.#maxFrameBytes);
    return size + 4;
  }

  #grow(frameBytes: number): void {
    const frame = Buffer.allocUnsafe(frameBytes);
    this.#frame.copy(frame);
    this.#frame = frame;
  }
}

function checkSizes(size: number, headBytes: number, maxFrameBytes: number): void {
  if (size > maxFrameBytes || size < 4 || headBytes > MAX_HEADER_BYTES || headBytes > size - 4) {
    throw sandboxError('CELL_PROTOCOL', `a frame has ${size} bytes with a header of ${headBytes}`);
  }
}

function parseFrame(frame: Buffer): Frame {
  const bodyAt = PREFIX_BYTES + frame.readUInt32LE(4);
  return { header: parseHeader(frame.subarray(PREFIX_BYTES, bodyAt)), body: frame.subarray(bodyAt) };
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
