// The demo as a story: numbered chapters, each timed, printed as it ends and kept for the JSON document.

import { hostError, systemClock } from '#host/base';
import { formatMs } from '../output/format.ts';
import type { Output } from '../output/output.ts';

/** What a chapter has to show: tables for people, the same as data for programs. */
export interface Showing {
  readonly text: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** One chapter that ended well. */
export interface Chapter {
  readonly title: string;
  readonly ms: number;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** The chapters so far. */
export interface Story {
  readonly chapters: readonly Chapter[];
  /** Runs one chapter, then prints it. */
  tell<T extends Showing>(title: string, chapter: () => Promise<T>): Promise<T>;
}

/** Begins a story. */
export function beginStory(output: Output): Story {
  const chapters: Chapter[] = [];
  return {
    chapters,
    async tell(title, chapter) {
      const started = systemClock.elapsed();
      const showing = await chapter();
      const ms = systemClock.elapsed() - started;
      chapters.push({ title, ms, facts: showing.facts });
      const head = output.style('bold', `${chapters.length}  ${title}`);
      output.passage(`${head}  ${output.style('dim', formatMs(ms))}\n\n${indent(showing.text)}\n`);
      return showing;
    },
  };
}

/** @throws DEMO_FAILED when something is not as the demo promises */
export function expect(holds: boolean, promise: string, seen: unknown): void {
  if (!holds) throw brokenPromise(promise, seen);
}

/** What {@link expect} throws. */
export function brokenPromise(promise: string, seen: unknown): Error {
  return hostError('DEMO_FAILED', `the demo expected ${promise}, and saw ${JSON.stringify(seen)}`, { promise, seen });
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `   ${line}`))
    .join('\n');
}
