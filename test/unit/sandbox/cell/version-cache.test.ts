import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, suite, test } from 'node:test';

import type IVM from 'isolated-vm';

import type { GuestIsolate } from '../../../../sandbox/cell/guest-isolate.ts';
import { VersionCache } from '../../../../sandbox/cell/version-cache.ts';
import { bundlePrograms, type Programs } from '../../../../sandbox/programs.ts';
import { toolOf } from '../../../fixtures/jail/tools.ts';

suite('VersionCache', () => {
  let programs: Programs;
  const opened: GuestIsolate[] = [];
  // Not while other files are loaded: it ends esbuild's service, which some of them wait for then.
  before(async () => {
    programs = await bundlePrograms();
  });
  after(() => opened.forEach((isolate) => isolate[Symbol.dispose]()));

  /** Whether the isolate of a run in which the system gave out that many pages is there for the next one. */
  function keepsAfter(...pagesOfRuns: readonly number[]): boolean {
    const { native, prelude, validatorRuntime } = programs;
    const ivm = createRequire(import.meta.url)(native.isolatedVm) as typeof IVM;
    const versions = new VersionCache(ivm, { prelude, validatorRuntime, cached: new Map() }, () => {}, 1);
    const { digest, script, validators, context } = toolOf('any', 'return {};');
    versions.add(digest, { script, validators, context, heapBytes: 0 });
    const code = versions.find(digest);
    assert.ok(code !== undefined);
    const first = versions.takeIsolate(digest, code);
    let isolate = first;
    for (const pages of pagesOfRuns) {
      isolate.notePages(pages);
      versions.keepIsolate(digest, isolate);
      isolate = versions.takeIsolate(digest, code);
    }
    opened.push(isolate);
    return isolate === first;
  }

  test('keeps the isolate of a run that took little memory, and replaces that of one that took much', () => {
    assert.ok(keepsAfter(1000));
    assert.ok(!keepsAfter(5000));
  });

  test('counts the memory of each run alone', () => {
    assert.ok(keepsAfter(1500, 1500, 1500));
  });
});
