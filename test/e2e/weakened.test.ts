// Whether an attestation notices that its own installation has a wall less: on copies of this package, of each of which
// one line was changed.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

import type { Failure } from '#sandbox';
import type { SealedReport } from '../../host/cli/attest/sealed-report.ts';
import { runBin } from '../fixtures/cli/run-bin.ts';

const PACKAGE = join(import.meta.dirname, '../..');

/** One line of a file, and what stands there instead. */
interface Weakening {
  readonly file: string;
  readonly line: string;
  readonly instead: string;
}

describe('attest on an installation that was tampered with', () => {
  const place = mkdtempSync(join(tmpdir(), 'glovebox-weakened-'));
  after(() => rmSync(place, { recursive: true, force: true }));

  /** Attests a short group on a copy; it must fail. */
  async function attest(name: string, { file, line, instead }: Weakening, ...args: string[]): Promise<Attested> {
    const copy = join(place, name);
    for (const part of ['host', 'sandbox', 'templates', 'package.json']) {
      cpSync(join(PACKAGE, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(PACKAGE, 'node_modules'), join(copy, 'node_modules'));
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    assert.ok(text.includes(line), `${file} has no ${line}`);
    writeFileSync(path, text.replace(line, instead));
    const options = { cwd: place, env: { HOME: place }, bin: join(copy, 'host/cli/bin.mjs') };
    const { exitCode, stderr } = await runBin(['attest', '--group', 'time', '--json', ...args], options);
    assert.equal(exitCode, 1, stderr);
    const { error } = JSON.parse(stderr) as { readonly error: Failure };
    assert.equal(error.code, 'ATTEST_FAILED');
    return error.data as unknown as Attested;
  }

  // Proves command.attest-tampered.
  it('fails when the prelude leaves a name that it should remove', async () => {
    const { failed, sealed } = await attest('prelude', {
      file: 'sandbox/guest/prelude/remove-names.ts',
      line: "'WeakRef',",
      instead: '',
    });
    assert.deepEqual(failed, ['time/names-of-clocks']);
    const { totals } = sealed.report;
    assert.deepEqual([totals.contained, totals.neighbour], [totals.tried - 1, totals.tried]);
  });

  // Proves command.attest-walls.
  it(
    'fails when the launcher sets no filter, where that is asked for',
    { skip: process.platform !== 'linux' },
    async () => {
      const weakening = {
        file: 'sandbox/lane/launch.ts',
        line: 'plan.without?.includes(wall) !== true',
        instead: "wall === 'landlock' && plan.without?.includes(wall) !== true",
      };
      const { failed, sealed } = await attest('launcher', weakening, '--require-wall', 'os');
      assert.deepEqual(failed, ['wall:seccomp']);
      const { wallLevel, walls, totals } = sealed.report;
      assert.deepEqual(wallLevel, { required: 'os', missing: ['seccomp'] });
      assert.equal(walls.find(({ wall }) => wall === 'seccomp')?.held, false);
      assert.equal(totals.contained, totals.tried);
    },
  );
});

interface Attested {
  readonly failed: readonly string[];
  readonly sealed: SealedReport;
}
