import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createReport } from '../../../../../host/cli/attest/report.ts';
import { CHECKS } from '../../../../../host/cli/attest/trial.ts';
import { INSTALLATION, reportOn, trialOf } from '../../../../fixtures/attacks/trials.ts';

describe('createReport', () => {
  it('passes when every attack that was tried passes every check', () => {
    const { passed, failed, totals, groups } = reportOn([trialOf('a', 'x'), trialOf('b', 'y'), trialOf('a', 'z')]);
    assert.deepEqual([passed, failed], [true, []]);
    const all = { tried: 3, reached: 3, contained: 3, neighbour: 3, host: 3, disposed: 3, walls: { isolate: 3 } };
    assert.deepEqual(totals, all);
    assert.deepEqual(
      groups.map(({ group, tried, walls }) => [group, tried, walls]),
      [
        ['a', 2, { isolate: 2 }],
        ['b', 1, { isolate: 1 }],
      ],
    );
  });

  for (const check of CHECKS) {
    it(`fails when the check "${check}" of one attack does`, () => {
      const { passed, failed, totals } = reportOn([trialOf('a', 'x'), trialOf('a', 'y', check)]);
      assert.deepEqual([passed, failed, totals[check]], [false, ['a/y'], 1]);
    });
  }

  it('fails when an attack was not tried, or none was', () => {
    const parts = { installation: INSTALLATION, at: 0, ms: 0, known: 2 };
    const late = createReport({ ...parts, trials: [trialOf('a', 'x')], untried: ['a/y'] });
    assert.deepEqual([late.passed, late.failed], [false, ['a/y']]);
    assert.equal(createReport({ ...parts, trials: [], untried: [] }).passed, false);
  });

  it('fails where the doctor says that tools cannot run', () => {
    const findings = [{ what: 'trial run', verdict: 'failed', detail: 'made up' }] as const;
    const { passed, failed } = reportOn([trialOf('a', 'x')], { findings });
    assert.deepEqual([passed, failed], [false, ['trial run']]);
  });

  it('fails where a wall that was asked for is missing', () => {
    const wallLevel = { required: 'os', missing: ['seccomp'] } as const;
    const { passed, failed } = reportOn([trialOf('a', 'x')], { wallLevel });
    assert.deepEqual([passed, failed], [false, ['wall:seccomp']]);
  });

  const AGES = [
    { ageDays: 59, maxAgeDays: null, passed: true },
    { ageDays: 59, maxAgeDays: 59, passed: true },
    { ageDays: 60, maxAgeDays: 59, passed: false },
    { ageDays: null, maxAgeDays: null, passed: true },
    { ageDays: null, maxAgeDays: 9999, passed: false },
  ] as const;

  for (const { ageDays, maxAgeDays, passed } of AGES) {
    it(`${passed ? 'passes' : 'fails'} an engine of age ${String(ageDays)} where ${String(maxAgeDays)} is allowed`, () => {
      const report = reportOn([trialOf('a', 'x')], { engine: { ageDays, maxAgeDays } });
      assert.deepEqual([report.passed, report.failed], [passed, passed ? [] : ['engine-age']]);
    });
  }
});
