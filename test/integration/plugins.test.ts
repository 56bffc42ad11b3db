// Every plugin is made as its README says: its examples are the test.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { runBin } from '../fixtures/cli/run-bin.ts';

const PLUGINS = join(import.meta.dirname, '../../plugins');
const names = readdirSync(PLUGINS, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe('plugins', () => {
  for (const { name } of names) {
    it(`has ${name}, which is published with its examples`, async () => {
      const cwd = mkdtempSync(join(tmpdir(), 'glovebox-plugin-'));
      try {
        const folder = join(PLUGINS, name);
        const args = ['create', join(folder, 'tool.ts'), '--manifest', join(folder, 'tool.json'), '--json'];
        const { exitCode, stdout, stderr } = await runBin(args, { cwd, env: { HOME: cwd } });
        assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
        const { report } = JSON.parse(stdout) as { readonly report: readonly { step: string; detail?: string }[] };
        const probed = report.find(({ step }) => step === 'probe')?.detail ?? '';
        assert.match(probed, /^[1-9]\d* example/);
      } finally {
        rmSync(cwd, { recursive: true, force: true });
      }
    });
  }
});
