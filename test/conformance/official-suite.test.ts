// The protocol's own judge. Every check counts, those the suite does not score included, and there is no list of failures
// to expect.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { runSuite, type Check } from './run-suite.ts';
import { serveFixture, type ServedFixture } from './serve-fixture.ts';

const SELECTIONS = [
  ['--requirements', '2026-07-28'],
  ['--requirements', '2025-11-25'],
  ['--suite', 'all'],
];
const RUN_MS = 120_000;

/** Scenarios the suite may skip → why. */
const SKIPPED: Readonly<Record<string, string>> = {
  'sep-2640-skills-directory': 'the skills extension is not declared',
  'sep-2640-skills-enumeration': 'the skills extension is not declared',
  'sep-2640-skills-manifest': 'the skills extension is not declared',
  'tasks-status-notifications': 'this version of the suite has no way to see them',
};

describe('glovebox serve --mount test/fixtures/conformance', () => {
  let server: ServedFixture | undefined;
  before(async () => {
    server = await serveFixture();
  });
  after(() => server?.[Symbol.asyncDispose]());

  for (const selection of SELECTIONS) {
    // Proves mcp.conformance.
    it(`passes the official suite with ${selection.join(' ')}`, { timeout: RUN_MS }, async (context) => {
      const { announced, checks, exitCode, scenarios } = await runSuite(server!.url, selection, context.signal);
      context.diagnostic(`${scenarios.length} scenarios: ${countByStatus(checks)}`);
      assert.deepEqual(
        { faults: show(checks, 'FAILURE'), warnings: show(checks, 'WARNING'), skipped: show(checks, 'SKIPPED') },
        { faults: [], warnings: [], skipped: [] },
      );
      assert.deepEqual({ exitCode, ran: scenarios.length }, { exitCode: 0, ran: announced });
      assert.ok(announced > 0);
    });
  }
});

describe('runSuite', () => {
  it('tells a server that is not there as failures', async () => {
    const url = 'http://127.0.0.1:9/mcp';
    const { checks, exitCode } = await runSuite(url, ['--suite', 'active'], AbortSignal.timeout(RUN_MS));
    assert.equal(exitCode, 1);
    assert.ok(show(checks, 'FAILURE').length > 0);
  });
});

function show(checks: readonly Check[], status: Check['status']): readonly string[] {
  return checks
    .filter((check) => check.status === status && !(status === 'SKIPPED' && Object.hasOwn(SKIPPED, check.scenario)))
    .map(({ scenario, id, message }) => `${scenario} ${id}: ${message}`);
}

function countByStatus(checks: readonly Check[]): string {
  const counts = Object.entries(Object.groupBy(checks, ({ status }) => status));
  return counts.map(([status, found]) => `${found?.length ?? 0} ${status}`).join(', ');
}
