import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { isCodedError } from '#sandbox';
import { hostError } from '#host/base';
import type { MakingStep } from '#host/registry';
import { failureOf, MakingReport, withReport } from '../../../../host/making/report.ts';

/** A clock that goes on by 1.005 ms with every look. */
function createClock() {
  let looks = 0;
  return { now: () => 0, elapsed: () => (looks += 1) * 1.005 };
}

suite('MakingReport', () => {
  test('writes a row per step and tells it at once', async () => {
    const heard: MakingStep[] = [];
    const report = new MakingReport(createClock(), (step) => heard.push(step));
    assert.equal(
      await report.step(
        'find',
        () => 'roi',
        (value) => `found ${value}`,
      ),
      'roi',
    );
    await report.step(
      'inspect',
      () => 3,
      (moreFindings) => ({ detail: 'read', findings: [], moreFindings }),
    );
    report.skip('check', 'no context');
    await assert.rejects(
      report.step('render', () => {
        throw hostError('TEMPLATE_INVALID', 'no good');
      }),
    );
    const rows: MakingStep[] = [
      { step: 'find', ms: 1, verdict: 'ok', detail: 'found roi' },
      { step: 'inspect', ms: 1, verdict: 'ok', detail: 'read', findings: [], moreFindings: 3 },
      { step: 'check', ms: 0, verdict: 'skipped', detail: 'no context' },
      { step: 'render', ms: 1, verdict: 'failed', detail: 'TEMPLATE_INVALID: no good' },
    ];
    assert.deepEqual(report.steps, rows);
    assert.deepEqual(heard, rows);
  });

  test('says nothing of what an internal error says', async () => {
    const report = new MakingReport(createClock());
    await assert.rejects(report.step('find', () => Promise.reject(new Error('/home/secret'))));
    assert.equal(report.steps[0]?.detail, 'an internal error');
  });

  test('begins no step once the making was called off', async () => {
    const report = new MakingReport(createClock(), undefined, AbortSignal.abort());
    await assert.rejects(
      report.step('publish', () => assert.fail('it began')),
      { code: 'RUN_CANCELLED' },
    );
    assert.deepEqual(report.steps, []);
  });

  test('knows its rows as they will be after the step under way', async () => {
    const report = new MakingReport(createClock());
    const within = await report.step('publish', () => report.stepsWith('publish', 'roi@1'));
    assert.deepEqual(within, [{ step: 'publish', ms: 1, verdict: 'ok', detail: 'roi@1' }]);
    assert.equal(report.steps.length, 1);
  });
});

suite('withReport', () => {
  test('adds the report to a coded failure and leaves the failure as it was', () => {
    const error = hostError('EXAMPLE_FAILED', 'no good', { example: 0 });
    const steps: MakingStep[] = [{ step: 'probe', ms: 1, verdict: 'failed' }];
    const reported = withReport(error, steps);
    assert.ok(isCodedError(reported));
    assert.deepEqual(reported.data, { example: 0, report: steps });
    assert.equal(reported.cause, error);
    assert.deepEqual(failureOf(error).data, { example: 0 });
  });

  test('leaves an internal error alone', () => {
    const bug = new TypeError('a bug');
    assert.equal(withReport(bug, []), bug);
    assert.equal(failureOf(bug).code, 'INTERNAL');
  });
});
