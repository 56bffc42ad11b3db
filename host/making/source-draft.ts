// What `create` starts from: a manifest and source files, bounded before anyone looks inside.

import { hostError } from '#host/base';
import { parseManifest } from './check-manifest.ts';
import { ENTRY, type Draft } from './draft.ts';
import { jsonText } from './json-text.ts';
import type { CreateRequest } from './types.ts';

const MAX_SOURCE_BYTES = 2 * 1024 * 1024;
const MAX_FILES = 64;
// Two schemas at their largest, twenty examples, and room. Schemas have bounds of their own.
const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;
const FILE_PATH = /^(?!.*(^|\/)\.\.?(\/|$))[A-Za-z0-9_@.-]+(\/[A-Za-z0-9_@.-]+){0,9}$/;

/** @throws SOURCE_INVALID, MANIFEST_INVALID */
export function sourceDraft({ manifest, source, files = {}, constraints }: CreateRequest): Draft {
  checkSource(source, files);
  const written = parseManifest(manifestText(manifest));
  return {
    lineage: `source:${written.name}`,
    written,
    surroundings: { place: 'manifest', ...(constraints === undefined ? {} : { constraints }) },
    files: { ...files, [ENTRY]: source },
    context: 'null',
    examples: written.examples ?? [],
  };
}

function checkSource(source: string, files: Readonly<Record<string, string>>): void {
  const entries = Object.entries(files);
  if (source.trim() === '')
    throw hostError('SOURCE_INVALID', 'the source is empty; write export default defineTool({ … })');
  if (entries.length >= MAX_FILES) {
    throw hostError('SOURCE_INVALID', `the source has ${entries.length + 1} files; the limit is ${MAX_FILES}`);
  }
  for (const [path] of entries) checkPath(path);
  const bytes = entries.reduce((sum, [, text]) => sum + Buffer.byteLength(text), Buffer.byteLength(source));
  if (bytes > MAX_SOURCE_BYTES) {
    const data = { bytes, limit: MAX_SOURCE_BYTES };
    throw hostError('SOURCE_INVALID', `the source has ${bytes} bytes; the limit is ${MAX_SOURCE_BYTES}`, data);
  }
}

function checkPath(path: string): void {
  const shown = JSON.stringify(path.slice(0, 200));
  if (path === ENTRY) {
    const message = `the source itself is the file ${shown}; give the one it imports another name`;
    throw hostError('SOURCE_INVALID', message, { file: path });
  }
  if (FILE_PATH.test(path)) return;
  const rule = 'a relative path inside the tool, without ".."';
  throw hostError('SOURCE_INVALID', `${shown} is no name for a source file: ${rule}`);
}

function manifestText(manifest: unknown): string {
  const text = jsonText(manifest);
  if (text === undefined)
    throw hostError('MANIFEST_INVALID', 'the manifest cannot be written as JSON; give plain data');
  if (text.length <= MAX_MANIFEST_BYTES) return text;
  const message = `the manifest has ${text.length} characters; the limit is ${MAX_MANIFEST_BYTES}`;
  throw hostError('MANIFEST_INVALID', message, { characters: text.length, limit: MAX_MANIFEST_BYTES });
}
