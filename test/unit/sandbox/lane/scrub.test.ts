import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { describe, it } from 'node:test';

import { scrubForGuest, scrubText } from '../../../../sandbox/lane/scrub.ts';

describe('scrubText', () => {
  it('clips, writes out what does not show, and clips again', () => {
    assert.equal(scrubText('abc', 3), 'abc');
    assert.equal(scrubText('abcd', 3), 'abc…');
    assert.equal(scrubText('\u202e'.repeat(3), 10), '\\u{202e}\\u…');
  });

  it('changes nothing the second time', () => {
    for (const text of ['abcd', '\x1b\x1b', 'x'.repeat(100)]) {
      assert.equal(scrubText(scrubText(text, 20), 20), scrubText(text, 20));
    }
  });
});

describe('scrubForGuest', () => {
  it('names no folder of this host, however it is written', () => {
    for (const folder of [process.cwd(), dirname(process.execPath), homedir()]) {
      assert.equal(scrubForGuest(`cannot open '${folder}/a/b.sqlite': gone`, 200), "cannot open '<path>': gone");
      assert.equal(scrubForGuest(`at file://${folder}/x.ts:1:2`, 200), 'at <path>');
      assert.equal(scrubForGuest(`(${folder})`, 200), '(<path>)');
    }
  });

  it('leaves what only looks alike', () => {
    for (const text of ['/items/0/name', `${homedir()}-cause`, 'https://example.com/items', 'a/b', '/']) {
      assert.equal(scrubForGuest(text, 200), text);
    }
  });
});
