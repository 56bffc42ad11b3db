// Reads which promises tests say they prove.

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A test file's claim to prove a promise. */
export interface Citation {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  /** Whether a test follows: a citation whose test is gone proves nothing. */
  readonly isBeforeTest: boolean;
}

const CITATION = /^\s*\/\/ Proves ([a-z.,\- ]+)\.$/;
const COMMENT = /^\s*\/\//;
const TEST = /^\s*(?:it|test|describe|suite|testAttacks)\(/;

/** Every citation in the test files under `root`. */
export function findCitations(root: string): Citation[] {
  return globSync('test/**/*.test.ts', { cwd: root })
    .sort()
    .flatMap((file) => citationsOf(file, readFileSync(join(root, file), 'utf8').split('\n')));
}

function citationsOf(file: string, lines: readonly string[]): Citation[] {
  return lines.flatMap((line, index) => {
    const ids = CITATION.exec(line)?.[1]?.split(', ') ?? [];
    const next = lines.slice(index).find((each) => !COMMENT.test(each)) ?? '';
    return ids.map((id) => ({ id, file, line: index + 1, isBeforeTest: TEST.test(next) }));
  });
}
