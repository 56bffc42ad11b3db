import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Mount } from '#host/registry';
import type { Grants } from '#sandbox';
import { checkSiblings } from '../../../../../host/making/mount/check-siblings.ts';
import { Problems } from '../../../../../host/making/mount/problems.ts';
import { createMount, type MountNames } from '../../../../fixtures/store/mounts.ts';

/** Paths of the problems of a mount whose first tool has these grants. */
function problemsOf(names: MountNames, grants: Grants = {}): readonly string[] {
  const { tools, ...rest } = createMount(names);
  const mount: Mount = { ...rest, tools: tools.map((tool) => ({ ...tool, manifest: { ...tool.manifest, grants } })) };
  const paths: string[] = [];
  const problems = new Problems();
  problems.add = (problem) => (paths.push(problem.path), problem);
  checkSiblings(mount, problems);
  return paths;
}

describe('checkSiblings', () => {
  it('lets an item name any other of its folder', () => {
    const names = { tools: ['a'], prompts: ['p'], resources: { r: 'n://r', t: 'n://t/{id}' } };
    const grants = { 'listing.change': ['a', 'p', 'r'], 'resource.notify': ['n://r', 'n://t/7'] };
    assert.deepEqual(problemsOf(names, grants), []);
  });

  it('finds names and URIs the folder does not hold', () => {
    const names = { tools: ['a'], resources: { r: 'n://r' } };
    assert.deepEqual(problemsOf(names, { 'listing.change': ['b'] }), ['tools/a.json']);
    assert.deepEqual(problemsOf(names, { 'resource.notify': ['n://r', 'n://s'] }), ['tools/a.json']);
  });

  it('finds resources that share a URI', () => {
    assert.deepEqual(problemsOf({ resources: { a: 'n://r', b: 'n://s', c: 'n://r' } }), ['resources/c.json']);
  });
});
