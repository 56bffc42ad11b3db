import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { hostError } from '#host/base';
import { main } from '../../../../host/cli/main.ts';
import { createRecordingApp, MADE, replayOf, type RecordingApp } from '../../../fixtures/cli/recording-app.ts';
import { createSurroundings, type FakeSurroundingsOptions } from '../../../fixtures/cli/surroundings.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-main-'));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'context.json'), '{"customer":{"industry":"SaaS"}}');
writeFileSync(join(folder, 'tool.json'), '{"name":"greet"}');
writeFileSync(join(folder, 'greet.ts'), "import { hello } from './hello.ts';\nexport default hello;");
writeFileSync(join(folder, 'hello.ts'), 'export const hello = 1;');

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly app: RecordingApp;
}

/** Runs one command line in a folder of its own. */
async function run(
  argv: readonly string[],
  options: FakeSurroundingsOptions & { readonly app?: RecordingApp } = {},
): Promise<Ended> {
  const { app = createRecordingApp(), ...more } = options;
  const surroundings = createSurroundings({ cwd: folder, ...more });
  const exitCode = await main(argv, surroundings, app.open);
  assert.equal(app.disposals(), app.homes.length, 'what was opened is disposed');
  return { exitCode, ...(await surroundings.written()), app };
}

/** What the first thing asked of the app carried. */
function requestOf(app: RecordingApp): Record<string, unknown> {
  return app.asked[0]!.with as Record<string, unknown>;
}

const OTHER_ENGINE = { code: 'ENGINE_DIFFERS', kind: 'conflict', fault: 'host', message: 'other' } as const;

function parse(text: string): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>;
}

describe('main: usage', () => {
  it('shows its help and exits 0, for --help and for nothing', async () => {
    for (const argv of [[], ['--help'], ['generate', '--help'], ['help', 'serve']]) {
      const { exitCode, stdout, stderr } = await run(argv);
      assert.equal(exitCode, 0);
      assert.match(stdout, /Usage: glovebox/);
      assert.equal(stderr, '');
    }
  });

  it('prints its version and exits 0', async () => {
    const { exitCode, stdout, app } = await run(['--version']);
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    assert.deepEqual([exitCode, stdout.trim(), app.homes], [0, version, []]);
  });

  for (const [title, argv] of [
    ['an unknown command', ['generat']],
    ['an unknown option', ['tools', '--all']],
    ['a missing argument', ['call']],
    ['a missing required option', ['generate', 'roi-calculator']],
    ['a surplus argument', ['remove', 'a', 'b']],
    ['a version that is no number', ['rollback', 'roi_acme', '--to', 'x']],
    ['a port that is none', ['serve', '--port', '70000']],
    ['a limit out of range', ['runs', '--limit', '0']],
    ['a time that is none', ['runs', '--since', 'yesterday']],
    ['an unknown verdict', ['runs', '--verdict', 'good']],
    ['a replay of nothing', ['replay']],
    ['a replay of one run and of all', ['replay', 'run_1', '--all']],
    ['a filter for the replay of one run', ['replay', 'run_1', '--since', '1h']],
  ] as const) {
    // Proves command.exit-codes.
    it(`exits 2 on ${title}, and opens nothing`, async () => {
      const { exitCode, stdout, stderr, app } = await run(argv);
      assert.equal(exitCode, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /^error: /);
      assert.deepEqual(app.homes, []);
    });
  }

  it('suggests the command that was meant', async () => {
    const { stderr } = await run(['generat']);
    assert.match(stderr, /Did you mean generate\?/);
  });
});

