// What `create` starts from: a manifest and source files, bounded before anyone looks inside.

import { hostError } from '#host/base';
import { parseManifest } from './check-manifest.ts';
import type { Draft } from './create-maker.ts';
import type { CreateRequest } from './types.ts';

/** The file a tool's module is. */
export const ENTRY = 'tool.ts';

const MAX_SOURCE_BYTES = 2 * 1024 * 1024;
const MAX_FILES = 64;
const FILE_PATH = /^(?!.*(^|\/)\.\.?(\/|$))[A-Za-z0-9_@.-]+(\/[A-Za-z0-9_@.-]+){0,9}$/;

/** @throws SOURCE_INVALID, MANIFEST_INVALID */
export function sourceDraft(request: CreateRequest): Draft {
  const files = { ...request.files, [ENTRY]: request.source };
  checkFiles(files);
  const written = parseManifest(request.manifest);
  return {
    lineage: `source:${written.name}`,
    written,
    surroundings: request.constraints === undefined ? {} : { constraints: request.constraints },
    files,
    context: 'null',
    examples: written.examples ?? [],
  };
}

function checkFiles(files: Readonly<Record<string, unknown>>): void {
  const entries = Object.entries(files);
  if (entries.length > MAX_FILES) {
    throw hostError('SOURCE_INVALID', `the source has ${entries.length} files; the limit is ${MAX_FILES}`);
  }
  let total = 0;
  for (const [path, text] of entries) {
    if (typeof text !== 'string') throw hostError('SOURCE_INVALID', `the source file ${JSON.stringify(path)} is not a text`);
    if (!FILE_PATH.test(path)) {
      const rule = 'a relative path inside the tool, without ".."';
      throw hostError('SOURCE_INVALID', `${JSON.stringify(path.slice(0, 200))} is no name for a source file: ${rule}`);
    }
    total += Buffer.byteLength(text);
  }
  if (total > MAX_SOURCE_BYTES) {
    const data = { bytes: total, limit: MAX_SOURCE_BYTES };
    throw hostError('SOURCE_INVALID', `the source has ${total} bytes; the limit is ${MAX_SOURCE_BYTES}`, data);
  }
}
