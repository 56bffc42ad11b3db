// The command on a real home: the story the README tells, each step a process of its own.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runBin, type Ended } from '../fixtures/cli/run-bin.ts';

const CONTEXT = '{"customer":{"industry":"SaaS","size":"500-1000","pain_points":["high churn","low engagement"]}}';

const cwd = mkdtempSync(join(tmpdir(), 'commands-'));
after(() => rmSync(cwd, { recursive: true, force: true }));

type Document = Readonly<Record<string, unknown>>;

async function answer(...argv: readonly string[]): Promise<Document> {
  const { exitCode, stdout, stderr } = await runBin([...argv, '--json'], { cwd });
  assert.deepEqual([exitCode, stderr], [0, '']);
  return JSON.parse(stdout) as Document;
}

async function refusal(...argv: readonly string[]): Promise<Document> {
  const { exitCode, stdout, stderr }: Ended = await runBin([...argv, '--json'], { cwd });
  assert.deepEqual([exitCode, stdout], [1, '']);
  return (JSON.parse(stderr) as { readonly error: Document }).error;
}

function generate(context: string): Promise<Document> {
  return answer('generate', 'roi-calculator', '--context', context, '--name', 'roi_acme');
}

describe('the command, on one home', () => {
  let first: Document;
  before(async () => {
    first = await generate(CONTEXT);
  });

  // Proves making.same-inputs-same-digest.
  it('makes the same tool of the same inputs, and says that nothing changed', async () => {
    const again = await generate(CONTEXT);
    assert.deepEqual([first['version'], first['unchanged']], [1, false]);
    assert.deepEqual([again['version'], again['unchanged'], again['digest']], [1, true, first['digest']]);
  });

  // Proves calling.billed.
  it('calls it, with a bill, and keeps the run', async () => {
    const input = '{"investment":50000,"annualBenefit":30000}';
    const { runId, output, bill } = await answer('call', 'roi_acme', '--input', input);
    assert.equal((output as Document)['npv'], '24605.56');
    assert.ok(Number((bill as Document)['cpuMs']) > 0);
    const record = await answer('show', String(runId));
    assert.equal(record['verdict'], 'ok');
    assert.deepEqual(JSON.parse(String(record['input'])), JSON.parse(input));
    const { runs } = await answer('runs', '--tool', 'roi_acme', '--limit', '1');
    assert.equal((runs as Document[])[0]?.['runId'], runId);
  });

  it('does again what it did, and says what it cannot', async () => {
    const { runId } = await answer('call', 'roi_acme', '--input', '{"investment":1000,"annualBenefit":900}');
    const replayed = await answer('replay', String(runId));
    assert.deepEqual([replayed['runId'], replayed['verdict']], [runId, 'identical']);
    const { identical, diverged, impossible } = await answer('replay', '--all', '--since', '1h', '--tool', 'roi_acme');
    assert.ok(Number(identical) >= 1);
    assert.deepEqual([diverged, impossible], [[], []]);
    assert.equal((await refusal('replay', 'run_none'))['code'], 'RUN_NOT_FOUND');
  });

  it('exits 1 with the code when the input does not fit, and nothing on stdout', async () => {
    const error = await refusal('call', 'roi_acme', '--input', '{"investment":"much"}');
    assert.deepEqual([error['code'], error['fault']], ['INPUT_INVALID', 'caller']);
  });

  // Proves making.next-version.
  it('makes the next version of other inputs, and rolls back', async () => {
    const next = await generate('{"customer":{"industry":"healthcare"}}');
    assert.equal(next['version'], 2);
    assert.equal((await answer('rollback', 'roi_acme'))['version'], 1);
    const { tools } = await answer('tools', '--versions');
    const [{ versions }] = tools as [{ readonly versions: readonly Document[] }];
    assert.deepEqual(
      versions.map(({ version, live }) => [version, live]),
      [
        [2, false],
        [1, true],
      ],
    );
  });

  // Proves making.context-path.
  it('names the path of a context that breaks its schema, and publishes nothing', async () => {
    const error = await refusal('generate', 'roi-calculator', '--context', '{"customer":{}}', '--name', 'roi_broken');
    assert.equal(error['code'], 'CONTEXT_INVALID');
    const { tools } = await answer('tools');
    assert.deepEqual(
      (tools as Document[]).map(({ name }) => name),
      ['roi_acme'],
    );
  });

  // Proves making.from-source.
  it('creates a tool of source files, and removes it', async () => {
    writeFileSync(join(cwd, 'greet.ts'), GREET);
    writeFileSync(join(cwd, 'hello.ts'), 'export const hello = (name: string): string => `Hello ${name}`;\n');
    writeFileSync(join(cwd, 'greet.json'), JSON.stringify(GREET_MANIFEST));
    await answer('create', 'greet.ts', '--manifest', 'greet.json');
    const { output } = await answer('call', 'greet', '--input', '{"name":"Ada"}');
    assert.deepEqual(output, { text: 'Hello Ada' });
    assert.deepEqual(await answer('remove', 'greet'), { tool: 'greet', versions: 1 });
    assert.equal((await refusal('call', 'greet'))['code'], 'TOOL_NOT_FOUND');
  });

  it('finds this machine fit, and says which walls hold', async () => {
    const { healthy, findings, walls } = await answer('doctor');
    assert.equal(healthy, true);
    const held = (walls as Document[]).filter((each) => each['held'] === true).map(({ wall }) => wall);
    assert.ok(held.includes('isolate'));
    if (process.platform === 'linux')
      for (const wall of ['permission', 'rlimits']) assert.ok(held.includes(wall), wall);
    const failed = (findings as Document[]).filter(({ verdict }) => verdict === 'failed');
    assert.deepEqual(failed, []);
  });
});

const GREET = `import { defineTool } from 'glovebox';
import { hello } from './hello.ts';
export default defineTool({ async run(input: { name: string }) { return { text: hello(input.name) }; } });
`;

const GREET_MANIFEST = {
  name: 'greet',
  description: 'Greets somebody by name',
  inputSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
  outputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
  examples: [{ input: { name: 'Ada' }, output: { text: 'Hello Ada' } }],
};
