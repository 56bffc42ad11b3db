import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readJson } from '../../../../../host/cli/input/read-json.ts';
import { createSurroundings } from '../../../../fixtures/cli/surroundings.ts';

describe('readJson', () => {
  let cwd: string;
  before(() => {
    cwd = mkdtempSync(join(tmpdir(), 'read-json-'));
    writeFileSync(join(cwd, 'a.json'), '\uFEFF{"a":"é"}');
  });
  after(() => rmSync(cwd, { recursive: true }));

  it('reads JSON written out, in a file or on standard input', async () => {
    const surroundings = createSurroundings({ cwd, stdin: '{"a":"é"}' });
    for (const argument of ['{"a":"é"}', 'a.json', join(cwd, 'a.json'), '-']) {
      assert.deepEqual(await readJson(argument, '--input', surroundings), { a: 'é' }, argument);
    }
  });

  it('stops reading a file that has no end', { skip: process.platform === 'win32' }, async () => {
    const before = process.memoryUsage.rss();
    await assert.rejects(readJson('/dev/zero', '--input', createSurroundings()), { code: 'FILE_UNREADABLE' });
    assert.ok(process.memoryUsage.rss() - before < 64 * 1024 * 1024);
  });

  it('refuses what cannot be read, and what is no JSON', async () => {
    const surroundings = createSurroundings({ cwd, stdin: '{' });
    await assert.rejects(readJson('absent.json', '--input', surroundings), { code: 'FILE_UNREADABLE' });
    await assert.rejects(readJson('.', '--input', surroundings), { code: 'FILE_UNREADABLE' });
    await assert.rejects(readJson('-', '--input', surroundings), { code: 'REQUEST_INVALID' });
  });
});
