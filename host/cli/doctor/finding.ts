// What a part of the examination found.

import type { WallName } from '#sandbox';
import { toFailure } from '../output/output.ts';

/** One thing that was looked at. */
export interface Finding {
  readonly what: string;
  /** `failed`: tools cannot run; `warning`: they can, with less than all promises kept. */
  readonly verdict: 'ok' | 'warning' | 'failed';
  readonly detail: string;
}

/** Whether one wall of the jail stands here. */
export interface Wall {
  readonly wall: WallName | 'isolate' | 'permission';
  readonly held: boolean;
  readonly detail: string;
}

/** What looking at a part brought to light. */
export interface Examined {
  readonly findings: readonly Finding[];
  readonly walls: readonly Wall[];
}

/** What a failure means for the thing that was looked at; the first line of it. */
export function failedFinding(what: string, error: unknown): Finding {
  const { code, message } = toFailure(error);
  return { what, verdict: 'failed', detail: `${code} ${message.split('\n', 1)[0] ?? ''}` };
}