describe('main: making', () => {
  it('generates with what the flags say', async () => {
    const argv = ['generate', 'roi-calculator', '--context', '{"a":1}', '--name', 'roi_acme', '--replace'];
    const { exitCode, app } = await run([...argv, '--allow-breaking', '--constraints', '{"timeout":2}']);
    assert.equal(exitCode, 0);
    const { onStep, signal, principal, ...request } = requestOf(app);
    assert.deepEqual(request, {
      template: 'roi-calculator',
      context: { a: 1 },
      name: 'roi_acme',
      replace: true,
      allowBreaking: true,
      constraints: { timeout: 2 },
    });
    assert.deepEqual(principal, { tenant: 'local', id: 'local' });
    assert.ok(signal instanceof AbortSignal);
    assert.equal(typeof onStep, 'function');
  });

  it('reads the context from a file, or from standard input', async () => {
    const customer = { industry: 'SaaS' };
    for (const options of [{}, { stdin: JSON.stringify({ customer }) }]) {
      const source = 'stdin' in options ? '-' : 'context.json';
      const { app } = await run(['generate', 'roi-calculator', '--context', source], options);
      assert.deepEqual(requestOf(app)['context'], { customer });
    }
  });

  it('tells a template’s folder from its name', async () => {
    const { app } = await run(['generate', './mine', '--context', '{}']);
    assert.deepEqual(requestOf(app)['template'], { folder: join(folder, 'mine') });
  });

  it('answers --json with the making report, and nothing else', async () => {
    const { stdout, stderr } = await run(['generate', 'roi-calculator', '--context', '{}', '--json']);
    assert.deepEqual(parse(stdout), MADE);
    assert.equal(stderr, '');
  });

  it('shows each step as it ends on a terminal, and a table elsewhere', async () => {
    const argv = ['generate', 'roi-calculator', '--context', '{}'];
    const live = await run(argv, { isTTY: true, env: { NO_COLOR: '1' } });
    assert.match(live.stderr, /✔ render +12 ms {2}tool\.ts, 40 lines/);
    assert.doesNotMatch(live.stdout, /verdict/);
    const piped = await run(argv);
    assert.equal(piped.stderr, '');
    assert.match(piped.stdout, /step +verdict +time +detail/);
  });

  it('creates from a source, its own files and a manifest', async () => {
    const { app } = await run(['create', 'greet.ts', '--manifest', 'tool.json']);
    const { source, files, manifest } = requestOf(app);
    assert.match(String(source), /export default hello/);
    assert.deepEqual(files, { 'hello.ts': 'export const hello = 1;' });
    assert.deepEqual(manifest, { name: 'greet' });
  });

  it('makes a set of what is written in a file, its own templates included', async () => {
    const tools = [
      { template: './mine', context: { a: 1 } },
      { template: 'roi-calculator', name: 'roi' },
    ];
    const { app } = await run(['generate-set', JSON.stringify({ context: { b: 2 }, tools }), '--allow-breaking']);
    const { onStep: _onStep, signal: _signal, principal: _principal, ...request } = requestOf(app);
    const [mine, other] = tools;
    assert.deepEqual(request, {
      context: { b: 2 },
      tools: [{ ...mine, template: { folder: join(folder, 'mine') } }, other],
      allowBreaking: true,
    });
  });

  it('refuses what is written as no set before anything is opened', async () => {
    for (const set of ['{}', '[]', '{"tools":[{"name":"a"}]}', '{"tools":[],"contxt":{}}']) {
      const { exitCode, stderr, app } = await run(['generate-set', set, '--json']);
      assert.equal(exitCode, 1);
      assert.equal((parse(stderr)['error'] as Record<string, unknown>)['code'], 'REQUEST_INVALID', set);
      assert.deepEqual(app.homes, []);
    }
  });

  it('shows a breaking change line by line', async () => {
    const changes = [{ role: 'input', path: '/b', kind: 'breaking', what: 'now required' }];
    const fail = hostError('CHANGE_BREAKING', 'calls may fail', { against: 1, kind: 'breaking', changes, more: 2 });
    const { stderr } = await run(['generate', 'roi-calculator', '--context', '{}'], {
      app: createRecordingApp({ fail }),
    });
    assert.equal(stderr, 'CHANGE_BREAKING calls may fail\n\n  breaking     input /b now required\n  and 2 more\n');
  });

  it('exits 1 with the code and the report of a making that failed', async () => {
    const fail = hostError('EXAMPLE_FAILED', 'example 1 gave another output', { report: MADE.report });
    const argv = ['generate', 'roi-calculator', '--context', '{}'];
    const failed = await run(argv, { app: createRecordingApp({ fail }) });
    assert.equal(failed.exitCode, 1);
    assert.equal(failed.stdout, '');
    assert.match(failed.stderr, /^EXAMPLE_FAILED example 1 gave another output\n\nstep +verdict/);

    const json = await run([...argv, '--json'], { app: createRecordingApp({ fail }) });
    assert.equal(json.stdout, '');
    const error = parse(json.stderr)['error'] as Record<string, unknown>;
    assert.equal(error['code'], 'EXAMPLE_FAILED');
    assert.deepEqual(error['data'], { report: MADE.report });
  });
});

