// Reads the bundle: no module of the prelude may lean on what a guest can rebind or change.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { evaluate, preludeScript, runTool } from './guest.ts';

const withoutComments = preludeScript.replace(/^\s*\/\/.*$/gm, '');
const [, primordials = '', modules = ''] = /var \{([^}]*)\} = globalThis;([\s\S]*)$/.exec(withoutComments) ?? [];
const code = modules.replace(/'[^'\n]*'|"[^"\n]*"|`[^`]*`/g, '""');

describe('the bundled prelude', () => {
  it('names no global but those of primordials.ts', () => {
    // esbuild imports `Error` as `Error2` where the plain name is a global of someone's: then nobody may use the plain name.
    const names = new Map(
      [...primordials.matchAll(/(\w+)(?:: (\w+))?,?/g)].map(([, name, local]) => [name, local ?? name]),
    );
    assert.equal(names.get('JSON'), 'JSON');
    const globals = Object.getOwnPropertyNames(globalThis).filter((name) => names.get(name) !== name);
    const allowed = new Set([
      'globalThis',
      'undefined',
      'NaN',
      'Infinity',
      'eval',
      'console',
      'atob',
      'btoa',
      'queueMicrotask',
      'structuredClone',
      'TextEncoder',
      'TextDecoder',
    ]);
    const used = globals.filter(
      (name) => !allowed.has(name) && new RegExp(`(?<![.\\w$]|get )${name}(?![\\w$]|:)`).test(code),
    );
    assert.deepEqual(used, []);
  });

  it('calls no method through call, apply or bind of another function', () => {
    // Functions are not frozen: a guest may give `Map.prototype.get` a `call` of its own.
    const uses = [...code.matchAll(/(\w+)\??\.(call|apply|bind)\(/g)].map(([use]) => use.slice(0, -1));
    assert.deepEqual(new Set(uses), new Set(['Reflect2.apply', 'calls2.call']));
  });

  it('works on after a guest has replaced every global', async () => {
    const run = await runTool(
      `export default { async run(input, host) {
        const { log } = console; const encode = (text) => new TextEncoder().encode(text); encode('x');
        for (const key of Reflect.ownKeys(globalThis)) { try { globalThis[key] = () => { throw 'replaced'; }; } catch {} }
        log('a', { b: [1] });
        host.log('warn', 'w'); host.progress(0.5); host.content.text('t'); host.content.image({ data: encode('x'), mimeType: 'image/png' });
        await host.sleep(1);
        const failed = await host.call('kv.read').catch((e) => e.code);
        return { failed, context: host.context };
      } };`,
      { context: { a: 1 } },
    );
    assert.deepEqual(run.failure, undefined);
    assert.deepEqual(run.output, { failed: 'GRANT_MISSING', context: { a: 1 } });
    assert.equal(run.content.length, 2);
    assert.deepEqual(
      run.logs.map((line) => line.level),
      ['info', 'warn'],
    );
  });

  it('leaves the globals it does not replace to the guest', async () => {
    assert.equal(await evaluate(`(globalThis.parseInt = () => 7, parseInt('1'))`), 7);
  });
});
