import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { Grants, HostReply, TaskSupport } from '#sandbox';
import { LOCAL_PRINCIPAL } from '#host/base';
import { createCapabilities } from '#host/capabilities';
import { reachOf, type Reaching } from '../../../../host/calling/reach.ts';
import type { Subject } from '../../../../host/calling/subject.ts';
import { createDraft } from '../../../fixtures/store/drafts.ts';

const ABLE = { ask: true, sample: true, roots: true, tasks: true };

function subjectOf(grants: Grants, task?: TaskSupport): Subject {
  const { artifact, manifest } = createDraft('greet', 'x');
  return {
    tenant: LOCAL_PRINCIPAL.tenant,
    subject: 'greet',
    name: 'greet',
    version: 1,
    digest: 'd',
    grants,
    limits: manifest.limits,
    artifact,
    ...(task === undefined ? {} : { task }),
    getSourceMap: async () => '{}',
  };
}

function reach(subject: Subject, more: Partial<Reaching> = {}): ReturnType<typeof reachOf> {
  const capabilities = createCapabilities({ setShown: () => true, announceUpdate: () => undefined });
  return reachOf({ subject, seen: ABLE, client: ABLE, ...more }, capabilities);
}

/** Asks for the roots under a key, with the host calls of one execution. */
function asking({ hostCall }: ReturnType<typeof reachOf>): (key: string, call: number) => Promise<HostReply> {
  return async (key, call) => {
    assert.ok(hostCall !== undefined);
    const args = JSON.stringify({ key });
    return hostCall({ runId: 'r', call, capability: 'client.roots', args }, new AbortController().signal);
  };
}

const ROOTS = subjectOf({ 'client.roots': true });

suite('reachOf', () => {
  test('costs a run nothing that reaches for nothing', () => {
    const { grants, hostCall } = reach(subjectOf({}));
    assert.deepEqual([grants, hostCall], [[], undefined]);
  });

  test('suspends a question, and answers one whose answer came along', async () => {
    const ask = asking(reach(ROOTS, { answers: { a: { roots: [] }, b: 5 } }));
    assert.equal(await ask('c', 1), 'suspend');
    assert.deepEqual(await ask('a', 2), { value: '[]', sideEffect: false });
    assert.equal(await ask('b', 3), 'suspend');
  });

  test('uses an answer once, but again for the same call of a run that started over', async () => {
    const ask = asking(reach(ROOTS, { answers: { a: { roots: [] } } }));
    assert.notEqual(await ask('a', 1), 'suspend');
    assert.notEqual(await ask('a', 1), 'suspend');
    assert.equal(await ask('a', 2), 'suspend');
  });

  test('takes no two open questions of one key, but the same call twice', async () => {
    const ask = asking(reach(ROOTS));
    assert.equal(await ask('a', 1), 'suspend');
    assert.equal(await ask('a', 1), 'suspend');
    await assert.rejects(ask('a', 2), { code: 'ASK_INVALID' });
  });

  test('keeps at most 32 questions open', async () => {
    const ask = asking(reach(ROOTS));
    for (let call = 1; call <= 32; call += 1) assert.equal(await ask(`k${call}`, call), 'suspend');
    await assert.rejects(ask('k33', 33), { code: 'ASK_INVALID' });
    assert.equal(await ask('k32', 32), 'suspend');
  });

  test('lets a run go on in the background where tool and client both can', async () => {
    const later = subjectOf({}, { support: 'optional', from: 'background' });
    const wish = async (more?: Partial<Reaching>): Promise<HostReply | undefined> =>
      reach(later, more).hostCall?.(
        { runId: 'r', call: 1, capability: 'task.background', args: '{}' },
        new AbortController().signal,
      );
    const granted = { value: 'null', sideEffect: false };
    assert.deepEqual(reach(later).grants, ['task.background']);
    assert.equal(await wish(), 'suspend');
    assert.deepEqual(await wish({ inTask: true }), granted);
    // It began with a client that holds tasks, and goes on with one that does not.
    assert.deepEqual(await wish({ client: { ...ABLE, tasks: false } }), granted);
    assert.deepEqual(reach(later, { seen: { ...ABLE, tasks: false } }).grants, []);
    assert.deepEqual(reach(subjectOf({}, { support: 'optional', from: 'start' })).grants, []);
  });
});
