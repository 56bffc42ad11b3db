// The main job end to end, over real MCP, in a home that is gone afterwards.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandContext } from '../command.ts';
import { formatMs } from '../output/format.ts';
import { generatePricing } from './generate-pricing.ts';
import { callRoi, generateRoi, listTemplates } from './generate-roi.ts';
import { stopHostile } from './stop-hostile.ts';
import { checkNothingLeft } from './nothing-left.ts';
import { startHost } from './start-host.ts';
import { beginStory, type Story } from './story.ts';

/**
 * Tells the whole story and returns the exit code.
 *
 * @throws DEMO_FAILED when any of it is not as expected
 */
export async function runDemo(context: CommandContext): Promise<number> {
  const { clock, output } = context;
  const started = clock.elapsed();
  const story = beginStory(output);
  const children = await inTemporaryHome((home) => tellAll(story, home, context));
  await story.tell('Stop, and leave nothing behind', () => checkNothingLeft(children));
  const ms = clock.elapsed() - started;
  output.result({ ok: true, ms, chapters: story.chapters }, () => closing(ms, context));
  return 0;
}

async function inTemporaryHome<T>(work: (home: string) => Promise<T>): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'glovebox-demo-'));
  try {
    return await work(home);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Returns the process ids of the jailed processes there were. */
async function tellAll(story: Story, home: string, context: CommandContext): Promise<readonly number[]> {
  const { output, stopping } = context;
  await using host = await story.tell('Start a host and connect an MCP client', () => startHost(home, context));
  const { app, client } = host;
  await story.tell('Ask which templates there are', () => listTemplates(client, output));
  const roi = await story.tell('Generate an ROI calculator for one customer', () => generateRoi(client, output));
  await story.tell(`Call ${roi.tool}`, () => callRoi(client, roi.tool, output));
  await story.tell('Generate pricing for three stages of a deal, and call each', () => generatePricing(client, output));
  await story.tell('Stop a hostile tool beside a call that succeeds', () => stopHostile(client, roi.tool, output));
  stopping.throwIfAborted();
  return app.sandbox.stats().children;
}

function closing(ms: number, { output }: CommandContext): string {
  return [
    `${output.style(['bold', 'green'], 'All as expected')}, in ${formatMs(ms)}.`,
    '',
    'Now with your own: glovebox templates, glovebox generate, glovebox serve.',
  ].join('\n');
}
