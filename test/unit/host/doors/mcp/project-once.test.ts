import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { projectOnce } from '../../../../../host/doors/mcp/project-once.ts';

describe('projectOnce', () => {
  it('projects a list once, and another one anew', () => {
    let calls = 0;
    const double = projectOnce((entry: number) => {
      calls += 1;
      return entry * 2;
    });
    const list = [1, 2, 3];
    assert.deepEqual(double(list), [2, 4, 6]);
    assert.equal(double(list), double(list));
    assert.equal(calls, 3);
    assert.deepEqual(double([...list]), [2, 4, 6]);
    assert.equal(calls, 6);
  });

  it('leaves out what projects to nothing', () => {
    const even = projectOnce((entry: number) => (entry % 2 === 0 ? entry : undefined));
    assert.deepEqual(even([1, 2, 3, 4]), [2, 4]);
  });
});
