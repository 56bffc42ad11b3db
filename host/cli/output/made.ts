// What a making came to, for people.

import type { Made, MadeSet } from '#host/making';
import { formatFindings } from './findings.ts';
import { formatDigest } from './format.ts';
import type { Output } from './output.ts';
import { formatReport } from './report.ts';

/** The version, its steps unless they were watched, and what to do next. */
export function formatMade(made: Made, { style, table, live }: Output): string {
  const { tool, version, digest, unchanged, report } = made;
  const name = style(['bold', 'green'], `${tool}@${version}`);
  const findings = formatFindings(report.find(({ step }) => step === 'inspect') ?? {}, style);
  const verdict = unchanged ? 'is live already: the same inputs make the same tool' : 'is live';
  return [
    ...(live ? [] : [formatReport(report, table), '']),
    ...(findings === undefined ? [] : [findings, '']),
    `${name} ${verdict}  ${style('dim', `digest ${formatDigest(digest)}`)}`,
    `Call it: glovebox call ${tool} --input '{…}'`,
  ].join('\n');
}

/** Every version of a set, with the steps of each unless they were watched. */
export function formatMadeSet({ tools }: MadeSet, output: Output): string {
  return tools.map((made) => formatMade(made, output)).join('\n\n');
}
