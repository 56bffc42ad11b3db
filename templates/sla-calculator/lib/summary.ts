// The answer in a few sentences, for someone who reads nothing else.

import { Decimal } from 'glovebox';
import type { SlaReport } from './types.ts';

/** "99.9 % over 30 days allows 43m 12s of downtime. …" */
export function summarise(report: Omit<SlaReport, 'summary'>, service: string | null): string {
  const { allowances, target, windowDays } = report;
  const allowed = allowances.find(({ period }) => period === 'window')?.downtime.text ?? '';
  const sentences = [
    `${service === null ? '' : `${service}: `}${percent(target.value)} over ${windowDays.value} days allows ${allowed} of downtime`,
    ...downtimeSentence(report),
    ...systemSentence(report),
    ...incidentSentence(report),
    ...budgetSentence(report),
    ...alertSentence(report),
    ...creditSentence(report),
  ];
  return `${sentences.join('. ')}.`;
}

function downtimeSentence({ fromDowntime }: Pick<SlaReport, 'fromDowntime'>): readonly string[] {
  return fromDowntime === null ? [] : [`The downtime given comes to ${percent(fromDowntime.availability)}`];
}

function systemSentence({ system, target }: Pick<SlaReport, 'system' | 'target'>): readonly string[] {
  if (system === null) return [];
  const [first] = system.parts;
  const verdict = `The system is up ${percent(system.availability)} of the time and ${meets(system.meetsTarget, target.value)}`;
  return first === undefined ? [verdict] : [verdict, `Most is gained by improving ${first.name}`];
}

function incidentSentence({ incidents, target }: Pick<SlaReport, 'incidents' | 'target'>): readonly string[] {
  if (incidents === null) return [];
  const repair = incidents.mttr === null ? '' : `, ${incidents.mttr.text} to repair on average`;
  return [
    `${incidents.count} unplanned ${incidents.count === 1 ? 'incident' : 'incidents'} with ${incidents.downtime.text} of downtime${repair}: ${percent(incidents.achieved)} was achieved, which ${meets(incidents.meetsTarget, target.value)}`,
  ];
}

function budgetSentence({ budget }: Pick<SlaReport, 'budget'>): readonly string[] {
  if (budget === null) return [];
  const used = `${percent(budget.usedShare)} of the error budget is used, at a burn rate of ${budget.burnRate}`;
  if (budget.exhausted) return [`${used}: it is exhausted`];
  if (budget.exhaustedInDays === null || budget.lastsTheWindow) return [`${used}: it lasts the window`];
  return [`${used}: at this pace it is exhausted in ${budget.exhaustedInDays} days`];
}

function alertSentence({ alerts }: Pick<SlaReport, 'alerts'>): readonly string[] {
  const firing = alerts.filter((alert) => alert.firing === true);
  if (firing.length > 0) {
    return [`Firing: ${firing.map(({ burnRate, severity }) => `${severity} at burn rate ${burnRate}`).join(', ')}`];
  }
  return alerts.some((alert) => alert.firing === false) ? ['No alert fires on the error ratios given'] : [];
}

function creditSentence({ credit }: Pick<SlaReport, 'credit'>): readonly string[] {
  if (credit === null) return [];
  const amount =
    credit.credit === null ? `${percent(credit.creditShare)} of the fee` : `${credit.currency} ${credit.credit}`;
  return [credit.tier === null ? 'No service credit is due' : `A service credit of ${amount} is due`];
}

function meets(holds: boolean, target: number): string {
  return `${holds ? 'meets' : 'misses'} ${percent(target)}`;
}

function percent(share: number): string {
  return `${new Decimal(share).times(100).round(6).toString()} %`;
}
