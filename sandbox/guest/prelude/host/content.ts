// Content parts beside the structured result: checked, copied as text, counted.

import type { ContentPart } from '../../../manifest.ts';
import { issueError } from '../failures.ts';
import { isObject, JSON, methodOf, Reflect, Symbol, TypedArray, Uint8Array } from '../primordials.ts';
import { utf8Bytes } from '../utf8.ts';

/** The content of a run. */
export interface Content {
  /** `host.content`. */
  readonly add: Readonly<Record<'text' | 'image' | 'audio' | 'resource' | 'link', (part: never) => void>>;
  /** JSON text of all parts. */
  text(): string;
  /** Bytes of the parts so far. */
  bytes(): number;
}

type Field = 'required' | 'optional' | 'data';

/** The content of a run that may write that many bytes. */
export function createContent(outputBytes: number): Content {
  let texts = '';
  let bytes = 2;
  const keep = (part: ContentPart): void => {
    const text = JSON.stringify(part);
    const grown = bytes + utf8Bytes(text) + 1;
    if (grown > outputBytes) throw tooMuchOutput(outputBytes);
    bytes = grown;
    texts += texts === '' ? text : `,${text}`;
  };
  return {
    add: {
      text(part: unknown) {
        keep({
          type: 'text',
          ...(typeof part === 'string' ? { text: part } : read('text', part, TEXT)),
        } as ContentPart);
      },
      image(part: unknown) {
        keep({ type: 'image', ...read('image', part, MEDIA) } as ContentPart);
      },
      audio(part: unknown) {
        keep({ type: 'audio', ...read('audio', part, MEDIA) } as ContentPart);
      },
      resource(part: unknown) {
        const resource = read('resource', part, RESOURCE);
        if ((resource['text'] === undefined) === (resource['blob'] === undefined)) {
          throw invalid('resource', 'takes either text or blob');
        }
        keep({ type: 'resource', resource } as unknown as ContentPart);
      },
      link(part: unknown) {
        keep({ type: 'resource_link', ...read('link', part, LINK) } as ContentPart);
      },
    },
    text: () => `[${texts}]`,
    bytes: () => (texts === '' ? 0 : bytes),
  };
}

/** The refusal of more output than a run may write. */
export function tooMuchOutput(outputBytes: number): Error {
  const message = `the tool's result and content are larger than its ${outputBytes} bytes; raise limits.outputBytes or return less`;
  return issueError({ code: 'LIMIT_OUTPUT', message, data: { limit: 'outputBytes', value: outputBytes } });
}

const TEXT: Readonly<Record<string, Field>> = { text: 'required' };
const MEDIA: Readonly<Record<string, Field>> = { data: 'data', mimeType: 'required' };
const RESOURCE: Readonly<Record<string, Field>> = {
  uri: 'required',
  mimeType: 'optional',
  text: 'optional',
  blob: 'optional',
};
const LINK: Readonly<Record<string, Field>> = {
  uri: 'required',
  name: 'required',
  description: 'optional',
  mimeType: 'optional',
};

/** Reads each field once. */
function read(part: string, given: unknown, fields: Readonly<Record<string, Field>>): Record<string, string> {
  if (!isObject(given)) throw invalid(part, 'takes an object');
  const copy: Record<string, string> = {};
  for (const name of Reflect.ownKeys(fields) as string[]) {
    const value: unknown = Reflect.get(given, name);
    const field = fields[name];
    if (value === undefined && field === 'optional') continue;
    const isBase64 = field === 'data' || name === 'blob';
    const text = isBase64 ? base64Of(part, name, value) : value;
    if (typeof text !== 'string') throw invalid(part, `needs ${name} as a string`);
    copy[name] = text;
  }
  return copy;
}

function base64Of(part: string, name: string, value: unknown): string {
  if (isUint8Array(value)) return toBase64(value);
  try {
    if (typeof value === 'string') return toBase64(Uint8Array.fromBase64(value, { lastChunkHandling: 'strict' }));
  } catch {
    // The text is not base64: said below.
  }
  throw invalid(part, `needs ${name} as a Uint8Array or as padded base64 text`);
}

function isUint8Array(value: unknown): value is Uint8Array {
  return isObject(value) && Reflect.get(TypedArray.prototype, Symbol.toStringTag, value) === 'Uint8Array';
}

const toBase64 = methodOf(Uint8Array.prototype, 'toBase64');

function invalid(part: string, problem: string): Error {
  return issueError({ code: 'CONTENT_INVALID', message: `host.content.${part}(…) ${problem}`, data: { part } });
}
