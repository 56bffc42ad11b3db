import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isCodedError } from '#sandbox';
import { inspectTexts } from '../../../../../host/making/inspection/inspect-texts.ts';
import { checkFindings, findingFacts, toldOf } from '../../../../../host/making/inspection/policy.ts';
import type { Inspection } from '../../../../../host/making/inspection/suspicions.ts';

const PLAIN = inspectTexts({ files: { 'a.ts': 'const a = 1;' } });
const NOTED = inspectTexts({ files: { 'a.ts': 'const a = "\ue000";' } });
const WARNED = inspectTexts({ files: { 'a.ts': 'const a = "\ue000"; eval("1");\n'.repeat(20) } });

function countBySeverity({ findings }: Inspection): object {
  const groups = Object.entries(Object.groupBy(findings, ({ severity }) => severity));
  return Object.fromEntries(groups.map(([severity, found]) => [severity, found.length]));
}

describe('checkFindings', () => {
  it('refuses what has a warning, where that is the policy', () => {
    assert.throws(
      () => checkFindings(WARNED, 'refuse'),
      (error) =>
        isCodedError(error) &&
        error.code === 'INSPECTION_REFUSED' &&
        error.data?.['findings'] === WARNED.findings &&
        error.data['moreFindings'] === 24,
    );
  });

  it('refuses what has a warning behind as many notes as there can be', () => {
    const data = 'QUJDREVGR0hJ5'.repeat(30);
    const noted = { description: `https://a.example/ ${'word '.repeat(900)}` };
    const properties = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`p${index}`, noted]));
    const source = `const a = "${data}"; const b = "\ue000"; const c = ${'1+'.repeat(600)}1;`;
    const files = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`${index}.ts`, source]));
    const manifest = { inputSchema: { properties }, grants: {} };
    const hidden = inspectTexts({ manifest, files: { ...files, 'z.ts': 'eval("1")' } });
    assert.deepEqual(countBySeverity(hidden), { note: 20, warning: 1 });
    assert.throws(() => checkFindings(hidden, 'refuse'), { code: 'INSPECTION_REFUSED' });
  });

  it('refuses what has a warning behind more notes than are looked at in one text', () => {
    const hidden = inspectTexts({ files: { 'a.ts': `// ${'\ue000 '.repeat(300)}\u202e` } });
    assert.throws(() => checkFindings(hidden, 'refuse'), { code: 'INSPECTION_REFUSED' });
  });

  it('lets a note pass, and anything where the policy is to report', () => {
    checkFindings(PLAIN, 'refuse');
    checkFindings(NOTED, 'refuse');
    checkFindings(WARNED, 'report');
  });
});

describe('findingFacts', () => {
  it('counts what was found, and tells it', () => {
    assert.deepEqual(findingFacts('digest', WARNED), {
      detail: 'digest; 8 warnings, 8 notes',
      findings: WARNED.findings,
      moreFindings: 24,
    });
    assert.equal(findingFacts('digest', NOTED).detail, 'digest; 1 note');
  });

  it('has nothing to say of plain texts', () => {
    assert.deepEqual(findingFacts('digest', PLAIN), { detail: 'digest' });
    assert.deepEqual(toldOf(PLAIN), {});
  });
});
