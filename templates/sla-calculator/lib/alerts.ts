// Multiwindow, multi-burn-rate alerts, as the Site Reliability Workbook has them in "Alerting on SLOs": page when the budget
// burns so fast that a share of it is gone within the long window, and still burns in the short one.

import { Decimal } from 'glovebox';
import type { Objective } from './budget.ts';
import { toRatio } from './ratio.ts';
import { Refusal } from './refusal.ts';
import type { Alert, AlertRule, Input } from './types.ts';

const DAY_MINUTES = 1440;

/**
 * Thresholds of each rule whose windows fit into the objective's: burn rate = budget share × window / long window; error
 * ratio = burn rate × (1 − target).
 *
 * @param observed error ratios of windows, by which rules fire
 * @throws Refusal when a rule's short window is not the shorter one
 */
export function alertsOf(
  rules: readonly AlertRule[],
  { target, windowDays }: Objective,
  observed: Input['errorRatios'] = [],
): readonly Alert[] {
  const failing = new Decimal(1).minus(target);
  const windowMinutes = windowDays * DAY_MINUTES;
  for (const rule of rules) checkRule(rule);
  return rules
    .filter(({ longMinutes }) => longMinutes <= windowMinutes)
    .map((rule) => {
      const burnRate = new Decimal(rule.budgetShare).times(windowMinutes).div(rule.longMinutes);
      const threshold = burnRate.times(failing);
      const canFire = threshold.lt(1);
      return {
        ...rule,
        burnRate: toRatio(burnRate, 4),
        errorRatio: toRatio(threshold),
        canFire,
        detectionMinutes: canFire ? toRatio(threshold.times(rule.longMinutes), 3) : null,
        firing: isFiring(rule, threshold, observed),
      };
    });
}

function checkRule({ longMinutes, severity, shortMinutes }: AlertRule): void {
  if (shortMinutes < longMinutes) return;
  throw new Refusal(
    `alert "${severity}" has a long window of ${longMinutes} minutes and a short one of ${shortMinutes}; the short one must be shorter`,
  );
}

function isFiring(
  { longMinutes, shortMinutes }: AlertRule,
  threshold: Decimal,
  observed: NonNullable<Input['errorRatios']>,
): boolean | null {
  const ratios = [longMinutes, shortMinutes].map((minutes) => observed.find((each) => each.minutes === minutes)?.ratio);
  return ratios.some((ratio) => ratio === undefined)
    ? null
    : ratios.every((ratio) => ratio !== undefined && threshold.lt(ratio));
}
