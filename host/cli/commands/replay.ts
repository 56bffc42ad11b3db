// `glovebox replay`: recorded runs, done again and compared.

import { Option } from 'commander';
import { hostFailure } from '#host/base';
import type { Divergence, Replay, ReplayQuery } from '#host/calling';
import type { AddCommand, CommandApp, CommandContext } from '../command.ts';
import { parseMoment, spanOf, type Moment } from '../input/parse-moment.ts';
import { collectFolder, count, MOUNT_OPTION, mountFolders } from '../mount-folders.ts';
import type { Output } from '../output/output.ts';
import type { Style } from '../output/style.ts';

interface ReplayOptions extends Pick<ReplayQuery, 'tool'> {
  readonly all?: true;
  readonly since?: Moment;
  readonly until?: Moment;
  readonly mount?: readonly string[];
}

export const addReplay: AddCommand = (program, run) => {
  const command = program
    .command('replay [run]')
    .description('do a recorded run again, with what it was answered, and compare byte for byte')
    .option('--all', 'every run on record, newest first')
    .addOption(new Option('--tool <name>', 'with --all: only of this tool'))
    .option('--since <time>', 'with --all: only from then on: 15m, 1h, 2d ago, or a date', parseMoment)
    .option('--until <time>', 'with --all: only before then', parseMoment)
    .option(MOUNT_OPTION.flags, MOUNT_OPTION.description, collectFolder)
    .addHelpText('after', EXAMPLES);
  command.action(async (runId: string | undefined, options: ReplayOptions) => {
    const { all, tool, since, until } = options;
    if ((runId === undefined) !== (all === true)) command.error('error: name a run, or give --all');
    if (runId !== undefined && (tool ?? since ?? until) !== undefined)
      command.error('error: --tool, --since and --until go with --all');
    await run(async (context) => {
      await using app = await context.openApp();
      await mountFolders(app, options.mount ?? [], context);
      return await (runId === undefined ? replayAll(options, app, context) : replayOne(runId, app, context));
    });
  });
};

const EXAMPLES = `
The version that ran runs again, with the input, seed, clock, limits and answers on record. Nothing outside is asked and
nothing is written down. Exits 1 when a run diverged. A run that cannot be replayed, because its version was removed or
its record is incomplete, is an error by itself and is counted with --all.

Examples:
  $ glovebox replay run_019a…
  $ glovebox replay --all --since 1h
  $ glovebox replay --all --tool roi_acme --json
  $ glovebox replay run_019a… --mount ./things     a run of what was mounted`;

async function replayOne(
  runId: string,
  { replayer }: CommandApp,
  { output, principal, stopping }: CommandContext,
): Promise<number> {
  const replay = await replayer.replay(principal, runId, stopping);
  output.result(replay, () => replayText(replay, output.style));
  return endWith(replay.verdict === 'diverged' ? 1 : 0, output);
}

/** What many replays came to; identical ones only count. */
interface Summary {
  readonly identical: number;
  readonly diverged: readonly Replay[];
  readonly impossible: readonly Replay[];
  /** On another engine. */
  readonly warned: number;
}

async function replayAll(
  { tool, since, until }: ReplayOptions,
  { replayer }: CommandApp,
  { clock, output, principal, stopping }: CommandContext,
): Promise<number> {
  const span = spanOf({ ...(since && { since }), ...(until && { until }) }, clock.now());
  let summary: Summary = { identical: 0, diverged: [], impossible: [], warned: 0 };
  for await (const replay of replayer.replayAll({
    principal,
    signal: stopping,
    ...span,
    ...(tool === undefined ? {} : { tool }),
  })) {
    summary = add(summary, replay);
    output.progress(countsText(summary, output.style));
  }
  output.progress('');
  output.result(summary, () => summaryText(summary, output.style));
  return endWith(summary.diverged.length, output);
}

function add(summary: Summary, replay: Replay): Summary {
  const warned = summary.warned + (replay.warning === undefined ? 0 : 1);
  switch (replay.verdict) {
    case 'identical':
      return { ...summary, warned, identical: summary.identical + 1 };
    case 'diverged':
      return { ...summary, warned, diverged: [...summary.diverged, replay] };
    case 'impossible':
      return { ...summary, warned, impossible: [...summary.impossible, replay] };
  }
}

function endWith(diverged: number, output: Output): number {
  if (diverged === 0) return 0;
  const message = `${count(diverged, 'run')} did not do again what is on record; glovebox show says what that is`;
  output.failure(hostFailure('REPLAY_DIVERGED', message, { diverged }));
  return 1;
}

function summaryText(summary: Summary, style: Style): string {
  const { diverged, impossible, warned } = summary;
  return [
    countsText(summary, style),
    ...(warned === 0 ? [] : [`${style('yellow', 'ENGINE_DIFFERS')} ${count(warned, 'run')} of another engine`]),
    ...diverged.map((replay) => `\n${replayText(replay, style)}`),
    ...(impossible.length === 0 ? [] : ['', ...reasonsOf(impossible)]),
  ].join('\n');
}

function countsText({ identical, diverged, impossible }: Summary, style: Style): string {
  const counts = [`${identical} identical`, `${diverged.length} diverged`, `${impossible.length} impossible`];
  const [same = '', other = '', none = ''] = counts;
  return [
    style('green', same),
    diverged.length === 0 ? other : style('red', other),
    impossible.length === 0 ? none : style('yellow', none),
  ].join(' · ');
}

/** Each reason once, with how many runs it kept from being replayed, and one of them. */
function reasonsOf(impossible: readonly Replay[]): readonly string[] {
  const byReason = Map.groupBy(impossible, (replay) => {
    const { code, data } = replay.verdict === 'impossible' ? replay.failure : { code: '', data: undefined };
    return typeof data?.['reason'] === 'string' ? `${code}: ${data['reason']}` : code;
  });
  return [...byReason].map(([reason, [first, ...more]]) => {
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    return `${reason}  ${first?.runId ?? ''}${others}`;
  });
}

function replayText(replay: Replay, style: Style): string {
  const { runId, tool, version, warning } = replay;
  const head = `${runId}  ${tool}@${version}  `;
  const warnings = warning === undefined ? [] : [`${style('yellow', warning.code)} ${warning.message}`];
  switch (replay.verdict) {
    case 'identical':
      return [`${head}${style('green', 'identical')}`, ...warnings].join('\n');
    case 'diverged':
      return [`${head}${style('red', 'diverged')}`, divergenceText(replay.divergence), ...warnings].join('\n');
    case 'impossible':
      return `${head}${style('yellow', replay.failure.code)} ${replay.failure.message}`;
  }
}

function divergenceText({ part, line, offset, recorded, replayed }: Divergence): string {
  const place = [
    part,
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(offset === undefined ? [] : [`character ${offset + 1}`]),
  ];
  return `  ${place.join(', ')}\n  recorded  ${recorded}\n  replayed  ${replayed}`;
}
