// The main job: a template and a context become a tool, and the tool is called.

import type { Made, TemplateSummary } from '#host/making';
import { formatBytes, formatDigest, formatMs } from '../output/format.ts';
import type { Output } from '../output/output.ts';
import { formatReport } from '../output/report.ts';
import { formatPairs, formatTable } from '../output/table.ts';
import type { Answer, DemoClient } from './demo-client.ts';
import { CUSTOMER_CONTEXT, INVESTMENT } from './examples.ts';
import { expect, type Showing } from './story.ts';

/** Lists what can be made. */
export async function listTemplates(client: DemoClient, output: Output): Promise<Showing> {
  const { structured } = await client.call('list_templates', {});
  const templates = (structured['templates'] ?? []) as readonly TemplateSummary[];
  expect(
    templates.some(({ name }) => name === 'roi-calculator'),
    'a template called roi-calculator',
    templates,
  );
  const rows = templates.map(({ name, version, category, title }) => [name, version, category, title]);
  const text = formatTable(['template', 'version', 'category', 'makes'], rows, output.table);
  return { text, facts: { templates: templates.map(({ name }) => name) } };
}

/** Generates the calculator; its name is the chapter's result. */
export async function generateRoi(client: DemoClient, output: Output): Promise<Showing & { readonly tool: string }> {
  const { structured, failure } = await client.call('generate_tool', {
    template: 'roi-calculator',
    context: CUSTOMER_CONTEXT,
    name: 'roi_acme',
  });
  expect(failure === undefined, 'the ROI calculator to be made', failure);
  const made = structured as unknown as Made;
  const listed = await client.toolNames();
  expect(listed.includes(made.tool), `"${made.tool}" in tools/list`, listed);
  const text = [
    `context  ${JSON.stringify(CUSTOMER_CONTEXT)}`,
    '',
    formatReport(made.report, output.table),
    '',
    `${made.tool}@${made.version} is in tools/list, digest ${formatDigest(made.digest)}`,
  ].join('\n');
  return { tool: made.tool, text, facts: { ...made } };
}

/** Calls the calculator and shows result and bill. */
export async function callRoi(client: DemoClient, tool: string, output: Output): Promise<Showing> {
  const { structured, bill, failure, ms } = await client.call(tool, INVESTMENT);
  expect(failure === undefined && bill !== undefined, 'a result with a bill', failure);
  const { summary, npv, roi, irr, payback } = structured as unknown as RoiResult;
  expect(typeof roi.percent === 'number', 'a return on the investment', structured);
  const result = formatPairs(
    [
      ['ROI', percent(roi.percent)],
      ['NPV', npv],
      ['IRR', percent(irr.percent)],
      ['payback', payback.months === null ? 'never' : `${payback.months} months`],
    ],
    output.table,
  );
  const text = [`input  ${JSON.stringify(INVESTMENT)}`, '', result, '', summary, '', billText({ bill, ms }, output)];
  return { text: text.join('\n'), facts: { result: { npv, roi, irr, payback }, bill, ms } };
}

interface RoiResult {
  readonly summary: string;
  readonly npv: string;
  readonly roi: { readonly percent: number | null };
  readonly irr: { readonly percent: number | null };
  readonly payback: { readonly months: number | null };
}

function percent(value: number | null): string {
  return value === null ? 'none' : `${value} %`;
}

function billText({ bill, ms }: Pick<Answer, 'ms'> & { readonly bill: Answer['bill'] }, output: Output): string {
  if (bill === undefined) return '';
  const head = ['bill', 'CPU', 'elapsed', 'heap at end', 'cell peak', 'bytes in', 'bytes out', 'round trip'];
  const row = [
    '',
    formatMs(bill.cpuMs),
    formatMs(bill.wallMs),
    formatBytes(bill.heapUsedBytes),
    formatBytes(bill.cellRssPeakBytes),
    formatBytes(bill.bytesIn),
    formatBytes(bill.bytesOut),
    formatMs(ms),
  ];
  return formatTable(head, [row], output.table);
}
