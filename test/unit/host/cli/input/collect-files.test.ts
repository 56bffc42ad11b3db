import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { collectFiles } from '../../../../../host/cli/input/collect-files.ts';

describe('collectFiles', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'collect-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  }

  it('takes what is reached by relative imports of every form, and nothing else', async () => {
    write({
      'tool/main.ts': [
        "import { a } from './lib/a.ts';",
        'export { b } from "./b";',
        "const rates = require('./rates.json');",
        "await import('./lazy.ts');",
        "import decimal from 'decimal.js';",
      ].join('\n'),
      'tool/lib/a.ts': "import { c } from '../c/index.js'; import '../c';",
      'tool/b.ts': '',
      'tool/rates.json': '{}',
      'tool/lazy.ts': '',
      'tool/c/index.js': '',
      'tool/unused.ts': '',
    });
    const { files } = await collectFiles(join(root, 'tool/main.ts'));
    assert.deepEqual(Object.keys(files).sort(), ['b.ts', 'c/index.js', 'lazy.ts', 'lib/a.ts', 'rates.json']);
  });

  it('takes the .ts file that an import of .js means', async () => {
    write({ 'tool/main.ts': "import './a.js'; import './b';", 'tool/a.ts': '', 'tool/b.mts': '' });
    const { files } = await collectFiles(join(root, 'tool/main.ts'));
    assert.deepEqual(Object.keys(files).sort(), ['a.ts', 'b.mts']);
  });

  it('does not take the source for one of its own files', async () => {
    write({ 'tool/tool.ts': "import './a.ts';", 'tool/a.ts': "import type { T } from './tool.ts';" });
    const { files } = await collectFiles(join(root, 'tool/tool.ts'));
    assert.deepEqual(Object.keys(files), ['a.ts']);
  });

  it('ends where files import each other', async () => {
    write({ 'tool/main.ts': "import './a.ts';", 'tool/a.ts': "import './b.ts';", 'tool/b.ts': "import './a.ts';" });
    const { files } = await collectFiles(join(root, 'tool/main.ts'));
    assert.deepEqual(Object.keys(files).sort(), ['a.ts', 'b.ts']);
  });

  it('reads nothing outside the folder: not through .., not through a link', async () => {
    write({ 'secret.ts': 'export const secret = 1;', 'tool/main.ts': "import '../secret.ts'; import './link.ts';" });
    symlinkSync(join(root, 'secret.ts'), join(root, 'tool/link.ts'));
    const { files } = await collectFiles(join(root, 'tool/main.ts'));
    assert.deepEqual(files, {});
  });

  it('refuses too many files, and too many bytes', async () => {
    const names = Array.from({ length: 64 }, (_, index) => `f${index}.ts`);
    write({ 'tool/many.ts': names.map((name) => `import './${name}';`).join('\n') });
    write(Object.fromEntries(names.map((name) => [`tool/${name}`, ''])));
    write({ 'tool/large.ts': `// ${'x'.repeat(2 * 1024 * 1024)}` });
    await assert.rejects(collectFiles(join(root, 'tool/many.ts')), { code: 'SOURCE_INVALID' });
    await assert.rejects(collectFiles(join(root, 'tool/large.ts')), { code: 'SOURCE_INVALID' });
  });

  it('refuses a source that is not there', async () => {
    await assert.rejects(collectFiles(join(root, 'absent.ts')), { code: 'FILE_UNREADABLE' });
  });
});
