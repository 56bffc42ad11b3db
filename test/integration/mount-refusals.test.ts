// Folders that cannot be mounted: each is refused whole, with every problem at its file.

import assert from 'node:assert/strict';
import { describe, it, before, after } from 'node:test';

import { isCodedError } from '#sandbox';
import { LOCAL_PRINCIPAL as principal } from '#host/base';
import type { MountProblem } from '#host/making';
import { MOUNTED_FILES } from '../fixtures/making/mounted-files.ts';
import { openMaker, type TestMaker } from '../fixtures/making/open-maker.ts';
import { createFolder } from '../fixtures/making/template-folder.ts';

const TOOL = { description: 'Does little.', inputSchema: { type: 'object' } };
const RUNS = 'export default { run: () => ({}) };';

type Files = Readonly<Record<string, string>>;

/** A tool with these differences from one that is fine. */
function tool(manifest: object, source = RUNS): Files {
  return { 'tools/odd.json': JSON.stringify({ ...TOOL, ...manifest }), 'tools/odd.ts': source };
}

const CASES: readonly { readonly what: string; readonly files: Files; readonly code: string; readonly path: string }[] =
  [
    {
      what: 'a source that does not parse',
      files: tool({}, 'export default {'),
      code: 'COMPILE_FAILED',
      path: 'tools/odd.ts',
    },
    {
      what: 'an import from outside lib',
      files: tool({}, `import '../prompts/explain.ts'; ${RUNS}`),
      code: 'COMPILE_IMPORT_REFUSED',
      path: 'tools/odd.ts',
    },
    {
      what: 'an import of the disk',
      files: tool({}, `import '../../../etc/passwd'; ${RUNS}`),
      code: 'COMPILE_IMPORT_REFUSED',
      path: 'tools/odd.ts',
    },
    {
      what: 'a tool that loops while it loads',
      files: tool({ limits: { cpuMs: 100, wallMs: 500 } }, `for (;;) {} ${RUNS}`),
      code: 'LIMIT_CPU',
      path: 'tools/odd.ts',
    },
    {
      what: 'a name that is not that of its files',
      files: tool({ name: 'even' }),
      code: 'MANIFEST_INVALID',
      path: 'tools/odd.json',
    },
    { what: 'a name twice', files: tool({ name: 'hello' }), code: 'MANIFEST_INVALID', path: 'tools/odd.json' },
    {
      what: "the host's own name",
      files: { 'tools/create_tool.json': JSON.stringify(TOOL), 'tools/create_tool.ts': RUNS },
      code: 'TOOL_NAME_RESERVED',
      path: 'tools/create_tool.json',
    },
    {
      what: 'a grant nobody gives',
      files: tool({ grants: { secret: ['a'] } }),
      code: 'GRANT_UNSUPPORTED',
      path: 'tools/odd.json',
    },
    {
      what: 'a schema of a hostile kind',
      files: tool({ inputSchema: { type: 'object', properties: { a: { type: 'string', pattern: '^(a|a)*$' } } } }),
      code: 'SCHEMA_PATTERN_UNSAFE',
      path: 'tools/odd.json',
    },
    {
      what: 'an example that does not hold',
      files: tool({ examples: [{ input: {}, output: { a: 1 } }] }),
      code: 'EXAMPLE_FAILED',
      path: 'tools/odd.json',
    },
    {
      what: 'an example that asks the client',
      files: tool(
        { grants: { 'client.ask': true }, examples: [{ input: {} }] },
        `export default { async run(input, host) { await host.ask({ message: 'Who?', schema: { type: 'object', properties: {} } }); return {}; } };`,
      ),
      code: 'EXAMPLE_FAILED',
      path: 'tools/odd.json',
    },
    {
      what: 'a grant over what the folder does not hold',
      files: tool({ grants: { 'listing.change': ['elsewhere'] } }),
      code: 'MANIFEST_INVALID',
      path: 'tools/odd.json',
    },
    {
      what: 'a prompt without run',
      files: {
        'prompts/odd.json': '{}',
        'prompts/odd.ts': `import { definePrompt } from 'glovebox'; export default definePrompt({});`,
      },
      code: 'TOOL_THREW',
      path: 'prompts/odd.ts',
    },
    {
      what: 'a resource with a URI of another one',
      files: {
        'resources/odd.json': '{"uri":"notes://about"}',
        'resources/odd.ts': `import { defineResource } from 'glovebox'; export default defineResource({ read: () => '' });`,
      },
      code: 'MANIFEST_INVALID',
      path: 'resources/odd.json',
    },
  ];

describe('Maker.mount refuses', () => {
  let maker: TestMaker;
  before(async () => {
    maker = await openMaker();
  });
  after(() => maker[Symbol.asyncDispose]());

  async function problemsOf(files: Files): Promise<readonly MountProblem[]> {
    await using folder = await createFolder({ ...MOUNTED_FILES, ...files });
    const error: unknown = await maker.app.maker
      .mount({ principal, folder: folder.path })
      .catch((thrown: unknown) => thrown);
    assert.ok(isCodedError(error), 'it was mounted');
    assert.equal(error.code, 'MOUNT_INVALID', error.message);
    assert.doesNotMatch(JSON.stringify([error.message, error.data]), new RegExp(folder.path));
    return error.data?.['items'] as readonly MountProblem[];
  }

  for (const { what, files, code, path } of CASES) {
    it(what, async () => {
      const problems = await problemsOf(files);
      assert.deepEqual(
        problems.map((problem) => [problem.path, problem.code]),
        [[path, code]],
        JSON.stringify(problems),
      );
    });
  }

  // Proves mount.all-problems.
  it('many things at once, and tells them all', async () => {
    const problems = await problemsOf({
      ...tool({}, 'export default {'),
      'tools/alone.ts': RUNS,
      'prompts/bad.json': '{',
      'prompts/bad.ts': RUNS,
      'resources/rel.json': '{"uri":"about"}',
      'resources/rel.ts': RUNS,
    });
    assert.deepEqual(problems.map((problem) => `${problem.path} ${problem.code}`).toSorted(), [
      'prompts/bad.json MOUNT_INVALID',
      'resources/rel.json MANIFEST_INVALID',
      'tools/alone.json MOUNT_INVALID',
      'tools/odd.ts COMPILE_FAILED',
    ]);
  });

  it('a folder that is not there', async () => {
    const nowhere = maker.app.maker.mount({ principal, folder: '/nowhere/at/all' });
    await assert.rejects(nowhere, { code: 'MOUNT_INVALID', data: { folder: 'all' } });
  });

  it('to go on when it is called off', async () => {
    await using folder = await createFolder(MOUNTED_FILES);
    const signal = AbortSignal.abort();
    await assert.rejects(maker.app.maker.mount({ principal, folder: folder.path, signal }), { code: 'RUN_CANCELLED' });
  });
});