describe('main: calling', () => {
  it('prints the result, with its bill as a document', async () => {
    const { exitCode, stdout, app } = await run(['call', 'roi_acme', '--input', '{"investment":1}', '--json']);
    assert.equal(exitCode, 0);
    assert.deepEqual(requestOf(app)['input'], { investment: 1 });
    const result = parse(stdout);
    assert.deepEqual(result['output'], { roi: 0.8 });
    assert.equal((result['bill'] as Record<string, unknown>)['cpuMs'], 1.25);
  });

  it('names the tool that was meant', async () => {
    const { exitCode, stderr } = await run(['call', 'roi_acne', '--json']);
    assert.equal(exitCode, 1);
    const { code, data } = parse(stderr)['error'] as Record<string, unknown>;
    assert.equal(code, 'TOOL_NOT_FOUND');
    assert.deepEqual(data, { suggestion: 'roi_acme' });
  });

  for (const [title, input, code] of [
    ['input that is no JSON', '{broken', 'REQUEST_INVALID'],
    ['a file that is not there', 'absent.json', 'FILE_UNREADABLE'],
  ] as const) {
    it(`refuses ${title} before anything is opened`, async () => {
      const { exitCode, stderr, app } = await run(['call', 'roi_acme', '--input', input, '--json']);
      assert.equal(exitCode, 1);
      assert.equal((parse(stderr)['error'] as Record<string, unknown>)['code'], code);
      assert.deepEqual(app.homes, []);
    });
  }
});

describe('main: managing and looking back', () => {
  it('says how to begin where there is nothing yet', async () => {
    const empty = createRecordingApp({ tools: false });
    assert.match((await run(['tools'], { app: empty })).stdout, /No tools yet; make one:\n {2}glovebox generate/);
    assert.match((await run(['runs'], { app: createRecordingApp({ tools: false }) })).stdout, /No runs yet/);
  });

  it('answers --json with one document, whatever the command', async () => {
    for (const argv of [
      ['tools'],
      ['tools', '--versions'],
      ['templates'],
      ['runs'],
      ['show', 'run_1'],
      ['rollback', 'roi_acme'],
      ['remove', 'roi_acme'],
      ['unquarantine', 'roi_acme'],
    ]) {
      const { exitCode, stdout, stderr } = await run([...argv, '--json']);
      assert.equal(exitCode, 0);
      assert.equal(stderr, '');
      assert.equal(typeof parse(stdout), 'object');
    }
  });

  it('rolls back to the version that was asked for', async () => {
    const { app } = await run(['rollback', 'roi_acme', '--to', '1']);
    assert.deepEqual(app.asked[0], { what: 'rollback', with: { tool: 'roi_acme', to: 1 } });
  });

  it('lifts the quarantine of the live version', async () => {
    const { app } = await run(['unquarantine', 'roi_acme']);
    assert.deepEqual(app.asked.at(-1), { what: 'lift', with: 'd'.repeat(64) });
  });

  it('shows what a run waits for, what it was answered, and which run it continues', async () => {
    const entry = { call: 1, capability: 'client.ask', args: `{"message":"${'x'.repeat(200)}"}`, ok: true, clockMs: 1 };
    const app = (): RecordingApp =>
      createRecordingApp({
        run: {
          verdict: 'suspended',
          continues: 'run_0',
          client: { ask: true, sample: false, roots: true, tasks: false },
          clockMs: 1,
          engine: 'node 1, v8 2',
          content: [{ type: 'text', text: 'a picture:' }],
          contentDigest: 'cc',
          journal: [{ ...entry, value: '{"action":"decline"}', clockMs: 1500 }],
          waiting: [{ call: 2, capability: 'client.roots', args: 'null' }],
        },
      });
    const { stdout } = await run(['show', 'run_1'], { app: app() });
    for (const text of [
      /suspended: it waited/,
      /continues +run_0/,
      /client +ask, roots/,
      /\+1\.50 s +call 1, client.ask .*"decline"/,
      /Waits for\n.*\n2 +client.roots/,
      /node 1, v8 2/,
      /Content\na picture:/,
    ]) {
      assert.match(stdout, text);
    }
    assert.ok(!stdout.includes('x'.repeat(100)));
    assert.match((await run(['runs'], { app: app() })).stdout, /suspended/);
  });

  it('passes its filters to the ledger', async () => {
    const { app } = await run(['runs', '--tool', 'roi_acme', '--limit', '5']);
    assert.deepEqual(app.asked[0]?.with, { tool: 'roi_acme', limit: 5 });
    const argv = ['runs', '--verdict', 'failed', '--principal', 'ada', '--since', '1970-01-02', '--until', '0s'];
    const { limit, until, ...query } = requestOf((await run(argv)).app);
    assert.deepEqual(query, { verdict: 'failed', principal: 'ada', since: 86_400_000 });
    assert.ok(limit === 20 && Math.abs(Number(until) - Date.now()) < 60_000);
  });

  it('says that a replay is identical, or where it diverged, and exits by that', async () => {
    const same = await run(['replay', 'run_1']);
    assert.deepEqual([same.exitCode, same.stdout.trim()], [0, 'run_1  roi_acme@2  identical']);
    const divergence = { part: 'log', line: 2, offset: 7, recorded: 'info: tWo', replayed: 'info: two' } as const;
    const replays = [replayOf('diverged', { divergence }), replayOf('identical', { warning: OTHER_ENGINE })];
    const other = await run(['replay', 'run_1'], { app: createRecordingApp({ replays }) });
    assert.equal(other.exitCode, 1);
    assert.match(other.stdout, /log, line 2, character 8\n {2}recorded {2}info: tWo\n {2}replayed {2}info: two/);
    assert.match(other.stderr, /^REPLAY_DIVERGED /);
    const json = await run(['replay', 'run_1', '--json'], { app: createRecordingApp({ replays }) });
    assert.deepEqual(parse(json.stdout), replays[0]);
    const warned = await run(['replay', 'run_1'], { app: createRecordingApp({ replays: replays.toReversed() }) });
    assert.equal(warned.exitCode, 0);
    assert.match(warned.stdout, /identical\nENGINE_DIFFERS other/);
  });

  it('sums up many replays, and counts on a terminal while they go on', async () => {
    const failure = hostError('REPLAY_IMPOSSIBLE', 'no', { reason: 'input-not-kept' });
    const replays = [
      replayOf('identical', { warning: OTHER_ENGINE }),
      replayOf('impossible', { failure }),
      replayOf('impossible', { failure }),
    ];
    const argv = ['replay', '--all', '--tool', 'roi_acme', '--since', '1970-01-02'];
    const { exitCode, stdout, stderr, app } = await run(argv, { app: createRecordingApp({ replays }) });
    assert.deepEqual([exitCode, stderr], [0, '']);
    assert.match(stdout, /^1 identical · 0 diverged · 2 impossible\nENGINE_DIFFERS 1 run of another engine\n/);
    assert.match(stdout, /REPLAY_IMPOSSIBLE: input-not-kept {2}run_1 and 1 more/);
    const { tool, since } = requestOf(app);
    assert.deepEqual([tool, since], ['roi_acme', 86_400_000]);
    const live = await run(argv, { app: createRecordingApp({ replays }), isTTY: true, env: { NO_COLOR: '1' } });
    assert.ok(live.stderr.startsWith('\r\u001b[K1 identical · 0 diverged · 0 impossible'));
    const divergence = { part: 'output', recorded: 'aa', replayed: 'bb' } as const;
    const diverged = [replayOf('identical'), replayOf('diverged', { divergence })];
    const json = await run([...argv, '--json'], { app: createRecordingApp({ replays: diverged }) });
    assert.deepEqual(
      [json.exitCode, parse(json.stdout)],
      [1, { identical: 1, diverged: [diverged[1]], impossible: [], warned: 0 }],
    );
  });
});

