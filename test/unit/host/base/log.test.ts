import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLog, type LogOptions } from '#host/base';

function keep(options: Partial<LogOptions> & { readonly isTTY?: boolean } = {}) {
  const lines: string[] = [];
  const destination = { isTTY: options.isTTY ?? false, write: (line: string) => lines.push(line) };
  return { lines, log: createLog({ level: 'info', ...options, destination }) };
}

describe('createLog', () => {
  it('writes one JSON document per line', () => {
    const { lines, log } = keep();
    log.info({ tool: 'roi_acme' }, 'published');
    const { time, ...line } = JSON.parse(lines.join('')) as Record<string, unknown>;
    assert.deepEqual(line, { level: 'info', tool: 'roi_acme', message: 'published' });
    assert.match(String(time), /^\d{4}-\d\d-\d\dT/);
  });

  it('writes errors with stack and cause', () => {
    const { lines, log } = keep();
    log.error({ error: new Error('outer', { cause: new Error('inner') }) }, 'failed');
    const { error } = JSON.parse(lines.join('')) as { error: { stack: string; cause: { message: string } } };
    assert.match(error.stack, /Error: outer\n\s+at /);
    assert.equal(error.cause.message, 'inner');
  });

  it('leaves out what is below its level', () => {
    const { lines, log } = keep({ level: 'warn' });
    log.info({}, 'unheard');
    assert.deepEqual(lines, []);
  });

  it('writes a readable line to a terminal, coloured only when told', () => {
    const plain = keep({ isTTY: true });
    plain.log.warn({ tool: 'roi_acme', version: 2 }, 'quarantined');
    assert.match(plain.lines.join(''), /^\d\d:\d\d:\d\d warn quarantined {2}tool=roi_acme version=2\n$/);
    const coloured = keep({ isTTY: true, colours: true });
    coloured.log.warn({}, 'quarantined');
    assert.ok(coloured.lines.join('').includes('\u001B['));
  });

  it('writes nothing to a terminal that it would obey', () => {
    const { lines, log } = keep({ isTTY: true });
    const hostile = 'a\u001b[2Jb\nc\u202ed\u200be';
    log.warn({ tool: hostile, list: [hostile], error: new Error(hostile) }, hostile);
    assert.doesNotMatch(lines.join('').replaceAll('\n', ''), /[\p{Cc}\p{Bidi_Control}\u200b]/u);
  });
});
