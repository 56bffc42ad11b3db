// What is checked, and what is found.

import type { ParsedModule } from './parse-module.ts';

/** One breach. */
export interface Violation {
  readonly rule:
    | 'upward'
    | 'sideways'
    | 'past-face'
    | 'own-face'
    | 'unplaced'
    | 'computed'
    | 'ring'
    | 'cycle'
    | 'library'
    | 'builtin'
    | 'ambient'
    | 'face'
    | 'length'
    | 'examiner'
    | 'content';
  /** Relative to the root, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly detail: string;
}

/** One file of product code. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly module: ParsedModule;
}
