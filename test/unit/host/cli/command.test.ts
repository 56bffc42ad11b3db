import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { runAction, type Action, type OpenApp } from '../../../../host/cli/command.ts';
import { createRecordingApp } from '../../../fixtures/cli/recording-app.ts';
import { createSurroundings } from '../../../fixtures/cli/surroundings.ts';

const env = { DATABASE_URL: 'postgres://me:sekret@db.example/tools', GLOVEBOX_HOME: '/from-env' };

/** Where an action that opens the app finds its store. */
async function storeOf(action: Action, options: { readonly home?: string } = {}): Promise<string> {
  let store = '';
  const open: OpenApp = (given) => {
    store = given.config.database?.shown ?? given.home;
    return createRecordingApp().open(given);
  };
  await runAction(action, options, createSurroundings({ env }), open);
  return store;
}

describe('runAction', () => {
  const opens: Action = async ({ openApp }) => {
    await using _app = await openApp();
    return 0;
  };

  it('opens the database the environment names', async () => {
    assert.equal(await storeOf(opens), 'db.example/tools');
  });

  it('opens a home instead that the command line names', async () => {
    assert.equal(await storeOf(opens, { home: '/from-option' }), '/from-option');
  });

  it('opens a home instead that the command itself made', async () => {
    const demo: Action = async ({ openApp }) => {
      await using _app = await openApp({ home: '/temporary' });
      return 0;
    };
    assert.equal(await storeOf(demo), '/temporary');
  });
});
