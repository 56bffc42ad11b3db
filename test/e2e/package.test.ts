// The published package: built, installed into an empty folder, used from yet another one.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findOtherNode, runBin } from '../fixtures/cli/run-bin.ts';
import { connectStdio } from '../fixtures/cli/stdio-client.ts';

const ROOT = join(import.meta.dirname, '../..');

// Proves command.package.
describe('the published package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  const installed = join(folder, 'installed');
  const elsewhere = join(folder, 'elsewhere');
  const bin = join(installed, 'node_modules/glovebox/host/cli/bin.mjs');
  // Who installs it has whatever Node their machine has.
  const node = findOtherNode() ?? process.execPath;
  after(() => rmSync(folder, { recursive: true, force: true }));

  before(() => {
    mkdirSync(installed);
    mkdirSync(elsewhere);
    execFileSync(process.execPath, ['.ci/pack-dist.ts'], { cwd: ROOT, stdio: 'pipe' });
    const [tarball = ''] = readdirSync(join(ROOT, 'dist')).filter((name) => name.endsWith('.tgz'));
    writeFileSync(join(installed, 'package.json'), '{"private":true}');
    const flags = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
    execFileSync('npm', ['install', ...flags, join(ROOT, 'dist', tarball)], { cwd: installed, stdio: 'pipe' });
  });

  it('holds no tests, no TypeScript of programs and no development settings', () => {
    const names = readdirSync(join(installed, 'node_modules/glovebox'), { recursive: true, encoding: 'utf8' });
    const surplus = names.filter((name) => /^test|^\.|tsconfig|^(host|sandbox)\/.*\.ts$/.test(name));
    assert.deepEqual(surplus, []);
    assert.ok(names.includes('LICENSE'));
  });

  it('runs the demo', async () => {
    const { exitCode, stderr } = await runBin(['demo', '--json'], { cwd: elsewhere, node, bin });
    assert.deepEqual([exitCode, stderr], [0, '']);
  });

  it('serves an MCP client over stdio', async () => {
    await using client = await connectStdio({ node, args: [bin, 'stdio'], cwd: elsewhere });
    const made = await client.callTool({
      name: 'generate_tool',
      arguments: { template: 'roi-calculator', context: { customer: { industry: 'SaaS' } }, name: 'roi_packed' },
    });
    assert.equal(made.isError, undefined, JSON.stringify(made.content));
    const { tools } = await client.listTools();
    assert.ok(tools.some(({ name }) => name === 'roi_packed'));
    const called = await client.callTool({
      name: 'roi_packed',
      arguments: { investment: 50_000, annualBenefit: 30_000 },
    });
    const { npv } = called.structuredContent as { readonly npv: string };
    assert.equal(npv, '24605.56');
    assert.deepEqual(readdirSync(elsewhere), ['.glovebox']);
  });
});
