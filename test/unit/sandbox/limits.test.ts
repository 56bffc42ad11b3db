import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { DEFAULT_LIMITS, DEFAULT_TASK_MS, isCodedError, LIMIT_CEILINGS, parseLimits, type Limits } from '#sandbox';
import { LIMIT_FLOORS } from '../../../sandbox/limits.ts';

const MIB = 1024 * 1024;
const NAMES = Object.keys(LIMIT_CEILINGS) as (keyof Limits)[];

/** Code and data of what parsing throws. */
function refusal(value: unknown): { readonly code: string; readonly data: unknown } {
  try {
    parseLimits(value);
  } catch (error) {
    if (isCodedError(error)) return { code: error.code, data: error.data };
    throw error;
  }
  return { code: 'accepted', data: undefined };
}

describe('parseLimits', () => {
  it('returns nothing for nothing', () => {
    assert.deepEqual(parseLimits(undefined), { limits: {} });
    assert.deepEqual(parseLimits({}), { limits: {} });
  });

  it('takes every limit by its own name', () => {
    assert.deepEqual(parseLimits({ ...DEFAULT_LIMITS }), { limits: DEFAULT_LIMITS });
  });

  // Proves making.limits.
  it('takes the ceiling and the floor of every limit, and refuses what lies beyond', () => {
    assert.deepEqual(parseLimits({ ...LIMIT_CEILINGS }), { limits: LIMIT_CEILINGS });
    assert.deepEqual(parseLimits({ ...LIMIT_FLOORS }), { limits: LIMIT_FLOORS });
    for (const limit of NAMES) {
      const [ceiling, floor] = [LIMIT_CEILINGS[limit], LIMIT_FLOORS[limit]];
      const above = { code: 'LIMITS_ABOVE_CEILING', data: { limit, value: ceiling + 1, ceiling } };
      assert.deepEqual(refusal({ [limit]: ceiling + 1 }), above);
      assert.deepEqual(refusal({ [limit]: floor - 1 }), {
        code: 'LIMITS_INVALID',
        data: { limit, value: floor - 1, floor },
      });
    }
  });

  it('has defaults between floors and ceilings', () => {
    const defaults: Required<Limits> = { ...DEFAULT_LIMITS, taskMs: DEFAULT_TASK_MS };
    for (const limit of NAMES) {
      assert.ok(LIMIT_FLOORS[limit] <= defaults[limit] && defaults[limit] <= LIMIT_CEILINGS[limit], limit);
    }
  });

  it('gives the time of a task to those alone that ask for it', () => {
    assert.deepEqual(parseLimits({ taskMs: 600_000, wallMs: 1000 }), { limits: { taskMs: 600_000, wallMs: 1000 } });
    assert.equal(Object.hasOwn(DEFAULT_LIMITS, 'taskMs'), false);
  });

  // Proves making.limit-aliases.
  it('resolves the aliases', () => {
    assert.deepEqual(parseLimits({ timeout: 1.5 }), { limits: { wallMs: 1500 } });
    assert.deepEqual(parseLimits({ max_memory: '64MB' }), { limits: { heapBytes: 64 * MIB } });
    assert.deepEqual(parseLimits({ max_memory: '8192 kb' }), { limits: { heapBytes: 8 * MIB } });
    assert.deepEqual(parseLimits({ network_access: 'restricted' }), { limits: {}, network: 'restricted' });
    assert.deepEqual(parseLimits({ network_access: 'none' }), { limits: {}, network: 'none' });
  });

  it('takes a share of a core as a share of the wall time, wherever that stands', () => {
    assert.deepEqual(parseLimits({ max_cpu: '0.5 core' }), { limits: { cpuMs: DEFAULT_LIMITS.wallMs / 2 } });
    assert.deepEqual(parseLimits({ max_cpu: '1 core', timeout: 2 }), { limits: { wallMs: 2000, cpuMs: 2000 } });
    assert.deepEqual(parseLimits({ wallMs: 2000, max_cpu: '0.25 cores' }), { limits: { wallMs: 2000, cpuMs: 500 } });
  });

  it('holds aliases to ceilings and floors', () => {
    assert.deepEqual(refusal({ timeout: 31 }), {
      code: 'LIMITS_ABOVE_CEILING',
      data: { limit: 'wallMs', value: 31_000, ceiling: 30_000 },
    });
    assert.equal(refusal({ max_memory: '1GB' }).code, 'LIMITS_ABOVE_CEILING');
    assert.equal(refusal({ max_memory: '1KB' }).code, 'LIMITS_INVALID');
    assert.equal(refusal({ timeout: 0.001 }).code, 'LIMITS_INVALID');
  });

  it('refuses a limit given twice, by name and alias', () => {
    assert.equal(refusal({ wallMs: 1000, timeout: 1 }).code, 'LIMITS_INVALID');
    assert.equal(refusal({ max_memory: '64MB', heapBytes: 64 * MIB }).code, 'LIMITS_INVALID');
    assert.equal(refusal({ cpuMs: 100, max_cpu: '1 core' }).code, 'LIMITS_INVALID');
  });

  it('refuses full network access as policy, and unknown words as invalid', () => {
    assert.equal(refusal({ network_access: 'full' }).code, 'POLICY_DENIED');
    assert.equal(refusal({ network_access: 'some' }).code, 'LIMITS_INVALID');
  });

  it('refuses keys it does not know, inherited names included', () => {
    for (const key of ['cpu', 'WallMs', 'constructor', '__proto__']) {
      assert.equal(refusal(JSON.parse(`{"${key}": 1000}`)).code, 'LIMITS_INVALID', key);
    }
  });

  it('refuses what is no limit', () => {
    for (const value of [null, 5, 'fast', [], true]) assert.equal(refusal(value).code, 'LIMITS_INVALID');
    for (const amount of [null, '1000', 1.5, Number.NaN, Infinity, 2 ** 53, [1000], {}]) {
      assert.equal(refusal({ wallMs: amount }).code, 'LIMITS_INVALID');
    }
    for (const timeout of [0, -1, '5', Infinity, null]) assert.equal(refusal({ timeout }).code, 'LIMITS_INVALID');
    for (const memory of [64, '64', '64 TB', '-1MB', '0x10MB', '1234567MB', '64MB ']) {
      assert.equal(refusal({ max_memory: memory }).code, 'LIMITS_INVALID', String(memory));
    }
    for (const share of ['2 cores', '0 core', '1', 1, '-1 core', '1.5 core', 'all cores', '.5 core']) {
      assert.equal(refusal({ max_cpu: share }).code, 'LIMITS_INVALID', String(share));
    }
  });
});
