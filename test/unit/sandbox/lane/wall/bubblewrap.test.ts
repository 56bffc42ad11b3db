import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { findBubblewrap, type BubblewrapSearch } from '../../../../../sandbox/lane/wall/bubblewrap.ts';

describe('findBubblewrap', { skip: process.platform !== 'linux' }, () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'glovebox-bubblewrap-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function install(name: string, script: string, mode = 0o755): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, `#!/bin/sh\n${script}\n`, { mode });
    return path;
  }

  async function absence(search: Omit<BubblewrapSearch, 'readable'>): Promise<string> {
    const found = await findBubblewrap({ readable: [], ...search });
    return 'absent' in found ? found.absent : 'found';
  }

  it('finds none where none is installed', async () => {
    assert.equal(await absence({ places: [join(folder, 'nothing')] }), 'not installed');
    assert.equal(await absence({ places: [await install('unrunnable', '', 0o644)] }), 'not installed');
  });

  it('does not look where it is not wanted', async () => {
    const started = join(folder, 'started');
    const places = [await install('unwanted', `touch ${started}`)];
    assert.match(await absence({ mode: 'never', places }), /GLOVEBOX_BUBBLEWRAP/);
    await assert.rejects(rm(started), { code: 'ENOENT' });
  });

  it('tells in its own words why one that is there is of no use', async () => {
    const refused = 'bwrap: Creating new namespace failed: Operation not permitted';
    const places = [await install('refused', `echo "${refused}" >&2; exit 1`)];
    assert.equal(await absence({ places }), `installed, but of no use here: ${refused}`);
  });

  it('gives what the trial ran: the program, its libraries and what is to be read, read-only', async () => {
    // Ends as the loader would, and looks at nothing.
    const places = [await install('willing', 'exit 0')];
    const found = await findBubblewrap({ readable: ['/etc/hostname'], places });
    assert.ok('command' in found);
    const { command, libraries } = found;
    assert.deepEqual([command[0], command.at(-1)], [places[0], '--']);
    for (const path of [process.execPath, ...libraries, '/etc/hostname'])
      assert.equal(command[command.indexOf(path) - 1], '--ro-bind');
    assert.ok(libraries.some((path) => path.includes('libc')));
    assert.equal(command.includes('--bind'), false);
  });
});
