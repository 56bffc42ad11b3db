// SECURITY.md promises what tests hold: each promise in the words of the requirement, beside the test that proves it.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { REQUIREMENTS } from '../requirements.ts';
import { findCitations } from './find-citations.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');

/** Areas of which an auditor wants every promise. */
const AREAS = ['inspection', 'jail', 'ledger', 'quarantine', 'replay'];

const ROW = /^\| `(?<id>[a-z]+\.[a-z-]+)` \| (?<promise>.+?) \| (?<links>\[.*\)) \|$/gm;
const LINK = /\]\((?<target>[^)#\s]+)(?:#[^)]*)?\)/g;
const NAMED_FILE = /`(?<target>(?:test|sandbox|host|docs)\/[\w/.-]+)`/g;

interface PromiseRow {
  readonly id: string;
  readonly promise: string;
  readonly tests: readonly string[];
}

describe('SECURITY.md', () => {
  const rows = rowsOf(PAGE);

  it('promises all of the areas an auditor asks for', () => {
    const promised = new Set(rows.map(({ id }) => id));
    const ids = Object.keys(REQUIREMENTS).filter((id) => AREAS.includes(id.split('.')[0] ?? ''));
    assert.ok(ids.length > 40);
    assert.deepEqual(
      ids.filter((id) => !promised.has(id)),
      [],
    );
  });

  it('promises in the words of the requirement', () => {
    const requirements: Readonly<Record<string, string>> = REQUIREMENTS;
    assert.deepEqual(
      rows.map(({ id, promise }) => [id, promise]),
      rows.map(({ id }) => [id, requirements[id]]),
    );
  });

  it('links each promise to a test that proves it', () => {
    const proofs = new Set(findCitations(ROOT).map(({ id, file }) => `${id} ${file}`));
    const unproved = rows.flatMap(({ id, tests }) => tests.filter((test) => !proofs.has(`${id} ${test}`)));
    assert.deepEqual(unproved, []);
    assert.ok(rows.every(({ tests }) => tests.length > 0));
  });

  it('names no file that is not there', () => {
    const missing = [...targetsOf(LINK), ...targetsOf(NAMED_FILE)]
      .filter((target) => !target.includes(':'))
      .filter((target) => !existsSync(join(ROOT, target)));
    assert.deepEqual(missing, []);
  });
});

function rowsOf(page: string): readonly PromiseRow[] {
  return [...page.matchAll(ROW)].map(({ groups = {} }) => ({
    id: groups['id'] ?? '',
    promise: groups['promise'] ?? '',
    tests: [...(groups['links'] ?? '').matchAll(LINK)].map((link) => link.groups?.['target'] ?? ''),
  }));
}

function targetsOf(pattern: RegExp): readonly string[] {
  return [...PAGE.matchAll(pattern)].map((match) => match.groups?.['target'] ?? '');
}
