// What findings come to: a row in the making report, or a refusal where the operator wants one.

import { hostError, type InspectionPolicy } from '#host/base';
import type { ToldFindings } from '#host/registry';
import type { StepFacts } from '../report.ts';
import type { Inspection } from './suspicions.ts';

/** @throws INSPECTION_REFUSED when there is a warning and the policy is to refuse; `data` holds the findings */
export function checkFindings(inspection: Inspection, policy: InspectionPolicy): void {
  if (policy === 'report') return;
  const warnings = inspection.findings.filter(({ severity }) => severity === 'warning');
  const [first] = warnings;
  if (first === undefined) return;
  const others = warnings.length === 1 ? '' : `, and ${warnings.length - 1} more`;
  const message =
    `the tool is suspicious: ${first.kind}: ${first.message}${others}; ` +
    'write it plainly, or have the operator set GLOVEBOX_INSPECTION=report';
  throw hostError('INSPECTION_REFUSED', message, { ...toldOf(inspection) });
}

/** The row of an inspection: what was done, how much was found, and what. */
export function findingFacts(done: string, inspection: Inspection): StepFacts {
  const { findings } = inspection;
  return { detail: findings.length === 0 ? done : `${done}; ${countOf(findings)}`, ...toldOf(inspection) };
}

/** An inspection as reports and lists tell of it; empty when nothing was found. */
export function toldOf({ findings, more }: Inspection): ToldFindings {
  return findings.length === 0 ? {} : { findings, ...(more === 0 ? {} : { moreFindings: more }) };
}

/** `2 warnings, 1 note`. */
function countOf(findings: Inspection['findings']): string {
  const severities = ['warning', 'note'] as const;
  const counts = severities.map((severity) => ({
    severity,
    count: findings.filter((finding) => finding.severity === severity).length,
  }));
  return counts
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count === 1 ? '' : 's'}`)
    .join(', ');
}
