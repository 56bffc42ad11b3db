import assert from 'node:assert/strict';
import { stripVTControlCharacters, styleText } from 'node:util';
import { describe, it } from 'node:test';
import { formatPairs, formatTable } from '../../../../../host/cli/output/table.ts';

const plain = { style: (_format: unknown, text: string) => text };
const coloured = {
  style: (format: Parameters<typeof styleText>[0], text: string) => styleText(format, text, { validateStream: false }),
};

describe('formatTable', () => {
  it('aligns columns and leaves no space at line ends', () => {
    const table = formatTable(['tool', 'state'], [['a', 'live'], ['longer', 'old']], plain); // prettier-ignore
    assert.equal(table, 'tool    state\na       live\nlonger  old');
  });

  it('measures what is seen, not the colours', () => {
    const rows = [[coloured.style('red', 'a'), 'x']];
    const table = stripVTControlCharacters(formatTable(['tool', 'state'], rows, coloured));
    assert.equal(table, 'tool  state\na     x');
  });

  it('wraps the last column to the terminal', () => {
    const text = 'one two three four five six seven eight';
    const lines = formatTable(['tool', 'what'], [['a', text]], { ...plain, columns: 32 }).split('\n');
    assert.ok(lines.length > 2);
    assert.ok(lines.every((line) => line.length <= 32));
  });
});

describe('formatPairs', () => {
  it('puts names before values', () => {
    assert.equal(formatPairs([['ROI', '80 %'], ['payback', '20 months']], plain), 'ROI      80 %\npayback  20 months'); // prettier-ignore
  });
});
