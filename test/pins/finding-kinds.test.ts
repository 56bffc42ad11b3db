// The kinds of findings and how much each means, written out: policies filter by them. Never imported from the source.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { FINDING_KINDS } from '#sandbox';

const KINDS = {
  'bidi-control': 'warning',
  'control-character': 'warning',
  'invisible-character': 'warning',
  'mixed-script-word': 'warning',
  'private-use-character': 'note',
  'tag-character': 'warning',
  'unread-text': 'warning',
  'variation-selectors': 'warning',
  'character-codes': 'warning',
  'computed-chain': 'warning',
  'decoded-literal': 'warning',
  'encoded-literal': 'note',
  'escaped-identifier': 'warning',
  'escaped-literal': 'warning',
  'long-line': 'note',
  'machine-names': 'warning',
  'string-table': 'warning',
  'code-from-text': 'warning',
  'engine-internals': 'warning',
  'annotation-contradicted': 'warning',
  'conversation-markup': 'warning',
  'data-sent-elsewhere': 'warning',
  'encoded-text': 'warning',
  'hidden-from-user': 'warning',
  'hidden-markup': 'warning',
  'instruction-to-model': 'warning',
  link: 'note',
  'other-tool-named': 'warning',
  'overlong-text': 'note',
  'pushed-out-of-sight': 'warning',
  'secret-asked-for': 'warning',
};

describe('finding kinds', () => {
  it('are these, and mean this much', () => {
    assert.deepEqual(FINDING_KINDS, KINDS);
  });
});

// Proves inspection.page.
describe('docs/inspection.md', () => {
  it('has a section for each kind, with its severity first', async () => {
    const page = await readFile(new URL('../../docs/inspection.md', import.meta.url), 'utf8');
    const sections = page.matchAll(/^### `([a-z-]+)`\n\n(Warning|Note)\. [A-Z`8-9].{20,}/gm);
    const told = Array.from(sections, ([, kind, severity]) => [kind, severity?.toLowerCase()]);
    assert.deepEqual(Object.fromEntries(told), KINDS);
  });
});
