import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { runTool, type GuestOptions } from '../guest.ts';

async function logOf(body: string, options: GuestOptions = {}): Promise<readonly { level: string; text: string }[]> {
  const run = await runTool(`export default { async run(input, host) { ${body}; return {}; } };`, options);
  assert.equal(run.failure, undefined);
  return run.logs;
}

const END = { level: 'warn', text: 'log limit reached; later lines are lost', code: 'LIMIT_LOG' };

describe('the log', () => {
  it('takes lines from the console and from host.log', async () => {
    assert.deepEqual(
      await logOf(`console.log('a', 1); console.info('b'); console.warn('c'); console.error('d'); console.debug('e');
        host.log('f'); host.log('warn', 'g', 2); host.log('warn')`),
      [
        { level: 'info', text: 'a 1' },
        { level: 'info', text: 'b' },
        { level: 'warn', text: 'c' },
        { level: 'error', text: 'd' },
        { level: 'debug', text: 'e' },
        { level: 'info', text: 'f' },
        { level: 'warn', text: 'g 2' },
        { level: 'info', text: 'warn' },
      ],
    );
  });

  it('is cut at its bytes, and says so once', async () => {
    assert.deepEqual(await logOf(`for (let i = 0; i < 50; i++) console.log('12345678')`, { logBytes: 20 }), [
      { level: 'info', text: '12345678' },
      { level: 'info', text: '12345678' },
      { level: 'info', text: '1234' },
      END,
    ]);
    const [line] = await logOf(`console.log('é'.repeat(20))`, { logBytes: 9 });
    assert.equal(line?.text, 'ééé');
  });

  it('is cut at the host calls, and says so once', async () => {
    assert.deepEqual(await logOf(`for (let i = 0; i < 50; i++) console.log(i)`, { hostCalls: 1 }), [
      { level: 'info', text: '0' },
      END,
    ]);
  });

  it('is off without bytes', async () => {
    assert.deepEqual(await logOf(`console.log('a')`, { logBytes: 0 }), []);
  });
});

const INSPECTED: readonly (readonly [expression: string, text: string])[] = [
  ['{ a: 1, "b c": "x", d: [1, , null], e: undefined }', '{a: 1, "b c": "x", d: [1, empty, null], e: undefined}'],
  ['{ get a() { throw 1 } }', '{a: [getter]}'],
  ['{ toJSON() { throw 1 } }', '{toJSON: [function]}'],
  ['new Map([["a", new Set([1])]])', 'Map {"a" => Set {1}}'],
  ['[1n, Symbol("s"), true, -0]', '[1n, Symbol(s), true, 0]'],
  ['(() => { const a = {}; a.a = a; return a; })()', '{a: {a: {a: {a: {…}}}}}'],
  ['new Date(0)', '1970-01-01T00:00:00.000Z'],
  ['new Date(NaN)', 'Invalid Date'],
  ['Object.create(null)', '{}'],
  ['new Proxy({}, { ownKeys() { throw 1 } })', '[unreadable]'],
  ['new (class { get [Symbol.toStringTag]() { throw 1 } })()', '{}'],
];

describe('inspect', () => {
  for (const [expression, text] of INSPECTED) {
    it(`shows ${expression} as ${text}`, async () => {
      assert.deepEqual(await logOf(`host.log(${expression})`), [{ level: 'info', text }]);
    });
  }

  it('bounds what it shows', async () => {
    const [line] = await logOf(`host.log(Array.from({ length: 1e4 }, () => 'x'.repeat(3000)), 'y'.repeat(1e6))`);
    assert.ok((line?.text.length ?? 0) <= 16_385, String(line?.text.length));
  });

  it('shows errors with their positions', async () => {
    const [line] = await logOf(`console.error(new TypeError('t'))`);
    assert.match(line?.text ?? '', /^TypeError: t\n {4}at .*glovebox:tool:\d+:\d+\)$/);
  });
});
