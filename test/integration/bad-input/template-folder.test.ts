// A template folder that leads out of itself. What a template's texts say is attacked in sandbox/attacks/compile-template.

import assert from 'node:assert/strict';
import { symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { LOCAL_PRINCIPAL as principal } from '#host/base';
import { TEMPLATE_FILES } from '../../../sandbox/attacks/attack-tool.ts';
import { openArena, type Arena } from '../../fixtures/attacks/arena.ts';

// Proves template.own-folder.
describe('a template folder', () => {
  let arena: Arena;
  let folder: string;
  before(async () => {
    arena = await openArena();
    folder = arena.writeTemplate('attack', { ...TEMPLATE_FILES, 'lib/honest.ts': '' });
    arena.writeTemplate('outside', { 'example.json': '{ "title": "x", "context": { "value": 1 }, "calls": [] }' });
  });
  after(() => arena[Symbol.asyncDispose]());

  const LINKS = [
    ['a file outside', '/etc/hostname', 'lib/data.json'],
    ['a folder outside', '../outside', 'examples'],
    ['nothing', './absent', 'lib/absent.ts'],
    ['an endless device', '/dev/zero', 'lib/zero.ts'],
    ['its own folder', '.', 'lib/self.ts'],
  ] as const;

  for (const [what, target, link] of LINKS) {
    it(`is refused with TEMPLATE_INVALID when it links to ${what}`, async () => {
      symlinkSync(target, join(folder, link));
      const generated = arena.app.maker.generate({ principal, template: { folder }, context: { value: 1 } });
      const [refusal] = await Promise.allSettled([generated, arena.callBenign()]);
      unlinkSync(join(folder, link));
      assert.equal(refusal.status === 'rejected' && (refusal.reason as { code?: string }).code, 'TEMPLATE_INVALID');
    });
  }

  it('is taken without the link', async () => {
    const { tool } = await arena.app.maker.generate({ principal, template: { folder }, context: { value: 1 } });
    assert.equal(tool, 'attack');
  });
});
