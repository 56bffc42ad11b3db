// Tries one attack after another, so that what is noticed is noticed of one attack; in bounded time.

import { hostError, type Clock } from '#host/base';
import type { NamedAttack } from '#sandbox';
import type { Arena } from './arena.ts';
import { carryOut } from './carry-out.ts';
import { idOf, type Trial } from './trial.ts';

/** How attacks are tried. */
export interface TryOptions {
  readonly clock: Clock;
  /** Ends it at once. */
  readonly signal: AbortSignal;
  /** Attacks that have not begun by then are not tried. */
  readonly budgetMs: number;
  readonly onTrial?: (trial: Trial) => void;
}

/** What was tried, and the ids of what there was no time for. */
export interface Tried {
  readonly trials: readonly Trial[];
  readonly untried: readonly string[];
}

/** Longest one attack may take, its making and its settling included. */
const ATTACK_MS = 60_000;

/** Tries them all. @throws ATTEST_FAILED when one does not come to an end */
export async function tryAttacks(arena: Arena, attacks: readonly NamedAttack[], options: TryOptions): Promise<Tried> {
  const { clock, signal, budgetMs, onTrial } = options;
  const deadline = clock.elapsed() + budgetMs;
  const trials: Trial[] = [];
  for (const attack of attacks) {
    signal.throwIfAborted();
    if (clock.elapsed() > deadline) break;
    const trial = await within(ATTACK_MS, idOf(attack), carryOut(arena, attack), signal);
    trials.push(trial);
    onTrial?.(trial);
  }
  return { trials, untried: attacks.slice(trials.length).map(idOf) };
}

async function within<T>(ms: number, id: string, work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = (): void => reject(hostError('ATTEST_FAILED', `${id} did not come to an end`, { failed: [id] }));
  const stopped = (): void => reject(signal.reason as Error);
  const timer = setTimeout(late, ms);
  signal.addEventListener('abort', stopped, { once: true });
  // Whoever loses the race is not listened to any more.
  work.catch(() => {});
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stopped);
  }
}
