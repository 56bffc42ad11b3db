// What a child says may come from a guest that took it over: rebuilt here from an allow-list, bounded, never passed on.

import { SANDBOX_ERRORS, sandboxError, sandboxFailure, type Failure, type SandboxErrorCode } from '../errors.ts';
import type { ContentPart } from '../manifest.ts';
import type { Journal } from './journal.ts';
import { scrubText } from './scrub.ts';

const MAX_PARTS = 100;
const MAX_MESSAGE = 4000;
const MAX_DATA = 16 * 1024;
const MAX_DATA_DEPTH = 32;
const MAX_ERRORS_TEXT = 300;
const MAX_STACK_LINES = 20;
const POSITION = /^\s*at .{0,250}glovebox:tool:\d+:\d+\)?$/;
const MIME = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}(; ?[a-z0-9=._-]{1,100})?$/i;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const RUNS_WHEN_OPENED: ReadonlySet<string> = new Set([
  'javascript:',
  'vbscript:',
  'data:',
  'blob:',
  'filesystem:',
  'view-source:',
]);

/** Codes a run may end with by its own doing; any other claim is taken as a plain exception. */
const RUN_CODES: ReadonlySet<string> = new Set<SandboxErrorCode>([
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

const MAKING_CODE = /^(TEMPLATE|CONTEXT|COMPILE|SCHEMA)_|^MAKING_CRASHED$/;

/** The content parts of a run. @throws CONTENT_INVALID when one is not of a known shape */
export function checkContent(text: string): readonly ContentPart[] {
  if (text === '') return [];
  const parts: unknown = JSON.parse(text);
  if (!Array.isArray(parts) || parts.length > MAX_PARTS) {
    throw sandboxError('CONTENT_INVALID', `a result holds at most ${MAX_PARTS} content parts`);
  }
  return parts.map(checkPart);
}

/** The failure of a run as a cell tells it; one of the host's own that the tool let through, as the host gave it. */
export function checkRunFailure(value: unknown, journal: Journal): Failure {
  const code = isRecord(value) ? value['code'] : undefined;
  const given = typeof code === 'string' && !RUN_CODES.has(code) ? journal.findFailure(code) : undefined;
  return given ?? checkFailure(value, (known) => RUN_CODES.has(known), 'TOOL_THREW');
}

/** The failure of a making step as a workshop tells it. */
export function checkMakingFailure(value: unknown): Failure {
  return checkFailure(value, (code) => MAKING_CODE.test(code) && Object.hasOwn(SANDBOX_ERRORS, code), 'MAKING_CRASHED');
}

/** Kind and fault come from our own catalogue, whatever the claim. */
function checkFailure(value: unknown, isAllowed: (code: string) => boolean, otherwise: SandboxErrorCode): Failure {
  const { code, message, data } = isRecord(value) ? value : {};
  const known = typeof code === 'string' && isAllowed(code) ? (code as SandboxErrorCode) : otherwise;
  const text = typeof message === 'string' ? scrubText(message, MAX_MESSAGE) : 'it failed and did not say how';
  const kept = checkData(data);
  return sandboxFailure(known, text, known === 'TOOL_THREW' ? checkThrown(kept) : kept);
}

/** What a thrown value says of itself: of its stack nothing but positions in the tool, as the prelude writes them. */
function checkThrown(data: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  if (data === undefined) return undefined;
  const { name, stack, ...rest } = data;
  const lines = typeof stack === 'string' ? stack.split('\n').filter((line) => POSITION.test(line)) : [];
  return {
    ...rest,
    ...(typeof name === 'string' ? { name: scrubText(name, MAX_ERRORS_TEXT) } : {}),
    ...(stack === undefined ? {} : { stack: scrubText(lines.slice(0, MAX_STACK_LINES).join('\n'), MAX_DATA) }),
  };
}

/** The data of a failure as far as it is small and shallow. */
export function checkData(data: unknown): Record<string, unknown> | undefined {
  if (!isRecord(data)) return undefined;
  const errors = data['errors'];
  // Schema errors are worth keeping even when there are many; anything else is kept only while it is small.
  if (Array.isArray(errors)) return { errors: errors.slice(0, 20).filter(isRecord).map(checkSchemaError) };
  if (!isWithin(data, MAX_DATA_DEPTH)) return { truncated: true };
  const text = JSON.stringify(data);
  if (text.length > MAX_DATA) return { truncated: true };
  return JSON.parse(text, (key, entry: unknown) => (key === '__proto__' ? undefined : entry)) as Record<
    string,
    unknown
  >;
}

/** Whether nothing in a JSON value is nested deeper: checked before anything walks it without a bound. */
export function isWithin(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((entry) => isWithin(entry, depth - 1));
}

/** Whether a JSON value holds a number that is none as JSON writes it: too large for a double, it was read as Infinity. */
export function holdsInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsInfinity);
}

function checkSchemaError(error: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(error)
    .filter(([key]) => key !== '__proto__')
    .slice(0, 8);
  return Object.fromEntries(
    kept.map(([key, entry]) => [
      key,
      typeof entry === 'string' ? scrubText(entry, MAX_ERRORS_TEXT) : boundedJson(entry),
    ]),
  );
}

function boundedJson(value: unknown): unknown {
  if (!isWithin(value, MAX_DATA_DEPTH)) return null;
  const text = JSON.stringify(value) ?? 'null';
  return text.length > MAX_ERRORS_TEXT ? scrubText(text, MAX_ERRORS_TEXT) : value;
}

/** One content part. @throws CONTENT_INVALID when it is not of a known shape */
export function checkPart(part: unknown): ContentPart {
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
          ...(resource['blob'] === undefined ? { text: string(resource, 'text') } : { blob: base64(resource, 'blob') }),
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
  const scheme = URL.parse(value)?.protocol;
  if (scheme === undefined) throw invalidPart('needs an absolute uri');
  if (RUNS_WHEN_OPENED.has(scheme)) throw invalidPart(`has a uri that runs as code when it is opened (${scheme})`);
  return value;
}

function invalidPart(problem: string): Error {
  return sandboxError('CONTENT_INVALID', `a content part ${problem}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
