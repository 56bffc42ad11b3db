import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { LOCAL_PRINCIPAL as principal, parseConfig } from '#host/base';
import { openApp } from '../../../host/app.ts';
import { createTemporaryHome } from '../../fixtures/store/temporary-home.ts';

suite('openApp', () => {
  test('starts no process before it needs one, and leaves none behind', async () => {
    await using home = await createTemporaryHome();
    const app = await openApp({ home: home.path, config: parseConfig({}, home.path) });
    assert.deepEqual([app.sandbox.stats().children, (await app.maker.listTemplates()).length > 0], [[], true]);
    await app.sandbox.warm();
    await app[Symbol.asyncDispose]();
    assert.deepEqual(app.sandbox.stats().children, []);
  });

  test("keeps to the operator's ceiling of lanes from the start", async () => {
    await using home = await createTemporaryHome();
    const config = parseConfig({ GLOVEBOX_MAX_LANES: '1' }, home.path);
    await using app = await openApp({ home: home.path, config });
    await app.sandbox.warm();
    assert.equal(app.sandbox.stats().lanes, 1);
  });

  // Proves calling.profile.
  test('runs the tools of those tenants compiled that the operator names, and of nobody else', async () => {
    await using home = await createTemporaryHome();
    const manifest = { name: 'one', description: 'Gives one.', inputSchema: { type: 'object' } };
    const source = `import { defineTool } from 'glovebox';
export default defineTool({ async run() { return { one: 1 }; } });`;
    const profiles = [];
    for (const names of ['', 'other', 'local']) {
      const config = parseConfig({ GLOVEBOX_FAST_TENANTS: names }, home.path);
      await using app = await openApp({ home: home.path, config });
      await app.maker.create({ principal, manifest, source });
      profiles.push((await app.caller.call({ principal, tool: 'one', input: {} })).profile);
    }
    assert.deepEqual(profiles, ['strict', 'strict', 'fast']);
  });
});
