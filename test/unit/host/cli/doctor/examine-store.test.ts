import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { describe, it } from 'node:test';
import { LOCAL_PRINCIPAL as principal, parseConfig } from '#host/base';
import type { CommandApp, CommandContext } from '../../../../../host/cli/command.ts';
import { examineStore } from '../../../../../host/cli/doctor/examine-store.ts';
import { createTemporaryHome } from '../../../../fixtures/store/temporary-home.ts';

describe('examineStore', { skip: process.platform === 'win32' }, () => {
  it('warns of a home that other users may enter', async () => {
    await using home = await createTemporaryHome();
    const app = { registry: { list: () => [] } } as unknown as CommandApp;
    const context = { config: { ...parseConfig({}, home.path), home: home.path }, principal } as CommandContext;
    assert.equal((await examineStore(app, context)).verdict, 'ok');
    for (const mode of [0o711, 0o750, 0o777]) {
      chmodSync(home.path, mode);
      const { verdict, detail } = await examineStore(app, context);
      assert.equal(verdict, 'warning');
      assert.match(detail, new RegExp(mode.toString(8)));
    }
  });
});

describe('examineStore of a database', () => {
  const config = parseConfig({ DATABASE_URL: 'postgres://me:sekret@db.example/tools' }, '/nowhere');
  const context = { config, principal } as CommandContext;
  const answeringIn = (latencyMs: number): CommandApp =>
    ({
      registry: { list: () => [] },
      store: { examine: async () => ({ engine: 'postgresql', version: '15.4', schema: 2, latencyMs }) },
    }) as unknown as CommandApp;

  it('tells its version, schema and latency, and nothing of how to log in', async () => {
    const { verdict, detail } = await examineStore(answeringIn(1.5), context);
    assert.equal(verdict, 'ok');
    assert.equal(detail, 'db.example/tools: postgresql 15.4, schema 2, 0 tools, answers in 1.5 ms');
  });

  it('warns of one that is slow to answer', async () => {
    assert.equal((await examineStore(answeringIn(80), context)).verdict, 'warning');
  });
});
