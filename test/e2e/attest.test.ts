// `glovebox attest` from the repository: one group of attacks, its report, and whether the report is genuine.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

import type { SealedReport } from '../../host/cli/attest/sealed-report.ts';
import { startBin } from '../fixtures/cli/run-bin.ts';
import { descendantsOf, runningAfter } from '../fixtures/e2e/processes.ts';
import { createWorkplace } from '../fixtures/e2e/workplace.ts';
import { until } from '../fixtures/mcp/until.ts';

interface VerifiedDocument extends SealedReport {
  readonly genuine: boolean;
  readonly keyGiven: boolean;
}

describe('glovebox attest', () => {
  const place = createWorkplace();
  const file = join(place.cwd, 'report.json');
  after(() => place[Symbol.dispose]());

  // Proves command.attest, command.attest-signed.
  it('reports on a group, signed by the home, and knows its report again', async () => {
    const sealed = await place.answer<SealedReport>(['attest', '--group', 'bridge', '--out', 'report.json']);
    const { passed, node, known, profile, totals } = sealed.report;
    const members = readdirSync(join(import.meta.dirname, '../../sandbox/attacks/bridge')).length;
    assert.deepEqual([passed, node, profile, known > 150], [true, process.versions.node, 'strict', true]);
    assert.deepEqual([totals.tried, totals.reached, totals.contained], [members, members, members]);
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), sealed);

    const { publicKey } = sealed.signature;
    const verified = await place.answer<VerifiedDocument>(['attest', '--verify', 'report.json', '--key', publicKey]);
    assert.deepEqual(verified, { genuine: true, keyGiven: true, ...sealed });
    const again = await place.answer<SealedReport>(['attest', '--group', 'time']);
    assert.equal(again.signature.publicKey, publicKey);
  });

  it('refuses the report when it was changed', async () => {
    writeFileSync(file, readFileSync(file, 'utf8').replace('"passed": true', '"passed": false'));
    const { code, data } = await place.refusal(['attest', '--verify', 'report.json']);
    assert.deepEqual([code, data?.['reason']], ['ATTEST_INVALID', 'signature']);
  });

  it('refuses an engine that is older than it may be', async () => {
    const { code, data } = await place.refusal(['attest', '--group', 'time', '--max-engine-age-days', '0']);
    assert.deepEqual([code, data?.['failed']], ['ATTEST_FAILED', ['engine-age']]);
  });

  it('leaves no process and no home when it is interrupted', { skip: process.platform !== 'linux' }, async () => {
    const temporary = join(place.cwd, 'tmp');
    mkdirSync(temporary);
    using child = startBin(['attest'], { cwd: place.cwd, env: { HOME: place.cwd, TMPDIR: temporary } });
    await until('the attacked host to have processes', () => {
      return readdirSync(temporary).length === 1 && descendantsOf(child.pid!).length > 2;
    });
    const processes = descendantsOf(child.pid!);
    child.kill('SIGINT');
    assert.deepEqual(await once(child, 'exit'), [1, null]);
    assert.deepEqual(await runningAfter(processes, 2000), []);
    assert.deepEqual(readdirSync(temporary), []);
  });

  // Proves command.attest-profile.
  it('attacks the profile in force, and says which', async () => {
    using fast = createWorkplace({ GLOVEBOX_FAST_TENANTS: 'local' });
    const { report } = await fast.answer<SealedReport>(['attest', '--group', 'time', '--require-wall', 'process']);
    assert.deepEqual([report.passed, report.profile, report.wallLevel.missing], [true, 'fast', []]);
  });

  it('refuses a file that is not there, or is larger than a report', async () => {
    writeFileSync(join(place.cwd, 'huge.json'), ' '.repeat(5_000_000));
    for (const name of ['absent.json', 'huge.json']) {
      assert.equal((await place.refusal(['attest', '--verify', name])).code, 'FILE_UNREADABLE');
    }
  });

  it('refuses a group there is not, and a place where no report can be', async () => {
    assert.equal((await place.refusal(['attest', '--group', 'absent'])).code, 'REQUEST_INVALID');
    const out = join('absent', 'report.json');
    assert.equal((await place.refusal(['attest', '--group', 'time', '--out', out])).code, 'FILE_UNREADABLE');
  });
});
