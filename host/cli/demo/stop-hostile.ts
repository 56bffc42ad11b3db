// The reason for the jail: a tool that nothing inside V8 can stop, beside a call that does not notice.

import { formatMs } from '../output/format.ts';
import type { Output } from '../output/output.ts';
import { formatTable } from '../output/table.ts';
import type { Answer, DemoClient } from './demo-client.ts';
import { HOSTILE_TOOL, INVESTMENT } from './examples.ts';
import { expect, type Showing } from './story.ts';

/** Publishes the hostile tool, calls it and the other one at the same time, then the other one again. */
export async function stopHostile(client: DemoClient, benignTool: string, output: Output): Promise<Showing> {
  const making = await client.call('create_tool', HOSTILE_TOOL);
  expect(making.failure === undefined, 'the hostile tool to be published', making.failure);
  const [hostile, beside] = await Promise.all([
    client.call(HOSTILE_TOOL.manifest.name, {}),
    client.call(benignTool, INVESTMENT),
  ]);
  const after = await client.call(benignTool, INVESTMENT);
  const stopped = hostile.failure?.code ?? 'none';
  expect(['LIMIT_CPU', 'LIMIT_WALL'].includes(stopped), 'the hostile tool to be stopped at a limit', hostile.failure);
  expect(beside.failure === undefined && after.failure === undefined, 'the other calls to succeed', beside.failure);

  const row = (what: string, answer: Answer): string[] => [
    what,
    answer.failure === undefined ? output.style('green', 'ok') : output.style('red', answer.failure.code),
    formatMs(answer.ms),
  ];
  const rows = [
    row('hostile', hostile),
    row(`${benignTool}, beside it`, beside),
    row(`${benignTool}, after it`, after),
  ];
  const text = [
    `source  ${loopOf(HOSTILE_TOOL.source)}`,
    '',
    formatTable(['call', 'verdict', 'round trip'], rows, output.table),
  ];
  const facts = { stopped, hostileMs: hostile.ms, besideMs: beside.ms, afterMs: after.ms };
  return { text: text.join('\n'), facts };
}

function loopOf(source: string): string {
  return (
    source
      .split('\n')
      .find((line) => line.includes('lastIndexOf'))
      ?.trim() ?? ''
  );
}
