// `host.roots`: which folders the client works in. Names only: the host opens none of them.

import type { Json } from '#sandbox';
import type { Question } from '../types.ts';
import { isRecord, readRecord } from './arguments.ts';

const MAX_ROOTS = 100;
const MAX_URI = 2048;
const MAX_NAME = 200;

/** The question `host.roots` puts. @throws ASK_INVALID */
export function readRoots(args: unknown, key: string): Question {
  readRecord(args, 'the question', ['key']);
  return { key, request: { method: 'roots/list', params: {} }, readAnswer };
}

function readAnswer(said: unknown): Json | undefined {
  const roots = isRecord(said) ? said['roots'] : undefined;
  if (!Array.isArray(roots) || roots.length > MAX_ROOTS) return undefined;
  const read = roots.map(readRoot).filter((root) => root !== undefined);
  return read.length < roots.length ? undefined : read;
}

function readRoot(root: unknown): Json | undefined {
  if (!isRecord(root)) return undefined;
  const { uri, name } = root;
  if (typeof uri !== 'string' || uri.length > MAX_URI || !URL.canParse(uri)) return undefined;
  if (name === undefined) return { uri };
  return typeof name === 'string' && name.length <= MAX_NAME ? { uri, name } : undefined;
}