describe('main: settings', () => {
  it('takes the home from --home, GLOVEBOX_HOME, or the working directory, in this order', async () => {
    const env = { GLOVEBOX_HOME: '/from/env' };
    assert.deepEqual((await run(['tools', '--home', '/from/flag'], { env })).app.homes, ['/from/flag']);
    assert.deepEqual((await run(['--home', 'here', 'tools'])).app.homes, [join(folder, 'here')]);
    assert.deepEqual((await run(['tools'], { env })).app.homes, ['/from/env']);
    assert.deepEqual((await run(['tools'])).app.homes, [join(folder, '.glovebox')]);
  });

  it('names a malformed setting', async () => {
    const { exitCode, stderr } = await run(['tools', '--json'], { env: { GLOVEBOX_PORT: 'http' } });
    assert.equal(exitCode, 1);
    const { code, data } = parse(stderr)['error'] as Record<string, unknown>;
    assert.equal(code, 'CONFIG_INVALID');
    assert.deepEqual(data, { variable: 'GLOVEBOX_PORT' });
  });

  it('colours a terminal, unless NO_COLOR says no', async () => {
    const escape = '\u001B[';
    assert.ok((await run(['tools'], { isTTY: true })).stdout.includes(escape));
    assert.ok(!(await run(['tools'], { isTTY: true, env: { NO_COLOR: '1' } })).stdout.includes(escape));
    assert.ok(!(await run(['tools'])).stdout.includes(escape));
  });
});
