// What generated validators need where they run: a context of their own, which no tool code touches.

import ucs2length from 'ajv/dist/runtime/ucs2length.js';
import { describeErrors, type RawError, type ValidationError } from './describe-error.ts';
import { FORMATS } from './formats.ts';
import { findDuplicate, isEqualJson } from './json-equality.ts';

/** What a generated validator is: ajv's calling convention. */
export interface GeneratedValidator {
  (value: unknown): boolean;
  errors?: readonly RawError[] | null;
}

/** Checks JSON text: '' when it is valid, else JSON text `{"errors": [{"path", "message", "keyword", "allowed"?}]}`. */
export type TextValidator = (text: string) => string;

/** Longer strings are not matched against a pattern that takes quadratic time: at this length it takes milliseconds. */
const MAX_SLOW_CHARACTERS = 4096;

/** What `validators` are called with; see `workshop/join-validators.ts`. */
export const runtime = {
  /** Resolves what generated code requires by name. `slowPatterns` refuse long strings. */
  link(slowPatterns: readonly string[]): (name: string) => unknown {
    const slow = new Set(slowPatterns);
    return (name) => {
      if (name === 'pattern') return (source: string, flags: string) => createPattern(source, flags, slow.has(source));
      if (Object.hasOwn(PARTS, name)) return PARTS[name];
      throw new Error(`validators have no part ${name}`);
    };
  },

  /** Wraps a generated validator: text in, text out, and no exception whatever the text is. */
  check(validate: GeneratedValidator): TextValidator {
    return (text) => {
      const errors = checkText(validate, text);
      return errors.length === 0 ? '' : JSON.stringify({ errors });
    };
  },
} as const;

/** The errors of a value, none when it is valid; what cannot be checked is an error too. */
export function findErrors(validate: GeneratedValidator, value: unknown): readonly ValidationError[] {
  try {
    return validate(value) ? [] : describeErrors(validate.errors ?? []);
  } catch (error) {
    return [{ path: '', message: describeFailure(error), keyword: 'limit' }];
  }
}

/** How generated code names its parts: ajv's own names, and ours. */
const PARTS: Readonly<Record<string, unknown>> = {
  'ajv/dist/runtime/equal': { default: isEqualJson },
  'ajv/dist/runtime/ucs2length': ucs2length,
  'find-duplicate': findDuplicate,
  formats: FORMATS,
};

/** Thrown out of a validator, past the `not` and `anyOf` that would misread it as a mismatch. */
class Unmatchable extends Error {}

function createPattern(source: string, flags: string, isSlow: boolean): Pick<RegExp, 'test'> {
  const pattern = new RegExp(source, flags);
  if (!isSlow) return pattern;
  return {
    test(text) {
      if (text.length <= MAX_SLOW_CHARACTERS) return pattern.test(text);
      throw new Unmatchable(
        `holds a string of ${text.length} characters; its pattern takes at most ${MAX_SLOW_CHARACTERS}`,
      );
    },
  };
}

function checkText(validate: GeneratedValidator, text: string): readonly ValidationError[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [{ path: '', message: 'must be JSON', keyword: 'json' }];
  }
  return findErrors(validate, value);
}

function describeFailure(error: unknown): string {
  if (error instanceof Unmatchable) return error.message;
  return error instanceof RangeError ? 'is too deep or too long to be checked' : 'cannot be checked';
}
