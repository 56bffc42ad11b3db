// `--json`: every command answers with one JSON document on standard output, or fails with one on standard error.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createWorkplace, TOOLS, type CalledDocument } from '../fixtures/e2e/workplace.ts';

/** These answer over MCP, or have a test of their own that reads their document. */
const ELSEWHERE = ['attest', 'demo', 'serve', 'stdio'];

const SET = {
  context: { customer: { industry: 'SaaS' } },
  tools: ['one', 'two'].map((name) => ({ template: 'roi-calculator', name })),
};

/** In an order in which each can succeed; `run_` stands for the run of the call. */
const SUCCEEDING: readonly (readonly string[])[] = [
  ['migrate', '--dry-run'],
  ['migrate'],
  ['doctor'],
  ['surface'],
  ['templates'],
  ['templates', 'show', 'roi-calculator'],
  ['generate', 'roi-calculator', '--context', '{"customer":{"industry":"SaaS"}}', '--name', 'roi'],
  ['generate', 'roi-calculator', '--context', '{"customer":{"industry":"Retail"}}', '--name', 'roi'],
  ['generate-set', JSON.stringify(SET)],
  ['create', join(TOOLS, 'act.ts'), '--manifest', join(TOOLS, 'act.json')],
  ['tools'],
  ['tools', '--versions'],
  ['tools', 'roi'],
  ['call', 'act', '--input', '{"say":"hello"}'],
  ['runs'],
  ['show', 'run_'],
  ['replay', 'run_'],
  ['replay', '--all', '--since', '1h'],
  ['ledger', 'verify'],
  ['ledger', 'checkpoint'],
  ['rollback', 'roi'],
  ['unquarantine', 'act'],
  ['remove', 'act'],
];

const FAILING: readonly { readonly args: readonly string[]; readonly code: string }[] = [
  { args: ['doctor', '--home', 'a-file'], code: 'HOST_UNFIT' },
  { args: ['migrate', '--home', 'a-file'], code: 'STORE_FAILED' },
  { args: ['attest', '--verify', 'a-file'], code: 'ATTEST_INVALID' },
  { args: ['surface', '--diff', 'a-file'], code: 'REQUEST_INVALID' },
  { args: ['templates', 'show', 'absent'], code: 'TEMPLATE_NOT_FOUND' },
  { args: ['generate', 'roi-calculator', '--context', '{"customer":{}}'], code: 'CONTEXT_INVALID' },
  { args: ['generate-set', '{"tools":[]}'], code: 'REQUEST_INVALID' },
  { args: ['create', 'absent.ts', '--manifest', '{}'], code: 'FILE_UNREADABLE' },
  { args: ['tools', '--home', 'a-file'], code: 'STORE_FAILED' },
  { args: ['call', 'absent'], code: 'TOOL_NOT_FOUND' },
  { args: ['call', 'absent', '--input', 'absent.json'], code: 'FILE_UNREADABLE' },
  { args: ['runs', '--home', 'a-file'], code: 'STORE_FAILED' },
  { args: ['show', 'run_absent'], code: 'RUN_NOT_FOUND' },
  { args: ['replay', 'run_absent'], code: 'RUN_NOT_FOUND' },
  { args: ['ledger', 'verify', '--against', '{}'], code: 'CHECKPOINT_INVALID' },
  { args: ['rollback', 'absent'], code: 'TOOL_NOT_FOUND' },
  { args: ['unquarantine', 'absent'], code: 'TOOL_NOT_FOUND' },
  { args: ['remove', 'absent'], code: 'TOOL_NOT_FOUND' },
  { args: ['serve', '--port', '0', '--home', 'a-file'], code: 'STORE_FAILED' },
  { args: ['stdio', '--home', 'a-file'], code: 'STORE_FAILED' },
];

describe('--json', () => {
  const place = createWorkplace();
  before(() => writeFileSync(join(place.cwd, 'a-file'), 'where a folder should be'));
  after(() => place[Symbol.dispose]());

  it('is tested with every command there is', async () => {
    const { stdout } = await place.run(['--help']);
    const [, listing = ''] = stdout.split('Commands:\n');
    const commands = [...listing.split('\n\n')[0]!.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name);
    const tested = new Set(SUCCEEDING.map(([name]) => name));
    assert.deepEqual(new Set(commands.filter((name) => !tested.has(name))), new Set([...ELSEWHERE, 'help']));
  });

  // Proves command.json.
  it('makes every command answer with one document', async () => {
    let runId = '';
    for (const args of SUCCEEDING) {
      const document = await place.answer<Partial<CalledDocument>>(args.map((arg) => (arg === 'run_' ? runId : arg)));
      assert.equal(typeof document, 'object', args.join(' '));
      runId = document.runId ?? runId;
    }
  });

  for (const { args, code } of FAILING) {
    it(`makes "${args.join(' ')}" fail with a document on standard error`, async () => {
      const failure = await place.refusal(args);
      assert.deepEqual([failure.code, typeof failure.kind, typeof failure.fault], [code, 'string', 'string']);
    });
  }
});
