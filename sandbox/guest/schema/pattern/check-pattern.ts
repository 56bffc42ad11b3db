// Decides whether a stranger's pattern may be used at all, and how fast it is.

import { refuse, shorten, type SchemaRole } from '../fault.ts';
import { judgePattern } from './pattern-cost.ts';

const MAX_CHARACTERS = 512;

/**
 * Whether a mismatch takes time in proportion to the text or to its square.
 *
 * @throws SCHEMA_LIMIT when the pattern has more than 512 characters
 * @throws SCHEMA_INVALID when it is no regular expression with the `u` flag
 * @throws SCHEMA_PATTERN_UNSAFE when a mismatch may take longer than quadratic time
 */
export function checkPattern(pattern: string, schema: SchemaRole, path: string): 'linear' | 'quadratic' {
  if (pattern.length > MAX_CHARACTERS) {
    refuse('SCHEMA_LIMIT', schema, path, `it has ${pattern.length} of at most ${MAX_CHARACTERS} characters`);
  }
  try {
    new RegExp(pattern, 'u');
  } catch {
    refuse('SCHEMA_INVALID', schema, path, `${quote(pattern)} is no regular expression with the "u" flag`);
  }
  const cost = judgePattern(pattern);
  if (cost.speed !== 'unsafe') return cost.speed;
  const hint = 'write it so that each text can be read in one way only';
  return refuse('SCHEMA_PATTERN_UNSAFE', schema, path, `${quote(pattern)} is unsafe: ${cost.reason}; ${hint}`);
}

function quote(pattern: string): string {
  return JSON.stringify(shorten(pattern));
}
