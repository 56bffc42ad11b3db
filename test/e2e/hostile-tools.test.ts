// Attacks as a user meets them: made and called by hand, while another shell calls a tool that means well.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { after, before, describe, it } from 'node:test';

import type { Failure } from '#sandbox';
import { createWorkplace, type CalledDocument, type MadeDocument } from '../fixtures/e2e/workplace.ts';

interface ExportedDocument {
  readonly attacks: readonly { readonly path: string; readonly codes: readonly string[] }[];
}

/** One of each group whose attacks run and end with a code. */
const ATTACKS = [
  'bridge/over-budget',
  'concurrency/endless-sleep',
  'cpu/endless-loop',
  'crash/abort-by-sort',
  'memory/heap-bomb',
  'results/looping-then',
];

/** What a call may take past its wall limit. */
const GRACE_MS = 1000;

const BENIGN = ['call', 'act', '--input', '{}', '--json'];

describe('a tool of the attack suite, made and called by hand', () => {
  const place = createWorkplace();
  after(() => place[Symbol.dispose]());
  let exported: ExportedDocument['attacks'] = [];
  /** What a call of a benign tool takes beside another. */
  let startUpMs = 0;

  before(async () => {
    await place.createAct();
    exported = (await place.answer<ExportedDocument>(['attest', '--export', 'attacks'])).attacks;
    const started = performance.now();
    await Promise.all([place.run(BENIGN), place.run(BENIGN)]);
    startUpMs = performance.now() - started;
  });

  for (const path of ATTACKS) {
    // Proves attacks.by-hand.
    it(`${path} ends with its code in time, and a call beside it has its answer`, async () => {
      const [folder, attack] = [join('attacks', path), exported.find((each) => each.path === path)];
      assert.ok(attack, exported.map((each) => each.path).join(' '));
      const manifest = join(folder, 'tool.json');
      const { tool } = await place.answer<MadeDocument>(['create', join(folder, 'tool.ts'), '--manifest', manifest]);
      const { limits } = JSON.parse(readFileSync(join(place.cwd, manifest), 'utf8')) as {
        readonly limits: { readonly wallMs: number };
      };
      const started = performance.now();
      const [called, beside] = await Promise.all([
        place.run(['call', tool, '--input', join(folder, 'input.json'), '--json']),
        place.run(BENIGN),
      ]);
      const tookMs = performance.now() - started;
      assert.equal(called.exitCode, 1, called.stdout);
      const { error } = JSON.parse(called.stderr) as { readonly error: Failure };
      assert.ok(attack.codes.includes(error.code), error.code);
      assert.ok(tookMs < limits.wallMs + GRACE_MS + startUpMs, `${tookMs} ms, of which ${startUpMs} to start`);
      assert.deepEqual([beside.exitCode, beside.stderr], [0, '']);
      assert.deepEqual((JSON.parse(beside.stdout) as CalledDocument).output, { sleptMs: 0 });
    });
  }

  it('is not written where something is already', async () => {
    const { code } = await place.refusal(['attest', '--export', 'attacks', '--group', 'time']);
    assert.equal(code, 'FILE_UNREADABLE');
  });
});
