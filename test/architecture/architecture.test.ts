// The rules hold for the repository, and each rule is seen to fail: a check that never reported anything proves nothing.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { BREACHES, LAWFUL } from './breaches.ts';
import { checkTree } from './check-tree.ts';
import type { Violation } from './violation.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('the repository', () => {
  // Proves architecture.layers.
  it('breaks no rule of the architecture', () => {
    const report = checkTree(ROOT).map(({ rule, file, line, detail }) => `${file}:${line} [${rule}] ${detail}`);
    assert.deepEqual(report, []);
  });
});

describe('checkTree', () => {
  for (const { title, file, text, rule } of BREACHES) {
    it(`reports ${title}`, () => {
      const found = checkFixture({ [file]: text });
      assert.deepEqual(
        found.map((each) => [each.rule, each.file]),
        [[rule, file]],
      );
    });
  }

  it('reports a ring of three files once', () => {
    const found = checkFixture({
      'host/making/a.ts': "import './b.ts';",
      'host/making/b.ts': "import type { C } from './c.ts';",
      'host/making/c.ts': "export { a } from './a.ts';",
    });
    assert.deepEqual(
      found.map(({ rule }) => rule),
      ['cycle'],
    );
  });

  it('reports every breach of one tree at once', () => {
    const tree = Object.fromEntries(
      BREACHES.map(({ file, text }, index) => [
        file.replace(/a\.ts$/, `a${index}.ts`),
        text.replace("'./a.ts'", `'./a${index}.ts'`),
      ]),
    );
    const reported = new Set(checkFixture(tree).map(({ rule }) => rule));
    assert.deepEqual([...reported].sort(), [...new Set(BREACHES.map(({ rule }) => rule))].sort());
  });

  it('names the line', () => {
    const found = checkFixture({ 'host/base/a.ts': "\n\nimport type { A } from '#host/store';\n" });
    assert.equal(found[0]?.line, 3);
  });

  for (const { title, file, text } of LAWFUL) {
    it(`accepts ${title}`, () => {
      assert.deepEqual(checkFixture({ [file]: text }), []);
    });
  }
});

function checkFixture(files: Readonly<Record<string, string>>): Violation[] {
  const root = mkdtempSync(join(tmpdir(), 'architecture-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return checkTree(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}
