// Attacks on the prelude, with V8's compiler and without. The second run is a child's, since `--jitless` is a flag of a
// process, and one bundle, since that flag takes the WebAssembly with which Node strips types.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { type AttackReport, runAttacks } from './attack-runner.ts';
import { ATTACKS } from './attacks.ts';

const MODES: readonly (readonly [mode: string, run: () => Promise<readonly AttackReport[]>])[] = [
  ['with the compiler', runAttacks],
  ['without the compiler', runAttacksJitless],
];

for (const [mode, run] of MODES) {
  // Proves jail.no-authority.
  describe(`the prelude, attacked ${mode}`, async () => {
    const reports = await run();
    for (const { title } of ATTACKS) {
      it(`gives nothing away when a tool ${title}`, () => {
        const report = reports.find((candidate) => candidate.title === title);
        assert.deepEqual(report, { title, loot: [], ends: ['done'] });
      });
    }
  });
}

async function runAttacksJitless(): Promise<readonly AttackReport[]> {
  const contents = `
    import { runAttacks } from './attack-runner.ts';
    process.stdout.write(JSON.stringify(await runAttacks()));
  `;
  const bundle = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    external: ['esbuild', 'isolated-vm'],
    define: { 'import.meta.url': JSON.stringify(new URL('./guest.ts', import.meta.url)) },
  });
  const output = execFileSync(process.execPath, ['--jitless', '--input-type=module', '-'], {
    cwd: fileURLToPath(new URL('../../../../../', import.meta.url)),
    env: { TZ: 'UTC', LC_ALL: 'en_US.UTF-8' },
    input: bundle.outputFiles[0]?.text ?? '',
    encoding: 'utf8',
  });
  return JSON.parse(output) as readonly AttackReport[];
}
