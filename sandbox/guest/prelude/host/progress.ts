// Progress: only forward, and never so often that it becomes a flood.

import { clip } from '../failures.ts';
import { JSON, Math, Number, TypeError } from '../primordials.ts';
import type { MessageBudget } from './budget.ts';
import type { Wire } from './wire.ts';

/** Notices per run; later ones are dropped. */
const MAX_NOTICES = 200;
const MAX_MESSAGE = 500;

/** `host.progress`. */
export type Progress = (ratio: number, message?: string) => void;

/** The progress of a run. A ratio beyond 0 to 1 is clamped; one that does not grow is dropped. */
export function createProgress(wire: Wire, budget: MessageBudget): Progress {
  let last = -1;
  let noticesLeft = MAX_NOTICES;
  return (ratio, message) => {
    if (typeof ratio !== 'number' || !Number.isFinite(ratio)) {
      throw new TypeError('host.progress(ratio, message?) takes a number between 0 and 1');
    }
    const clamped = Math.min(1, Math.max(0, ratio));
    if (clamped <= last || noticesLeft === 0 || !budget.take()) return;
    last = clamped;
    noticesLeft -= 1;
    wire.say('progress', JSON.stringify({ ratio: clamped, message: messageOf(message) }));
  };
}

function messageOf(message: unknown): string | undefined {
  return typeof message === 'string' ? clip(message, MAX_MESSAGE) : undefined;
}
