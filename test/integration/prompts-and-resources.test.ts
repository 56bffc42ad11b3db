// Prompts and resources of a mounted folder, through the real jail: rendered, read, completed, and asking like tools.

import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { LOCAL_PRINCIPAL as principal } from '#host/base';
import type { Conversation, PromptResult, ResourceResult, RunFacts } from '#host/calling';
import { ABLE, accept, asked, openStage, UNABLE, type Stage } from '../fixtures/calling/stage.ts';

const ASK = `await host.ask({ key: 'who', message: 'Who?', schema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } })`;
const GRANTS = { 'client.ask': true };
const ADA = { who: accept({ name: 'Ada' }) };

/** File → contents of the folder. */
const FOLDER: Readonly<Record<string, string>> = {
  'prompts/greet.json': manifest({ arguments: [{ name: 'style', required: true }, { name: 'tone' }], grants: GRANTS }),
  'prompts/greet.ts': `import { definePrompt } from 'glovebox';
    export default definePrompt({
      async run({ style, tone }, host) {
        if (tone === 'throw') throw new Error('bad tone');
        const who = tone === 'ask' ? (${ASK}).content.name : 'you';
        return { description: 'A greeting', messages: [
          { role: 'user', content: { type: 'text', text: style + ' ' + who } },
          { role: 'assistant', content: { type: 'image', data: 'AAAA', mimeType: 'image/png' } },
        ] };
      },
      complete: { style: (value, others) => ['warm', 'cold', others.tone ?? 'none'].filter((each) => each.startsWith(value)) },
    });`,
  'resources/notes.json': manifest({ uri: 'notes://all/{topic}', mimeType: 'text/markdown', grants: GRANTS }),
  'resources/notes.ts': `import { defineResource } from 'glovebox';
    export default defineResource({
      async read({ uri, variables }, host) {
        if (variables.topic === 'loop') for (;;);
        if (variables.topic === 'bytes') return { contents: [{ uri, mimeType: 'image/png', blob: 'AAAA' }] };
        return variables.topic === 'ask' ? (${ASK}).content.name : 'about ' + variables.topic;
      },
      complete: { topic: () => Array.from({ length: 100 }, (_, index) => 't' + index) },
    });`,
};

let stage: Stage;
let folder: string;
let mounted: Disposable;

before(async () => {
  stage = await openStage();
  folder = join(stage.home, 'mounted');
  for (const [path, content] of Object.entries(FOLDER)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    const name = path.replace(/^.*\/|\..*$/g, '');
    await writeFile(join(folder, path), content.replace('NAME', name));
  }
  mounted = stage.registry.mount(principal, await stage.maker.mount({ principal, folder }));
});
after(() => stage[Symbol.asyncDispose]());

function manifest(more: object): string {
  return JSON.stringify({ name: 'NAME', description: 'For a test', limits: { wallMs: 1000, cpuMs: 200 }, ...more });
}

function get(args: Readonly<Record<string, string>>, more: Partial<Conversation> = {}) {
  return stage.caller.getPrompt({ principal, prompt: 'greet', args, client: ABLE, ...more });
}

function read(topic: string, more: Partial<Conversation> = {}) {
  return stage.caller.readResource({ principal, uri: `notes://all/${topic}`, client: ABLE, ...more });
}

function promptOf(end: Awaited<ReturnType<typeof get>>): PromptResult {
  assert.ok(end.kind === 'result');
  return end.result;
}

/** What a result says of its run. */
function pick({ runId, version, digest, bill }: Omit<RunFacts, 'profile'>): Omit<RunFacts, 'profile'> {
  return { runId, version, digest, bill };
}

function textOf(end: Awaited<ReturnType<typeof read>>): ResourceResult['contents'] {
  assert.ok(end.kind === 'result');
  return end.result.contents;
}

