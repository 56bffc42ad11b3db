// Catalogue, pins and errors page say the same.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { HOST_ERRORS } from '#host/base';
import { SANDBOX_ERRORS, type ErrorEntry } from '#sandbox';
import { ERROR_CODES } from './error-codes.ts';

const CATALOGUE: Readonly<Record<string, ErrorEntry>> = { ...SANDBOX_ERRORS, ...HOST_ERRORS };
const PAGE = readFileSync(join(import.meta.dirname, '../../docs/errors.md'), 'utf8');

// Proves errors.stable.
describe('error codes', () => {
  it('are the pinned ones, with the pinned kind and fault', () => {
    const actual = Object.entries(CATALOGUE).map(([code, { kind, fault }]) => [code, `${kind} ${fault}`]);
    assert.deepEqual(Object.fromEntries(actual), ERROR_CODES);
  });

  it('belong to one side only', () => {
    assert.deepEqual(
      Object.keys(HOST_ERRORS).filter((code) => Object.hasOwn(SANDBOX_ERRORS, code)),
      [],
    );
  });

  it('have a section each in docs/errors.md, with kind, fault and a sentence', () => {
    const sections = [...PAGE.matchAll(/^#### `(\w+)`\n\n`(\w+)` · fault: `(\w+)`\n\n(?=[A-Z].{20})/gm)];
    const documented = sections.map(([, code, kind, fault]) => [code, `${kind ?? ''} ${fault ?? ''}`]);
    assert.deepEqual(Object.fromEntries(documented), ERROR_CODES);
  });
});
