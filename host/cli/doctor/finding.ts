// What a part of the examination found.

import { toFailure } from '../output/output.ts';

/** One thing that was looked at. */
export interface Finding {
  readonly what: string;
  /** `failed`: tools cannot run; `warning`: they can, with less than all promises kept. */
  readonly verdict: 'ok' | 'warning' | 'failed';
  readonly detail: string;
}

/** What a failure means for the thing that was looked at; the first line of it. */
export function failedFinding(what: string, error: unknown): Finding {
  const { code, message } = toFailure(error);
  return { what, verdict: 'failed', detail: `${code} ${message.split('\n', 1)[0] ?? ''}` };
}
