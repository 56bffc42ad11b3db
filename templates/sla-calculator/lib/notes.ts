// What a reader must know before quoting the figures.

import type { AlertRule, Input, SlaReport } from './types.ts';

/** The conventions of what was calculated, and what is peculiar to this call. */
export function listNotes(
  input: Input,
  report: Omit<SlaReport, 'summary' | 'notes'>,
  { rules, excludePlanned }: { readonly rules: readonly AlertRule[]; readonly excludePlanned: boolean },
): readonly string[] {
  const { alerts, budget, incidents, system, target } = report;
  return [
    'A month has 30 days, a quarter 90, a year 365; the window is a fixed one.',
    ...when(target.illustrative, `Nobody stated a target: ${target.value} is illustrative.`),
    ...when(
      system !== null,
      'Parts are taken to fail independently; whatever they share (a zone, a release, a network) makes the system worse.',
    ),
    ...when(budget?.unit === 'events' && !hasExpectation(input), 'Traffic is taken to go on as it was.'),
    ...when(
      budget?.exhaustedInDays !== null && budget !== null,
      'The forecast takes the pace of the elapsed part to go on.',
    ),
    ...when(
      (incidents?.plannedCount ?? 0) > 0,
      excludePlanned ? 'Planned time is neither downtime nor service time.' : 'Planned time counts as downtime.',
    ),
    ...when(
      (incidents?.ignoredCount ?? 0) > 0,
      `${incidents?.ignoredCount ?? 0} incidents outside the period are left out.`,
    ),
    ...when(
      incidents !== null && budget === null,
      'The period of the incidents is longer than the window, so that no budget is drawn up for it.',
    ),
    ...when(
      alerts.length < rules.length,
      `${rules.length - alerts.length} of ${rules.length} alerts look back further than the window and are left out.`,
    ),
    ...alerts
      .filter(({ canFire }) => !canFire)
      .map(
        ({ longMinutes, severity }) =>
          `The ${severity} alert over ${longMinutes} minutes can never fire: its threshold is all events or more.`,
      ),
  ];
}

function when(holds: boolean, note: string): readonly string[] {
  return holds ? [note] : [];
}

function hasExpectation({ consumption }: Input): boolean {
  return consumption !== undefined && 'expectedEvents' in consumption;
}
