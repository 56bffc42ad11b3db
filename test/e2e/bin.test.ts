// The bin: whatever Node starts it, the pinned one does the work, and both end together.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { BIN, childrenOf, findOtherNode, isAlive, runBin, startBin, startServer } from '../fixtures/cli/run-bin.ts';

const otherNode = findOtherNode();
const NODES = [
  { title: 'the pinned Node', node: process.execPath, skip: false },
  { title: 'another Node', node: otherNode ?? '', skip: otherNode === undefined && 'there is no other Node here' },
];

for (const { title, node, skip } of NODES) {
  describe(`bin, started by ${title}`, { skip }, () => {
    const cwd = mkdtempSync(join(tmpdir(), 'bin-'));
    after(() => rmSync(cwd, { recursive: true, force: true }));

    it('passes the exit code and both outputs', async () => {
      const done = await runBin(['tools', '--json'], { cwd, node });
      assert.deepEqual([done.exitCode, done.stderr, JSON.parse(done.stdout)], [0, '', { tools: [] }]);
      assert.equal((await runBin(['call', 'absent'], { cwd, node })).exitCode, 1);
      assert.equal((await runBin(['nonsense'], { cwd, node })).exitCode, 2);
    });

    it('does not mind a reader that leaves early', async () => {
      const child = startBin(['--help'], { cwd, node });
      child.stdout?.destroy();
      const [stderr, ended] = await Promise.all([text(child.stderr!), once(child, 'exit')]);
      assert.deepEqual([stderr, ended], ['', [0, null]]);
    });

    it('ends when the npx that ran it is killed', async () => {
      const shell = `"${node}" "${BIN}" serve --port 0 --json --home npx & wait`;
      const npx = spawn('sh', ['-c', shell], {
        cwd,
        env: { ...process.env, npm_command: 'exec' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = (await once(npx.stdout, 'data')) as [Buffer];
      const { pid } = JSON.parse(line.toString()) as { pid: number };
      assert.equal(isAlive(pid), true);
      npx.kill('SIGKILL');
      for (let waited = 0; isAlive(pid) && waited < 5000; waited += 50) await delay(50);
      assert.equal(isAlive(pid), false);
    });

    it('passes standard input', async () => {
      const { stderr } = await runBin(['call', 'absent', '--input', '-', '--json'], { cwd, node, stdin: '{broken' });
      assert.equal((JSON.parse(stderr) as { error: { code: string } }).error.code, 'REQUEST_INVALID');
    });

    // Proves command.pinned-node.
    it('works on the pinned Node', async () => {
      const { stdout } = await runBin(['doctor', '--json'], { cwd, node });
      const { findings } = JSON.parse(stdout) as { findings: { what: string; verdict: string }[] };
      assert.equal(findings.find(({ what }) => what === 'node')?.verdict, 'ok');
    });

    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      it(`stops serving on ${signal} and exits 0`, async () => {
        using server = await startServer({ cwd, node });
        const { child, pid } = server;
        child.kill(signal);
        assert.deepEqual(await once(child, 'exit'), [0, null]);
        assert.equal(isAlive(pid), false);
      });
    }

    it('drains on one Ctrl-C, which a terminal sends to every process of the group', async () => {
      using server = await startServer({ cwd, node, detached: true });
      const { child, pid } = server;
      process.kill(-child.pid!, 'SIGINT');
      assert.deepEqual(await once(child, 'exit'), [0, null]);
      assert.equal(isAlive(pid), false);
    });

    it('leaves nothing running when it is killed with -9', async () => {
      using server = await startServer({ cwd, node });
      const { child, pid, url } = server;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      await endOf(pid, 2000);
      await assert.rejects(fetch(url));
    });

    it('leaves nothing running when it is killed with -9 while a tool loops', async () => {
      writeFileSync(join(cwd, 'loop.ts'), LOOP);
      const made = await runBin(['create', 'loop.ts', '--manifest', LOOP_MANIFEST], { cwd, node });
      assert.equal(made.exitCode, 0, made.stderr);
      using server = await startServer({ cwd, node });
      const { child, pid, url } = server;
      const client = new Client({ name: 'test', version: '1.0.0' });
      await client.connect(new StreamableHTTPClientTransport(new URL(url)));
      await using _closed = { [Symbol.asyncDispose]: () => client.close() };
      void client.callTool({ name: 'loop', arguments: {} }).catch(() => undefined);
      while (childrenOf(pid).length === 0) await delay(20);
      const jailed = childrenOf(pid);
      child.kill('SIGKILL');
      await Promise.all([pid, ...jailed].map((each) => endOf(each, 2000)));
    });
  });
}

const LOOP = "import { defineTool } from 'glovebox'; export default defineTool({ async run() { for (;;); } });";
const LOOP_MANIFEST = JSON.stringify({
  name: 'loop',
  description: 'Loops',
  inputSchema: { type: 'object' },
  limits: { cpuMs: 30_000, wallMs: 30_000 },
});

/** Waits until a process is gone. */
async function endOf(pid: number, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (isAlive(pid)) {
    assert.ok(Date.now() < deadline, `process ${pid} is still there after ${withinMs} ms`);
    await delay(20);
  }
}
