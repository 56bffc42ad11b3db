// What a cell says may come from a guest that took it over: rebuilt here from an allow-list, bounded, never passed on.

import { SANDBOX_ERRORS, sandboxError, sandboxFailure, type Failure, type SandboxErrorCode } from '../errors.ts';
import type { ContentPart } from '../manifest.ts';

const MAX_PARTS = 100;
const MAX_MESSAGE = 4000;
const MAX_DATA = 16 * 1024;
const MAX_ERRORS_TEXT = 300;
const MIME = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}(; ?[a-z0-9=._-]{1,100})?$/i;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Codes a run may end with by its own doing; any other claim is taken as a plain exception. */
const GUEST_CODES: ReadonlySet<string> = new Set<SandboxErrorCode>([
  'INPUT_INVALID',
  'OUTPUT_INVALID',
  'TOOL_FAILED',
  'TOOL_THREW',
  'TOOL_INVALID',
  'TOOL_NEVER_SETTLES',
  'LIMIT_HEAP',
  'LIMIT_OUTPUT',
  'LIMIT_HOST_CALLS',
  'GRANT_MISSING',
  'CONTENT_INVALID',
  'RUN_CRASHED',
  'PRELUDE_FAILED',
]);

/** The content parts of a run. @throws CONTENT_INVALID when one is not of a known shape */
export function checkContent(text: string): readonly ContentPart[] {
  if (text === '') return [];
  const parts: unknown = JSON.parse(text);
  if (!Array.isArray(parts) || parts.length > MAX_PARTS) {
    throw sandboxError('CONTENT_INVALID', `a result holds at most ${MAX_PARTS} content parts`);
  }
  return parts.map(checkPart);
}

/** A failure as a cell tells it, with its kind and fault from our own catalogue. */
export function checkFailure(value: unknown): Failure {
  const claim = isRecord(value) ? value : {};
  const code = typeof claim['code'] === 'string' && GUEST_CODES.has(claim['code']) ? claim['code'] : 'TOOL_THREW';
  const message = typeof claim['message'] === 'string' ? claim['message'] : 'the tool failed';
  const { kind, fault } = SANDBOX_ERRORS[code as SandboxErrorCode];
  return { ...sandboxFailure(code as SandboxErrorCode, clip(message, MAX_MESSAGE), checkData(claim['data'])), kind, fault };
}

function checkData(data: unknown): Record<string, unknown> | undefined {
  if (!isRecord(data)) return undefined;
  const errors = data['errors'];
  // Schema errors are worth keeping even when there are many; anything else is kept only while it is small.
  if (Array.isArray(errors)) return { errors: errors.slice(0, 20).filter(isRecord).map(checkSchemaError) };
  return JSON.stringify(data).length > MAX_DATA ? { truncated: true } : data;
}

function checkSchemaError(error: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(error).slice(0, 8);
  return Object.fromEntries(
    kept.map(([key, entry]) => [key, typeof entry === 'string' ? clip(entry, MAX_ERRORS_TEXT) : boundedJson(entry)]),
  );
}

function boundedJson(value: unknown): unknown {
  const text = JSON.stringify(value) ?? 'null';
  return text.length > MAX_ERRORS_TEXT ? clip(text, MAX_ERRORS_TEXT) : value;
}

function checkPart(part: unknown): ContentPart {
  if (!isRecord(part)) throw invalidPart('is not an object');
  switch (part['type']) {
    case 'text':
      return { type: 'text', text: string(part, 'text') };
    case 'image':
    case 'audio':
      return { type: part['type'], data: base64(part, 'data'), mimeType: mime(part) };
    case 'resource_link':
      return {
        type: 'resource_link',
        uri: uri(part),
        name: string(part, 'name'),
        ...(part['description'] === undefined ? {} : { description: string(part, 'description') }),
        ...(part['mimeType'] === undefined ? {} : { mimeType: mime(part) }),
      };
    case 'resource': {
      const resource = part['resource'];
      if (!isRecord(resource)) throw invalidPart('has no resource');
      return {
        type: 'resource',
        resource: {
          uri: uri(resource),
          ...(resource['mimeType'] === undefined ? {} : { mimeType: mime(resource) }),
          ...(resource['blob'] === undefined
            ? { text: string(resource, 'text') }
            : { blob: base64(resource, 'blob') }),
        },
      };
    }
    default:
      throw invalidPart('has an unknown type');
  }
}

function string(part: Record<string, unknown>, key: string): string {
  const value = part[key];
  if (typeof value !== 'string') throw invalidPart(`needs a string ${key}`);
  return value;
}

function base64(part: Record<string, unknown>, key: string): string {
  const value = string(part, key);
  if (value.length % 4 !== 0 || !BASE64.test(value)) throw invalidPart(`needs base64 in ${key}`);
  return value;
}

function mime(part: Record<string, unknown>): string {
  const value = string(part, 'mimeType');
  if (!MIME.test(value)) throw invalidPart('needs a MIME type such as image/png');
  return value;
}

function uri(part: Record<string, unknown>): string {
  const value = string(part, 'uri');
  if (!URL.canParse(value)) throw invalidPart('needs an absolute uri');
  return value;
}

function invalidPart(problem: string): Error {
  return sandboxError('CONTENT_INVALID', `a content part ${problem}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
