import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { checkGrants } from '../../../../host/making/check-grants.ts';

describe('checkGrants', () => {
  it('gives what may be asked of the client, wherever the tool comes from', () => {
    const grants = { 'client.ask': true, 'client.sample': true, 'client.roots': true } as const;
    assert.deepEqual(checkGrants(grants, false), grants);
    assert.deepEqual(checkGrants({}, false), {});
  });

  it('gives authority over siblings only to items of a mounted folder', () => {
    const grants = { 'listing.change': ['a', 'b_2'], 'resource.notify': ['notes://a', 'file:///x'] };
    assert.deepEqual(checkGrants(grants, true), grants);
    for (const [grant, value] of Object.entries(grants)) {
      assert.throws(() => checkGrants({ [grant]: value }, false), { code: 'GRANT_UNSUPPORTED', data: { grant } });
    }
  });

  it('refuses what this host does not offer, and what nobody knows', () => {
    for (const grant of ['net.fetch', 'kv.read', 'kv.write', 'secret', 'tool.call', 'media.image']) {
      assert.throws(() => checkGrants({ [grant]: true }, true), { code: 'GRANT_UNSUPPORTED', data: { grant } });
    }
    for (const text of ['{"host.root":true}', '{"__proto__":true}', '{"toString":true}', '{"client":true}']) {
      assert.throws(() => checkGrants(JSON.parse(text), true), { code: 'MANIFEST_INVALID', data: { path: '/grants' } });
    }
  });

  it('refuses a value of another form, and says at which grant', () => {
    const wrong: readonly [string, unknown][] = [
      ['client.ask', false],
      ['client.ask', 'yes'],
      ['client.roots', {}],
      ['listing.change', true],
      ['listing.change', []],
      ['listing.change', ['No Name']],
      ['listing.change', Array.from({ length: 101 }, (_, at) => `a${at}`)],
      ['resource.notify', ['relative']],
      ['resource.notify', [1]],
      ['resource.notify', [`notes://${'a'.repeat(2048)}`]],
    ];
    for (const [grant, value] of wrong) {
      const data = { path: `/grants/${grant}` };
      assert.throws(() => checkGrants({ [grant]: value }, true), { code: 'MANIFEST_INVALID', data }, grant);
    }
  });
});
