import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { DEFAULT_LIMITS } from '#sandbox';
import {
  checkManifest,
  parseManifest,
  type ManifestSurroundings,
  type WrittenManifest,
} from '../../../../host/making/check-manifest.ts';

const WRITTEN: WrittenManifest = { name: 'adds', description: 'Adds.' };
const MIB = 1024 * 1024;

function check(written: Partial<WrittenManifest>, surroundings: Partial<ManifestSurroundings> = {}) {
  return checkManifest({ ...WRITTEN, ...written }, { place: 'manifest', ...surroundings });
}

/** Code and place of the refusal. */
function refused(code: string, place: string) {
  return (error: { code?: string; data?: { file?: string; part?: string } }) => {
    assert.deepEqual([error.code, error.data?.file ?? error.data?.part], [code, place]);
    return true;
  };
}

suite('parseManifest', () => {
  test('takes every key a manifest may have', () => {
    const manifest = {
      $schema: 'https://example.com/manifest.json',
      ...WRITTEN,
      title: 'Adds',
      version: '1.2.3-beta.1',
      category: 'finance',
      inputSchema: { type: 'object' },
      outputSchema: { type: 'object' },
      annotations: { title: 'Adds', readOnlyHint: true },
      task: { support: 'optional', from: 'background' },
      grants: {},
      limits: { timeout: 1 },
      examples: [{ title: 'One', input: { a: 1 }, output: null }],
    };
    assert.deepEqual(parseManifest(JSON.stringify(manifest)), manifest);
  });

  test('names what is wrong by its path', () => {
    const cases: [object, string][] = [
      [{ name: 'Adds' }, '/name'],
      [{ name: 'a'.repeat(65) }, '/name'],
      [{ name: '../etc/passwd' }, '/name'],
      [{ description: '' }, '/description'],
      [{ version: '1.0' }, '/version'],
      [{ category: 'No Category' }, '/category'],
      [{ trusted: true }, ''],
      [{ annotations: { trusted: true } }, '/annotations'],
      [{ examples: Array.from({ length: 21 }, () => ({ input: {} })) }, '/examples'],
      [{ examples: [{ output: {} }] }, '/examples/0'],
      [{ inputSchema: true }, '/inputSchema'],
      [{ task: {} }, '/task'],
      [{ task: { support: 'forbidden' } }, '/task/support'],
    ];
    for (const [more, path] of cases) {
      assert.throws(
        () => parseManifest(JSON.stringify({ ...WRITTEN, ...more })),
        (error: { code?: string; data?: { errors?: { path: string }[] } }) => {
          assert.deepEqual([error.code, error.data?.errors?.[0]?.path], ['MANIFEST_INVALID', path]);
          return true;
        },
      );
    }
  });

  test('refuses a prototype as it refuses any unknown key', () => {
    const text = '{"__proto__":{"grants":{"secret":["all"]}},"name":"adds","description":"Adds."}';
    assert.throws(() => parseManifest(text), { code: 'MANIFEST_INVALID' });
  });

  test('refuses examples that nest too deep for the host to walk', () => {
    const input = `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    const text = `{"name":"adds","description":"Adds.","examples":[{"input":${input}}]}`;
    assert.throws(() => parseManifest(text), { code: 'MANIFEST_INVALID' });
  });
});

suite('checkManifest', () => {
  test('fills in what nobody said', () => {
    assert.deepEqual(check({}), {
      ...WRITTEN,
      version: '1.0.0',
      category: 'general',
      grants: {},
      limits: DEFAULT_LIMITS,
    });
  });

  test("takes the template's category where the manifest has none", () => {
    const template = { category: 'finance' };
    assert.equal(check({}, { template }).category, 'finance');
    assert.equal(check({ category: 'sales' }, { template }).category, 'sales');
  });

  test("prefers the caller's name, and refuses the host's own", () => {
    assert.equal(check({}, { name: 'sums' }).name, 'sums');
    for (const name of ['create_tool', 'generate_set', 'glovebox_adds']) {
      assert.throws(() => check({ name }), refused('TOOL_NAME_RESERVED', 'manifest'));
    }
  });

  test("lets the caller's limits win over the manifest's, and those over the template's, one by one", () => {
    const { limits } = check(
      { limits: { wallMs: 2000, outputBytes: 100 } },
      {
        template: { category: 'a', limits: { timeout: 1, max_memory: '32MB', hostCalls: 7 } },
        constraints: { wallMs: 3000 },
      },
    );
    assert.deepEqual(limits, { ...DEFAULT_LIMITS, wallMs: 3000, outputBytes: 100, heapBytes: 32 * MIB, hostCalls: 7 });
  });

  test('takes a share of a core from the wall time that holds, whoever gave it', () => {
    const constraints = { max_cpu: '0.5 core' };
    assert.equal(check({ limits: { wallMs: 20_000 } }, { constraints }).limits.cpuMs, 10_000);
    assert.equal(
      check({ limits: { wallMs: 20_000 } }, { constraints: { ...constraints, timeout: 2 } }).limits.cpuMs,
      1000,
    );
  });

  test('says whose limits are wrong', () => {
    const template = { category: 'a', limits: { timeout: 60 } };
    assert.throws(() => check({}, { template }), refused('LIMITS_ABOVE_CEILING', 'template.json'));
    assert.throws(() => check({ limits: { speed: 1 } }), refused('LIMITS_INVALID', 'manifest'));
    const full = { network_access: 'full' };
    assert.throws(() => check({}, { constraints: full }), refused('POLICY_DENIED', 'constraints'));
    const own = JSON.parse('{"__proto__":{"wallMs":1}}') as object;
    assert.throws(() => check({}, { constraints: own }), refused('LIMITS_INVALID', 'constraints'));
    for (const constraints of [[], 'fast', 5, null]) {
      assert.throws(() => check({}, { constraints }), refused('LIMITS_INVALID', 'constraints'));
    }
  });

  test('refuses grants this host does not know, and those it does not offer', () => {
    assert.throws(() => check({ grants: { 'host.root': true } }), refused('MANIFEST_INVALID', 'manifest'));
    assert.throws(() => check({ grants: { secret: ['a'] } }), refused('GRANT_UNSUPPORTED', 'manifest'));
    const template = { category: 'a', grants: { 'kv.read': true } };
    assert.throws(() => check({}, { template }), refused('GRANT_UNSUPPORTED', 'template.json'));
    assert.deepEqual(check({ grants: {} }, { template }).grants, {});
  });

  test('gives a tool that works as a task its own time, and no other', () => {
    assert.deepEqual(check({ task: { support: 'optional' } }).task, { support: 'optional', from: 'start' });
    assert.equal(check({ task: { support: 'required' } }).limits.taskMs, 60_000);
    const timed = { task: { support: 'required' }, limits: { taskMs: 1000 } } as const;
    assert.equal(check(timed).limits.taskMs, 1000);
    assert.equal(check(timed, { constraints: { taskMs: 2000 } }).limits.taskMs, 2000);
    assert.throws(() => check({ limits: { taskMs: 1000 } }), refused('LIMITS_INVALID', 'manifest'));
    assert.throws(() => check({}, { constraints: { taskMs: 1000 } }), refused('LIMITS_INVALID', 'constraints'));
    assert.deepEqual(Object.keys(check({})), ['name', 'description', 'version', 'category', 'grants', 'limits']);
    assert.equal(Object.hasOwn(check({}).limits, 'taskMs'), false);
  });

  test('gives a template what may be asked of the client, and siblings to mounted tools alone', () => {
    const template = { category: 'a', grants: { 'client.ask': true } };
    assert.deepEqual(check({}, { template }).grants, { 'client.ask': true });
    const grants = { 'listing.change': ['a'] };
    assert.throws(() => check({ grants }), refused('GRANT_UNSUPPORTED', 'manifest'));
    assert.deepEqual(check({ grants }, { isMounted: true }).grants, grants);
  });
});
