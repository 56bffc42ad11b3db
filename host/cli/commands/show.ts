// `glovebox show`: one run in full.

import type { RunRecord } from '#host/ledger';
import { formatBytes, formatMs } from '../output/format.ts';
import type { Output } from '../output/output.ts';
import { formatPairs, formatTable } from '../output/table.ts';
import type { AddCommand } from '../command.ts';

export const addShow: AddCommand = (program, run) => {
  program
    .command('show <run>')
    .description('everything on record about one run')
    .addHelpText('after', EXAMPLES)
    .action((runId: string) =>
      run(async ({ openApp, output, principal }) => {
        await using app = await openApp();
        const record = await app.ledger.getRun(principal.tenant, runId);
        output.result(record, () => recordText(record, output));
        return 0;
      }),
    );
};

const EXAMPLES = `
Examples:
  $ glovebox runs                            which runs there are
  $ glovebox show run_019a…                  one of them
  $ glovebox show run_019a… --json`;

function recordText(record: RunRecord, { style, table }: Output): string {
  const { runId, tool, version, bill, limits, logs, input, output, waiting, continues, client } = record;
  const facts = formatPairs(
    [
      ['run', runId],
      ['tool', `${tool}@${version}`],
      ['digest', record.digest],
      ['verdict', verdictText(record, style)],
      ...(continues === undefined ? [] : ([['continues', continues]] as const)),
      ...(client === undefined ? [] : ([['client', featuresText(client)]] as const)),
      ['started', new Date(record.startedAt).toISOString()],
      ['by', `${record.principal} of ${record.tenant}`],
      ['elapsed', `${formatMs(bill.wallMs)} of ${formatMs(limits.wallMs)}`],
      ['CPU', `${formatMs(bill.cpuMs)} of ${formatMs(limits.cpuMs)}`],
      ['heap', `${formatBytes(bill.heapUsedBytes)} of ${formatBytes(limits.heapBytes)}`],
      ['cell', `${formatBytes(bill.cellRssPeakBytes)} resident at its peak`],
      ['bytes', `${formatBytes(bill.bytesIn)} in, ${formatBytes(bill.bytesOut)} out`],
      ['host calls', `${bill.hostCalls} of ${limits.hostCalls}`],
      ['seed', record.seed],
      ['engine', record.engine ?? style('dim', 'not kept')],
      ...(record.bytes === undefined ? [] : ([['kept', keptText(record.bytes)]] as const)),
    ],
    table,
  );
  const parts = [facts, timelineText(record, { style, table }), section('Input', input, style)];
  if (record.outputDigest !== undefined || output !== undefined) parts.push(section('Output', output, style));
  if (record.contentDigest !== undefined) parts.push(section('Content', contentText(record), style));
  if (waiting !== undefined) parts.push(`${style('bold', 'Waits for')}\n${waitingText(waiting, table)}`);
  else if (record.waitingDigest !== undefined) parts.push(section('Waits for', undefined, style));
  if (logs.length === 0 && record.logsDigest !== undefined) parts.push(section('Log', undefined, style));
  if (logs.length > 0) {
    parts.push(section('Log', logs.map(({ level, text }) => `${level}: ${text}`).join('\n'), style));
  }
  return parts.join('\n\n');
}

function keptText(bytes: NonNullable<RunRecord['bytes']>): string {
  return bytes === 'redacted'
    ? 'shapes without values (GLOVEBOX_LEDGER_BYTES)'
    : 'digests alone (GLOVEBOX_LEDGER_BYTES)';
}

function verdictText({ verdict, failure }: RunRecord, style: Output['style']): string {
  switch (verdict) {
    case 'ok':
      return style('green', 'ok');
    case 'suspended':
      return style('yellow', 'suspended: it waited for its client, or went on as a task; another run continues it');
    case 'failed':
      return style('red', `${failure?.code ?? ''} ${failure?.message ?? ''}`);
  }
}

function featuresText(client: NonNullable<RunRecord['client']>): string {
  const features = Object.entries(client).filter(([, can]) => can);
  return features.length === 0 ? 'can nothing of what a tool may ask' : features.map(([name]) => name).join(', ');
}

function contentText({ content }: RunRecord): string | undefined {
  return content
    ?.map((part) => (part.type === 'text' ? part.text : `${part.type}: ${cut(JSON.stringify(part))}`))
    .join('\n');
}

/** From its start to its end; between them the answers from outside, each when the clock of the run showed it. */
function timelineText(record: RunRecord, { style, table }: Pick<Output, 'style' | 'table'>): string {
  const { journal = [], journalDigest, clockMs, bill } = record;
  const answers = journal.map(({ clockMs: at, call, capability, args, ok, value }) => [
    `+${formatMs(at - clockMs)}`,
    `call ${call}, ${capability}`,
    cut(args),
    ok ? cut(value) : style('red', cut(value)),
  ]);
  const rows = [
    ['+0 ms', 'start', `${formatBytes(bill.bytesIn)} of input`, ''],
    ...answers,
    [`+${formatMs(bill.wallMs)}`, 'end', '', endText(record)],
  ];
  const notKept = journalDigest !== undefined && record.journal === undefined;
  const title = style('bold', 'Timeline');
  const note = notKept ? `\n${style('dim', 'the answers from outside were not kept')}` : '';
  return `${title}\n${formatTable(['clock', 'what', 'given', 'answered'], rows, table)}${note}`;
}

function endText({ verdict, failure, bill }: RunRecord): string {
  return verdict === 'ok' ? `ok, ${formatBytes(bill.bytesOut)}` : (failure?.code ?? verdict);
}

function waitingText(waiting: NonNullable<RunRecord['waiting']>, table: Output['table']): string {
  const rows = waiting.map(({ call, capability, args }) => [`${call}`, capability, cut(args)]);
  return formatTable(['call', 'capability', 'asked'], rows, table);
}

const MAX_CELL = 80;

function cut(text: string): string {
  return text.length > MAX_CELL ? `${text.slice(0, MAX_CELL)}…` : text;
}

function section(title: string, text: string | undefined, style: Output['style']): string {
  return `${style('bold', title)}\n${text === undefined ? style('dim', 'not kept') : readable(text)}`;
}

/** JSON text with line breaks; what is no JSON stays as it is. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
