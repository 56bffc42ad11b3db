import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Task } from '#host/calling';
import { createdTask, detailedTask } from '../../../../../host/doors/mcp/tasks.ts';

const FIELDS = { taskId: 't', createdAt: 0, updatedAt: 1000, ttlMs: 60_000, pollIntervalMs: 500 };
const SAID = {
  taskId: 't',
  createdAt: '1970-01-01T00:00:00.000Z',
  lastUpdatedAt: '1970-01-01T00:00:01.000Z',
  ttlMs: 60_000,
  pollIntervalMs: 500,
};
const FAILURE = { code: 'RUN_INTERRUPTED', kind: 'unavailable', fault: 'host', message: 'gone' } as const;

describe('createdTask', () => {
  it('is flat, and says nothing of how the task ended', () => {
    const task: Task = { ...FIELDS, state: 'failed', failure: FAILURE };
    assert.deepEqual(createdTask(task), { resultType: 'task', ...SAID, status: 'failed' });
  });
});

describe('detailedTask', () => {
  for (const state of ['working', 'cancelled'] as const) {
    it(`has no more than the task when it is ${state}`, () => {
      assert.deepEqual(detailedTask({ ...FIELDS, state }), { ...SAID, status: state });
    });
  }

  it('has the questions of one that waits', () => {
    const requests = { who: { method: 'roots/list', params: {} } } as const;
    const task: Task = { ...FIELDS, state: 'input_required', requests };
    assert.deepEqual(detailedTask(task), { ...SAID, status: 'input_required', inputRequests: requests });
  });

  it('has the error of one that failed', () => {
    const { error } = detailedTask({ ...FIELDS, state: 'failed', failure: FAILURE });
    assert.deepEqual(error, {
      code: -32_000,
      message: 'gone',
      data: { code: 'RUN_INTERRUPTED', kind: 'unavailable', fault: 'host' },
    });
  });
});
