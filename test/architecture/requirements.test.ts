// Every promise is proved by a test that cites it, and every citation is of a promise.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { REQUIREMENTS } from '../requirements.ts';
import { findCitations, type Citation } from './find-citations.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('requirements', () => {
  const citations = findCitations(ROOT);

  it('are each proved by a test', () => {
    const cited = new Set(citations.map(({ id }) => id));
    assert.deepEqual(
      Object.keys(REQUIREMENTS).filter((id) => !cited.has(id)),
      [],
    );
  });

  it('are all there is to cite', () => {
    assert.deepEqual(
      citations.filter(({ id }) => !Object.hasOwn(REQUIREMENTS, id)),
      [],
    );
  });

  it('are cited before a test', () => {
    assert.deepEqual(
      citations.filter(({ isBeforeTest }) => !isBeforeTest),
      [],
    );
  });

  it('are sentences', () => {
    for (const [id, promise] of Object.entries(REQUIREMENTS)) {
      assert.match(id, /^[a-z]+\.[a-z-]+$/);
      assert.match(promise, /^\S.*\.$/);
    }
  });
});

describe('findCitations', () => {
  it('finds several ids in one comment, and a comment in between', () => {
    assert.deepEqual(citationsOf('  // Proves a.one, b.two.\n  // Why it matters.\n  it("works", () => {});\n'), [
      { id: 'a.one', file: 'test/a.test.ts', line: 1, isBeforeTest: true },
      { id: 'b.two', file: 'test/a.test.ts', line: 1, isBeforeTest: true },
    ]);
  });

  it('sees that a test is gone', () => {
    const [citation] = citationsOf('// Proves a.one.\n\nconst a = 1;\n');
    assert.equal(citation?.isBeforeTest, false);
  });
});

function citationsOf(text: string): readonly Citation[] {
  const root = mkdtempSync(join(tmpdir(), 'citations-'));
  try {
    mkdirSync(join(root, 'test'));
    writeFileSync(join(root, 'test/a.test.ts'), text);
    return findCitations(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}
