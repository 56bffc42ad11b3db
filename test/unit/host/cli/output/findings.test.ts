import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Finding } from '#sandbox';
import { findingsIn, formatFindings } from '../../../../../host/cli/output/findings.ts';

const plain = (_format: unknown, text: string): string => text;

const FINDINGS: readonly Finding[] = [
  {
    kind: 'code-from-text',
    severity: 'warning',
    where: { file: 'tool.ts', line: 3, column: 4 },
    excerpt: 'eval("1")',
    message: 'code is made from text',
  },
  {
    kind: 'link',
    severity: 'note',
    where: { path: '/description' },
    excerpt: 'https://a.example',
    message: 'an address',
  },
];

describe('formatFindings', () => {
  it('shows each with its place, columns as editors count them', () => {
    assert.equal(
      formatFindings({ findings: FINDINGS, moreFindings: 3 }, plain),
      [
        '  ! code-from-text  tool.ts:3:5  code is made from text',
        '      eval("1")',
        '  · link  manifest /description  an address',
        '      https://a.example',
        '  and 3 more',
      ].join('\n'),
    );
  });

  it('keeps a place on its line, whatever a property is called', () => {
    const [, second] = FINDINGS;
    assert.ok(second);
    const findings = [{ ...second, where: { path: '/inputSchema/properties/a\n  and 0 more' } }];
    assert.equal(formatFindings({ findings }, plain)?.split('\n').length, 2);
  });

  it('has nothing to say where nothing was found', () => {
    assert.equal(formatFindings({}, plain), undefined);
    assert.equal(formatFindings(findingsIn(undefined), plain), undefined);
    assert.equal(formatFindings(findingsIn({ findings: 3 }), plain), undefined);
  });

  it('reads the findings of a failure', () => {
    assert.deepEqual(findingsIn({ findings: FINDINGS, moreFindings: 2 }), { findings: FINDINGS, moreFindings: 2 });
  });
});
