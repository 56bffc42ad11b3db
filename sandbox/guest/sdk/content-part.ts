// Content as prompts write it: checked where its author can still be told which field is wrong.

/** A piece of content, as MCP has them. Bytes are given as a Uint8Array or as padded base64 text. */
export type ContentPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image' | 'audio'; readonly data: Uint8Array | string; readonly mimeType: string }
  | { readonly type: 'resource'; readonly resource: EmbeddedResource }
  | {
      readonly type: 'resource_link';
      readonly uri: string;
      readonly name: string;
      readonly description?: string;
      readonly mimeType?: string;
    };

/** A document that travels along: its text or its bytes. */
export type EmbeddedResource = { readonly uri: string; readonly mimeType?: string } & (
  | { readonly text: string }
  | { readonly blob: Uint8Array | string }
);

/** A part as it is written down. @throws TypeError naming the field */
export function toPart(where: string, given: unknown): object {
  if (typeof given === 'string') return { type: 'text', text: given };
  const part = toRecord(where, given);
  switch (part['type']) {
    case 'text':
      return { type: 'text', text: toText(`${where}.text`, part['text']) };
    case 'image':
    case 'audio': {
      const { type, data, mimeType } = part;
      return { type, data: toBase64(`${where}.data`, data), mimeType: toText(`${where}.mimeType`, mimeType) };
    }
    case 'resource':
      return { type: 'resource', resource: toDocument(`${where}.resource`, part['resource']) };
    case 'resource_link': {
      const { uri, name, description, mimeType } = part;
      return {
        type: 'resource_link',
        uri: toText(`${where}.uri`, uri),
        name: toText(`${where}.name`, name),
        ...(description === undefined ? {} : { description: toText(`${where}.description`, description) }),
        ...(mimeType === undefined ? {} : { mimeType: toText(`${where}.mimeType`, mimeType) }),
      };
    }
    default:
      throw new TypeError(
        `${where}.type must be "text", "image", "audio", "resource" or "resource_link", not ${shown(part['type'])}`,
      );
  }
}

/** A document as it is written down. @param uri where it has none of its own @throws TypeError naming the field */
export function toDocument(where: string, given: unknown, uri?: string): object {
  const { uri: own = uri, mimeType, text, blob } = toRecord(where, given);
  if ((text === undefined) === (blob === undefined)) throw new TypeError(`${where} needs either text or blob`);
  return {
    uri: toText(`${where}.uri`, own),
    ...(mimeType === undefined ? {} : { mimeType: toText(`${where}.mimeType`, mimeType) }),
    ...(blob === undefined ? { text: toText(`${where}.text`, text) } : { blob: toBase64(`${where}.blob`, blob) }),
  };
}

/** A value of an author's that must be an object. @throws TypeError */
export function toRecord(where: string, given: unknown): Readonly<Record<string, unknown>> {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Record<string, unknown>;
  throw new TypeError(`${where} must be an object, not ${shown(given)}`);
}

/** A value of an author's that must be a string. @throws TypeError */
export function toText(where: string, given: unknown): string {
  if (typeof given === 'string') return given;
  throw new TypeError(`${where} must be a string, not ${shown(given)}`);
}

const MAX_SHOWN = 40;

/** For messages: short, and never the whole of anything large. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, MAX_SHOWN));
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  // Never its text: that is the source.
  if (typeof value === 'function') return 'a function';
  const text = String(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function toBase64(where: string, given: unknown): string {
  if (given instanceof Uint8Array) return given.toBase64();
  return toText(`${where} (a Uint8Array or base64 text)`, given);
}