// Proves calling.prompts.
describe('a prompt', () => {
  it('renders to messages, and is in the ledger', async () => {
    const image = { type: 'image', data: 'AAAA', mimeType: 'image/png' };
    const { runId, version, digest, profile, bill, ...prompt } = promptOf(await get({ style: 'warm' }));
    assert.deepEqual(prompt, {
      description: 'A greeting',
      messages: [
        { role: 'user', content: { type: 'text', text: 'warm you' } },
        { role: 'assistant', content: image },
      ],
    });
    const record = (await stage.runs('prompt:greet')).at(-1);
    assert.equal(record?.verdict, 'ok');
    assert.equal(profile, 'strict');
    assert.deepEqual({ runId, version, digest, bill }, pick(record));
  });

  it('asks its client, and goes on', async () => {
    const { requests, state } = asked(await get({ style: 'cold', tone: 'ask' }));
    assert.equal(requests['who']?.params['message'], '[greet] Who?');
    const args = { style: 'cold', tone: 'ask' };
    await assert.rejects(get({ style: 'warm', tone: 'ask' }, { state, answers: ADA }), {
      code: 'REQUEST_STATE_INVALID',
    });
    const { messages } = promptOf(await get(args, { state, answers: ADA }));
    assert.deepEqual(messages[0]?.content, { type: 'text', text: 'cold Ada' });
    await assert.rejects(get(args, { state, answers: ADA }), { code: 'REQUEST_STATE_EXPIRED' });
  });

  it('throws the failure of its run, with the run', async () => {
    const failures = [
      [() => get({}), 'INPUT_INVALID'],
      [() => get({ style: 'a', colour: 'b' }), 'INPUT_INVALID'],
      [() => get({ style: 'a', tone: 'throw' }), 'TOOL_THREW'],
      [() => get({ style: 'a', tone: 'ask' }, { client: UNABLE }), 'CLIENT_UNSUPPORTED'],
    ] as const;
    for (const [attempt, code] of failures) {
      await assert.rejects(attempt(), (error: { code: string; data: { runId: string } }) => {
        assert.equal(error.code, code);
        return error.data.runId.startsWith('run_');
      });
    }
    await assert.rejects(stage.caller.getPrompt({ principal, prompt: 'none', args: {}, client: ABLE }), {
      code: 'PROMPT_NOT_FOUND',
    });
  });
});

// Proves calling.resources.
describe('a resource', () => {
  it('is read to contents of its own type', async () => {
    assert.deepEqual(textOf(await read('tea')), [
      { uri: 'notes://all/tea', mimeType: 'text/markdown', text: 'about tea' },
    ]);
    assert.deepEqual(textOf(await read('bytes')), [{ uri: 'notes://all/bytes', mimeType: 'image/png', blob: 'AAAA' }]);
  });

  it('asks its client, and goes on, for that very URI', async () => {
    const { state } = asked(await read('ask'));
    await assert.rejects(read('tea', { state, answers: ADA }), { code: 'REQUEST_STATE_INVALID' });
    assert.equal(textOf(await read('ask', { state, answers: ADA }))[0]?.text, 'Ada');
  });

  it('throws the failure of its run, and convicts it where it is to blame', async () => {
    await assert.rejects(read('loop'), { code: 'LIMIT_CPU' });
    assert.equal((await stage.runs('resource:notes')).at(-1)?.failure?.code, 'LIMIT_CPU');
    await assert.rejects(stage.caller.readResource({ principal, uri: 'notes://none', client: ABLE }), {
      code: 'RESOURCE_NOT_FOUND',
    });
  });
});

describe('a completion', () => {
  const complete = (
    subject: { readonly prompt: string } | { readonly uriTemplate: string },
    value: string,
    others = {},
  ) => stage.caller.complete({ principal, subject, argument: 'prompt' in subject ? 'style' : 'topic', value, others });

  it('comes from the author, who sees the other arguments', async () => {
    assert.deepEqual((await complete({ prompt: 'greet' }, 'w')).values, ['warm']);
    assert.deepEqual((await complete({ prompt: 'greet' }, '', { tone: 'odd' })).values, ['warm', 'cold', 'odd']);
    assert.equal((await complete({ uriTemplate: 'notes://all/{topic}' }, '')).values.length, 100);
  });

  it('is empty where the author offers none', async () => {
    const call = { principal, subject: { prompt: 'greet' }, argument: 'tone', value: '', others: {} };
    assert.deepEqual((await stage.caller.complete(call)).values, []);
  });

  it('is refused for what is not there', async () => {
    await assert.rejects(complete({ prompt: 'none' }, ''), { code: 'PROMPT_NOT_FOUND' });
    await assert.rejects(complete({ uriTemplate: 'notes://all/tea' }, ''), { code: 'RESOURCE_NOT_FOUND' });
  });
});

describe('a conversation with a mounted folder', () => {
  it('is not continued by what another folder serves under its name', async () => {
    const { state } = asked(await get({ style: 'cold', tone: 'ask' }));
    mounted[Symbol.dispose]();
    await writeFile(
      join(folder, 'prompts/greet.ts'),
      "import { definePrompt } from 'glovebox';\nexport default definePrompt({ run: () => 'other' });",
    );
    mounted = stage.registry.mount(principal, await stage.maker.mount({ principal, folder }));
    const args = { style: 'cold', tone: 'ask' };
    await assert.rejects(get(args, { state, answers: ADA }), { code: 'VERSION_NOT_FOUND' });
    assert.deepEqual(promptOf(await get(args)).messages[0]?.content, { type: 'text', text: 'other' });
  });
});
