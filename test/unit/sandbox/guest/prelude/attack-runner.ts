// Runs all attacks in this process, whatever its flags, and says what each came to.

import { ATTACKS, attackTool } from './attacks.ts';
import { evaluate, NOON, runTool, type GuestOptions } from './guest.ts';

/** What an attack came to. */
export interface AttackReport {
  readonly title: string;
  /** What it got hold of; undefined when it did not run to its end. */
  readonly loot: unknown;
  readonly failure?: string;
  /** Kinds of posts that end a run. */
  readonly ends: readonly string[];
}

/** Runs all attacks. */
export async function runAttacks(): Promise<readonly AttackReport[]> {
  const options: GuestOptions = {
    // What the same seed gives without an attack.
    input: { noon: NOON, first: await evaluate('Math.random()') },
    context: { list: [1, 2] },
  };
  const reports: AttackReport[] = [];
  for (const attack of ATTACKS) {
    const { posts, output, failure } = await runTool(attackTool(attack), options);
    reports.push({
      title: attack.title,
      loot: (output as { readonly loot?: unknown } | undefined)?.loot,
      ...(failure === undefined ? {} : { failure: failure.message }),
      ends: posts.map(([kind]) => kind).filter((kind) => kind === 'done' || kind === 'failed'),
    });
  }
  return reports;
}
