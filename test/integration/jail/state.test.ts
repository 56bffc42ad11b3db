// Nothing of a run is there for the next one, though both have the same isolate, compiled code and validators.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { createSandbox, type ToolArtifact } from '#sandbox';
import { outputOf, run, toolOf } from '../../fixtures/jail/tools.ts';

interface Channel {
  /** What the first run does to be seen. */
  readonly leave: string;
  /** What the next one looks at; an expression. */
  readonly look: string;
  /** What stands before the tool, in its script. */
  readonly module?: string;
}

/** Whatever outlives a context, or might. */
const CHANNELS: Readonly<Record<string, Channel>> = {
  'the global object': { leave: 'globalThis.left = 1;', look: 'globalThis.left ?? null' },
  'variables of its own module': { module: 'var left = 0;', leave: 'left += 1;', look: 'left' },
  'functions of its own module': {
    module: 'function keep() {}',
    leave: 'keep.left = 1;',
    look: 'keep.left ?? null',
  },
  'replaced globals': {
    leave: 'globalThis.parseInt = () => 7; globalThis.console = null; delete globalThis.Intl;',
    look: `[parseInt('1'), typeof console.log, typeof Intl]`,
  },
  'prototypes, as far as they can be changed': {
    leave:
      'for (const p of [Object.prototype, Array.prototype, Error.prototype, Function.prototype]) try { p.left = 1; } catch {} try { Error.prototype.name = "left"; } catch {}',
    look: '[{}.left ?? null, [].left ?? null, new Error().left ?? null, new Error().name]',
  },
  'functions of the engine': { leave: 'Array.prototype.map.left = 1;', look: 'Array.prototype.map.left ?? null' },
  'what the last pattern matched': {
    leave: `/(sec)(ret)/.exec('a secret');`,
    look: `[RegExp.lastMatch, RegExp.$1, RegExp.$2, RegExp.input, RegExp.leftContext, RegExp.rightContext, RegExp.lastParen]`,
  },
  'where a pattern of the script went on': {
    module: 'const pattern = /a/g;',
    leave: `pattern.test('aaa');`,
    look: 'pattern.lastIndex',
  },
  'how long stacks are': { leave: 'Error.stackTraceLimit = 1;', look: 'Error.stackTraceLimit' },
  'how stacks are written': {
    leave: `try { Error.prepareStackTrace = () => 'left'; } catch {} try { Object.defineProperty(Error, 'prepareStackTrace', { value: () => 'left' }); } catch {}`,
    look: `typeof new Error('x').stack === 'string' && !new Error('x').stack.includes('left')`,
  },
  'the strings of a tagged template': {
    module:
      'const seen = new Map(); const tag = (strings) => { const n = (seen.get(strings) ?? 0) + 1; seen.set(strings, n); return n; }; const mark = () => tag`x`;',
    leave: 'mark(); mark();',
    look: 'mark()',
  },
  'the sequence of random numbers': { leave: 'for (let i = 0; i < 5; i += 1) Math.random();', look: 'Math.random()' },
  'the clock': { leave: 'await host.sleep(20);', look: '[Date.now(), String(Temporal.Now.instant())]' },
  'Intl and Temporal, built on first use': {
    leave:
      'try { Intl.DateTimeFormat.prototype.format = 1; } catch {} globalThis.Temporal = { Now: null }; Intl.left = 1;',
    look: '[new Intl.DateTimeFormat().format(), typeof Temporal.Now.instant, Intl.left ?? null]',
  },
  'content, logs and progress': {
    leave: `host.content.text('left'); host.log('left'); host.progress(0.9, 'left');`,
    look: '1',
  },
  'host calls that were not answered': { leave: `host.sleep(10_000).catch(() => {});`, look: 'await host.sleep(0)' },
  'symbols of the registry': {
    leave: `globalThis[Symbol.for('left')] = 1; Object.defineProperty(Symbol.for('left').constructor, 'left', { value: 1 });`,
    look: `[globalThis[Symbol.for('left')] ?? null, Symbol.for('left').description, Symbol.left ?? null]`,
  },
  'strings made in different ways': {
    leave: `globalThis.s = 'le' + 'ft'.repeat(1000);`,
    look: `('le' + 'ft'.repeat(1000)).length`,
  },
};

function toolFor(name: string, { module = '', leave, look }: Channel): ToolArtifact {
  const tool = toolOf(
    `state ${name}`,
    `if (input.leave) { try { ${leave} } catch {} return {}; } return { seen: ${look} };`,
  );
  return { ...tool, script: `${module}\n${tool.script}` };
}

// Proves jail.no-state-crosses.
describe('what a run leaves', () => {
  const sandbox = createSandbox({ lanes: 1, maxLanes: 1 });
  after(() => sandbox[Symbol.asyncDispose]());

  for (const [name, channel] of Object.entries(CHANNELS)) {
    it(`in ${name} is not there for the next run`, async () => {
      const tool = toolFor(name, channel);
      const before = await run(sandbox, tool);
      for (let i = 0; i < 3; i += 1) {
        outputOf(await run(sandbox, tool, { input: { leave: true } }));
        const next = await run(sandbox, tool);
        assert.deepEqual(outputOf(next), outputOf(before));
        assert.deepEqual([next.ok && next.content, next.logs], [[], []]);
        assert.equal(next.bill.hostCalls, before.bill.hostCalls);
      }
    });
  }

  it('in a validator is not there for the next input: not what was wrong, nor where a pattern went on', async () => {
    // As the workshop generates them: functions that keep their errors on themselves.
    const validators = `((runtime) => { const validate = (value) => { validate.errors = null;
      if (typeof value.a === 'string') return true;
      validate.errors = [{ instancePath: '/a', message: 'must be string', keyword: 'type', params: {}, schemaPath: '' }]; return false; };
      return { input: runtime.check(validate), output: () => '' }; })`;
    const tool = { ...toolOf('validated', 'return { a: input.a };'), validators };
    for (const secret of [1, 2]) {
      const refused = await run(sandbox, tool, { input: { a: secret } });
      assert.equal(!refused.ok && refused.failure.code, 'INPUT_INVALID');
      assert.deepEqual(outputOf(await run(sandbox, tool, { input: { a: 'x' } })), { a: 'x' });
    }
  });
});
