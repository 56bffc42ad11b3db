// The jail: a tool is compiled and run in it, then the kernel is asked which walls stand around its processes.

import { readFile } from 'node:fs/promises';
import { DEFAULT_LIMITS, type RunOutcome, type Sandbox, type ToolArtifact } from '#sandbox';
import { createId, sha256 } from '#host/base';
import type { CommandContext } from '../command.ts';
import { formatBytes, formatMs } from '../output/format.ts';
import { throwFailure } from '../output/output.ts';
import { failedFinding, type Finding } from './finding.ts';

const TRIAL_SOURCE = `import { defineTool } from 'glovebox';
export default defineTool({ async run(input) { return { twice: input.value * 2 }; } });`;

const TRIAL_INPUT_SCHEMA = '{"type":"object","properties":{"value":{"type":"number"}},"required":["value"]}';

/** Runs the trial tool and looks at the processes that ran it. */
export async function examineJail(sandbox: Sandbox, context: CommandContext): Promise<readonly Finding[]> {
  const trial = await examineTrialRun(sandbox, context);
  if (trial.verdict === 'failed') return [trial];
  return [trial, ...(await examineWalls(sandbox.stats().children))];
}

async function examineTrialRun(sandbox: Sandbox, { clock, principal, stopping }: CommandContext): Promise<Finding> {
  const what = 'trial run';
  const { tenant } = principal;
  try {
    const started = clock.elapsed();
    const { script } = await sandbox.compile({ tenant, entry: 'tool.ts', files: { 'tool.ts': TRIAL_SOURCE } });
    const { validators } = await sandbox.compileSchemas({ tenant, inputSchema: TRIAL_INPUT_SCHEMA });
    const made = clock.elapsed();
    const artifact = { digest: sha256(script), tool: 'doctor_trial', script, validators, context: '{}' };
    const run = (): Promise<RunOutcome> => runTrial(sandbox, artifact, { clock, principal, stopping });
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
  { clock, principal, stopping }: Pick<CommandContext, 'clock' | 'principal' | 'stopping'>,
): Promise<RunOutcome> {
  const clockMs = clock.now();
  return sandbox.run({
    runId: createId('run', clockMs),
    tenant: principal.tenant,
    artifact,
    limits: DEFAULT_LIMITS,
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
interface Walls {
  /** Cells run without JIT, workshops cannot. */
  readonly isCell: boolean;
  readonly noNewPrivileges: boolean;
  readonly dataBytes: number;
  readonly permission: boolean;
  /** Names of its environment's variables. */
  readonly environment: readonly string[];
}

async function examineWalls(children: readonly number[]): Promise<readonly Finding[]> {
  const walls = (await Promise.all(children.map(readWalls))).filter((each) => each !== undefined);
  if (walls.length === 0) {
    return [{ what: 'walls', verdict: 'warning', detail: 'the kernel does not tell which limits its processes have' }];
  }
  const cells = walls.filter((each) => each.isCell);
  const workshops = walls.filter((each) => !each.isCell);
  const everyChild = (holds: (each: Walls) => boolean): Finding['verdict'] => (walls.every(holds) ? 'ok' : 'warning');
  return [
    {
      what: 'kernel limits',
      verdict: everyChild((each) => Number.isFinite(each.dataBytes)),
      detail: `writable memory: ${memoryText(cells)} per cell, ${memoryText(workshops)} per workshop`,
    },
    {
      what: 'no new privileges',
      verdict: everyChild((each) => each.noNewPrivileges),
      detail: 'set by the launcher right after the parent-death signal, or the process would not have started',
    },
    { what: 'permission model', verdict: everyChild((each) => each.permission), detail: 'Node’s own tripwire' },
    {
      what: 'environment',
      verdict: everyChild((each) => !each.environment.some((name) => HOST_VARIABLES.has(name))),
      detail: `all a jailed process sees: ${walls[0]?.environment.join(', ') ?? ''}`,
    },
  ];
}

/** The largest limit among processes of a kind. */
function memoryText(walls: readonly Walls[]): string {
  if (walls.length === 0) return 'not seen';
  const most = Math.max(...walls.map((each) => each.dataBytes));
  return Number.isFinite(most) ? `at most ${formatBytes(most)}` : 'no limit';
}

async function readWalls(pid: number): Promise<Walls | undefined> {
  try {
    const [status, limits, command, environment] = await Promise.all(
      ['status', 'limits', 'cmdline', 'environ'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')),
    );
    const data = /^Max data size\s+(\S+)/m.exec(limits ?? '')?.[1];
    const args = (command ?? '').split('\0');
    return {
      isCell: args.includes('--jitless'),
      noNewPrivileges: /^NoNewPrivs:\s+1$/m.test(status ?? ''),
      dataBytes: data === undefined || data === 'unlimited' ? Number.POSITIVE_INFINITY : Number(data),
      permission: args.includes('--permission'),
      environment: [...(environment ?? '').matchAll(/([^=\0]+)=[^\0]*/g)].map((match) => match[1] ?? ''),
    };
  } catch {
    return undefined;
  }
}
