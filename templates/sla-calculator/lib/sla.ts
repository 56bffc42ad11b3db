// The whole calculation: an objective, and whatever else the call gives.

import { Decimal } from 'glovebox';
import { alertsOf } from './alerts.ts';
import { allowances, fromDowntime } from './allowance.ts';
import { budgetOf, type Objective, usageOf } from './budget.ts';
import { creditFor } from './credit.ts';
import { type Review, reviewIncidents } from './incidents.ts';
import { listNotes } from './notes.ts';
import { Refusal } from './refusal.ts';
import { summarise } from './summary.ts';
import { composeSystem } from './system.ts';
import type { Budget, CreditResult, Input, Setting, SlaReport, Sourced } from './types.ts';

/** @throws Refusal when numbers of the call or the context contradict each other */
export function calculateSla(input: Input, setting: Setting): SlaReport {
  const { alertRules, defaults, excludePlanned } = setting;
  const target = choose(input.target, setting.target, defaults.target);
  const windowDays = choose(input.windowDays, setting.windowDays, defaults.windowDays);
  const objective: Objective = { target: target.value, windowDays: windowDays.value };
  const rules = alertRules ?? defaults.alertRules;
  const review = input.incidents && reviewIncidents(input.incidents, excludePlanned, objective);
  const figures: Omit<SlaReport, 'summary' | 'notes'> = {
    target: { ...target, illustrative: target.source === 'default' },
    windowDays,
    allowances: allowances(target.value, windowDays.value),
    fromDowntime: fromDowntime(input.downtime, target.value),
    budget: findBudget(input, review, objective),
    alerts: alertsOf(rules, objective, input.errorRatios),
    alertSource: alertRules === null ? defaults.alertSource : 'context',
    system: input.system === undefined ? null : composeSystem(input.system, objective),
    incidents: review?.shown ?? null,
    credit: findCredit(input, review, setting),
  };
  const report = { ...figures, notes: listNotes(input, figures, { rules, excludePlanned }) };
  return { summary: summarise(report, setting.service), ...report };
}

function choose(input: number | undefined, context: number | null, fallback: number): Sourced {
  if (input !== undefined) return { value: input, source: 'input' };
  return context === null ? { value: fallback, source: 'default' } : { value: context, source: 'context' };
}

/** From what the call says was consumed, else from its incidents where they lie within one window. */
function findBudget({ consumption }: Input, review: Review | undefined, objective: Objective): Budget | null {
  if (consumption !== undefined) return budgetOf(usageOf(consumption, objective), 'consumption', objective.target);
  return review?.fitsWindow === true ? budgetOf(review.usage, 'incidents', objective.target) : null;
}

function findCredit({ achieved, fee }: Input, review: Review | undefined, setting: Setting): CreditResult | null {
  const { creditTiers, currency, fee: usualFee } = setting;
  const availability = achieved === undefined ? review?.achieved : new Decimal(achieved);
  if (fee !== undefined && creditTiers.length === 0) {
    throw new Refusal('there is a fee but no credit tier: tiers belong to the context the tool is generated with');
  }
  if (availability === undefined || creditTiers.length === 0) return null;
  return creditFor(availability, creditTiers, fee ?? usualFee ?? undefined, currency);
}
