// Whether an attestation notices: the installation it looks at has one wall less, or one that stands too early. What is
// weakened is the host that the command is given, by this test alone; the product has no switch for it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, describe, it } from 'node:test';

import type { Failure } from '#sandbox';
import { hostError } from '#host/base';
import { openApp } from '../../host/app.ts';
import type { CommandApp, OpenApp } from '../../host/cli/command.ts';
import type { SealedReport } from '../../host/cli/attest/sealed-report.ts';
import { main } from '../../host/cli/main.ts';
import { openArena } from '../fixtures/attacks/arena.ts';
import { createSurroundings } from '../fixtures/cli/surroundings.ts';
import { createTemporaryHome, type TemporaryHome } from '../fixtures/store/temporary-home.ts';

describe('attest on an installation that does not hold', () => {
  let home: TemporaryHome;
  before(async () => {
    home = await createTemporaryHome();
  });
  after(() => home[Symbol.asyncDispose]());

  /** Attests one group on a host that is not what it should be; it must fail. */
  async function attest(group: string, weaken: (app: CommandApp) => CommandApp): Promise<SealedReport['report']> {
    const openWeakened: OpenApp = async (options) => weaken(await openApp(options));
    const surroundings = createSurroundings({ cwd: home.path });
    assert.equal(await main(['attest', '--group', group, '--json'], surroundings, openWeakened), 1);
    const { stdout, stderr } = await surroundings.written();
    assert.equal(stdout, '');
    const { error } = JSON.parse(stderr) as { readonly error: Failure };
    assert.equal(error.code, 'ATTEST_FAILED');
    const { failed, sealed } = error.data as { readonly failed: readonly string[]; readonly sealed: SealedReport };
    assert.deepEqual([sealed.report.passed, sealed.report.failed], [false, failed]);
    return sealed.report;
  }

  // Proves command.attest.
  it('fails when tools may ask what nobody granted', async () => {
    const grants = { 'client.ask': true };
    const { failed, attacks } = await attest('bridge', ({ maker, ...app }) => ({
      ...app,
      maker: {
        ...maker,
        create: (request) => maker.create({ ...request, manifest: { ...(request.manifest as object), grants } }),
      },
    }));
    assert.ok(failed.includes('bridge/asks-without-grant'), failed.join());
    const trial = attacks.find(({ name }) => name === 'asks-without-grant');
    assert.deepEqual(
      [trial?.checks.reached, trial?.checks.contained, trial?.checks.neighbour, trial?.wall],
      [true, false, true, undefined],
    );
  });

  it('fails when attacks are refused before they reach what they are to test', async () => {
    const { totals } = await attest('time', ({ maker, ...app }) => ({
      ...app,
      maker: {
        ...maker,
        create: async (request) => {
          if ((request.manifest as { readonly name: string }).name === 'benign') return maker.create(request);
          throw hostError('MANIFEST_INVALID', 'no tool is good enough');
        },
      },
    }));
    assert.deepEqual([totals.reached, totals.neighbour], [0, totals.tried]);
  });

  it('fails when benign calls have wrong answers', async () => {
    const { totals } = await attest('time', ({ caller, ...app }) => ({
      ...app,
      caller: {
        ...caller,
        call: (call) => caller.call(call.tool === 'benign' ? { ...call, input: { a: 2, b: 4 } } : call),
      },
    }));
    assert.deepEqual([totals.contained, totals.neighbour], [totals.tried, 0]);
  });
});

describe('the arena', { skip: process.platform !== 'linux' }, () => {
  it('notices a process that nobody answers for', async () => {
    await using arena = await openArena();
    const stray = spawn('sleep', ['60']);
    await assert.rejects(arena.processes.assertNoOrphan(), { code: 'ATTEST_FAILED' });
    stray.kill('SIGKILL');
    await arena.processes.assertNoOrphan();
  });
});
