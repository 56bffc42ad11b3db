// The making report: a row per step.

import type { MakingStep } from '#host/registry';
import { formatMs } from './format.ts';
import type { Style } from './style.ts';
import { formatTable, type TableOptions } from './table.ts';

const MARKS = { ok: '✔', failed: '✖', skipped: '–' } as const;
const COLOURS = { ok: 'green', failed: 'red', skipped: 'dim' } as const;

/** A table of all steps. */
export function formatReport(report: readonly MakingStep[], options: TableOptions): string {
  const rows = report.map(({ step, ms, verdict, detail }) => [
    step,
    options.style(COLOURS[verdict], `${MARKS[verdict]} ${verdict}`),
    verdict === 'skipped' ? '' : formatMs(ms),
    detail ?? '',
  ]);
  return formatTable(['step', 'verdict', 'time', 'detail'], rows, options);
}

/** One step on one line, as it ends. */
export function formatStep({ step, ms, verdict, detail }: MakingStep, style: Style): string {
  const time = verdict === 'skipped' ? '' : formatMs(ms);
  const head = `  ${style(COLOURS[verdict], MARKS[verdict])} ${step.padEnd(8)} ${style('dim', time.padStart(8))}`;
  return detail === undefined ? head.trimEnd() : `${head}  ${detail}`;
}
