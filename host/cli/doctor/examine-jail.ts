// The jail: a tool is compiled and run in it, the kernel is asked what its processes have, and its walls are tried from inside.

import { readFile } from 'node:fs/promises';
import { DEFAULT_LIMITS, examineWalls, type RunOutcome, type Sandbox, type ToolArtifact } from '#sandbox';
import { createId, sha256 } from '#host/base';
import { chooseProfile } from '#host/traffic';
import type { CommandContext } from '../command.ts';
import { formatBytes, formatMs } from '../output/format.ts';
import { throwFailure } from '../output/output.ts';
import { failedFinding, type Examined, type Finding, type Wall } from './finding.ts';

const TRIAL_SOURCE = `import { defineTool } from 'glovebox';
export default defineTool({ async run(input) { return { twice: input.value * 2 }; } });`;

const TRIAL_INPUT_SCHEMA = '{"type":"object","properties":{"value":{"type":"number"}},"required":["value"]}';

/** Runs the trial tool, looks at the processes that ran it, and sends one of its own behind their walls. */
export async function examineJail(sandbox: Sandbox, context: CommandContext): Promise<Examined> {
  const trial = await examineTrialRun(sandbox, context);
  const isolate: Wall = {
    wall: 'isolate',
    held: trial.verdict === 'ok',
    detail: trial.verdict === 'ok' ? 'a tool ran in one of its own' : trial.detail,
  };
  if (!isolate.held) return { findings: [trial], walls: [isolate, ...(await examineWalls(context.config))] };
  const children = await examineChildren(sandbox.stats().children);
  return {
    findings: [trial, ...children.findings],
    walls: [isolate, ...children.walls, ...(await examineWalls(context.config))],
  };
}

async function examineTrialRun(
  sandbox: Sandbox,
  { clock, config, principal, stopping }: CommandContext,
): Promise<Finding> {
  const what = 'trial run';
  const { tenant } = principal;
  try {
    const started = clock.elapsed();
    const { script } = await sandbox.compile({ tenant, entry: 'tool.ts', files: { 'tool.ts': TRIAL_SOURCE } });
    const { validators } = await sandbox.compileSchemas({ tenant, inputSchema: TRIAL_INPUT_SCHEMA });
    const made = clock.elapsed();
    const artifact = { digest: sha256(script), tool: 'doctor_trial', script, validators, context: '{}' };
    const run = (): Promise<RunOutcome> => runTrial(sandbox, artifact, { clock, config, principal, stopping });
    const first = await run();
    const ran = clock.elapsed();
    const second = await run();
    const again = clock.elapsed();
    const failed = [first, second].find((outcome) => !outcome.ok);
    if (failed?.ok === false) throwFailure(failed.failure);
    const times = [made - started, ran - made, again - ran].map(formatMs);
    const detail = `compiled in ${times[0] ?? ''}, ran in ${times[1] ?? ''}, again in ${times[2] ?? ''}`;
    return { what, verdict: 'ok', detail };
  } catch (error) {
    return failedFinding(what, error);
  }
}

function runTrial(
  sandbox: Sandbox,
  artifact: ToolArtifact,
  { clock, config, principal, stopping }: Pick<CommandContext, 'clock' | 'config' | 'principal' | 'stopping'>,
): Promise<RunOutcome> {
  const clockMs = clock.now();
  return sandbox.run({
    runId: createId('run', clockMs),
    tenant: principal.tenant,
    artifact,
    limits: DEFAULT_LIMITS,
    profile: chooseProfile(config, principal.tenant),
    input: '{"value":21}',
    seed: '0'.repeat(32),
    clockMs,
    grants: [],
    signal: stopping,
  });
}

/** Where the host's environment leaks, these come along. */
const HOST_VARIABLES: ReadonlySet<string> = new Set(['PATH', 'HOME', 'USER', 'GLOVEBOX_HOME']);

/** What the kernel says of one jailed process. */
interface ChildFacts {
  /** Only workshops compile all there is at once. */
  readonly isCell: boolean;
  readonly dataBytes: number;
  readonly permission: boolean;
  /** Names of its environment's variables. */
  readonly environment: readonly string[];
}

async function examineChildren(pids: readonly number[]): Promise<Examined> {
  const children = (await Promise.all(pids.map(readFacts))).filter((each) => each !== undefined);
  const permission: Wall = {
    wall: 'permission',
    held: children.length > 0 && children.every((each) => each.permission),
    detail: 'Node’s own tripwire',
  };
  if (children.length === 0) {
    const detail = 'the kernel does not tell what its processes have';
    return { findings: [{ what: 'processes', verdict: 'warning', detail }], walls: [{ ...permission, detail }] };
  }
  const cells = children.filter((each) => each.isCell);
  const workshops = children.filter((each) => !each.isCell);
  const every = (holds: (each: ChildFacts) => boolean): Finding['verdict'] =>
    children.every(holds) ? 'ok' : 'warning';
  const findings: Finding[] = [
    {
      what: 'memory limits',
      verdict: every((each) => Number.isFinite(each.dataBytes)),
      detail: `writable memory: ${memoryText(cells)} per cell, ${memoryText(workshops)} per workshop`,
    },
    {
      what: 'environment',
      verdict: every((each) => !each.environment.some((name) => HOST_VARIABLES.has(name))),
      detail: `all a jailed process sees: ${children[0]?.environment.join(', ') ?? ''}`,
    },
  ];
  return { findings, walls: [permission] };
}

/** The largest limit among processes of a kind. */
function memoryText(children: readonly ChildFacts[]): string {
  if (children.length === 0) return 'not seen';
  const most = Math.max(...children.map((each) => each.dataBytes));
  return Number.isFinite(most) ? `at most ${formatBytes(most)}` : 'no limit';
}

async function readFacts(pid: number): Promise<ChildFacts | undefined> {
  try {
    const [limits, command, environment] = await Promise.all(
      ['limits', 'cmdline', 'environ'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')),
    );
    const data = /^Max data size\s+(\S+)/m.exec(limits ?? '')?.[1];
    const args = (command ?? '').split('\0');
    // Not there yet: the launcher, or bubblewrap on its way to it.
    if (!args.includes('--input-type=module')) return undefined;
    return {
      isCell: !args.includes('--no-lazy'),
      dataBytes: data === undefined || data === 'unlimited' ? Number.POSITIVE_INFINITY : Number(data),
      permission: args.includes('--permission'),
      environment: [...(environment ?? '').matchAll(/([^=\0]+)=[^\0]*/g)].map((match) => match[1] ?? ''),
    };
  } catch {
    return undefined;
  }
}
