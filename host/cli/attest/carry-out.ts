// Carries an attack out on the real paths, beside a benign call, and holds it to what it says of itself.

import { isDeepStrictEqual } from 'node:util';
import { isCodedError, REACHED, type NamedAttack } from '#sandbox';
import { LOCAL_PRINCIPAL as principal, systemClock } from '#host/base';
import type { ToolCallResult } from '#host/calling';
import type { MakingStep } from '#host/registry';
import type { Arena } from './arena.ts';
import { callTool, isCall, makeTool } from './attack-request.ts';
import { watchHost } from './host-watch.ts';
import { CHECKS, type Check, type Problem, type Trial } from './trial.ts';
import { wallOf } from './wall.ts';

const { tenant } = principal;

/** How an attack ended: the code, if there is one, and what is not as it must be. */
interface Ended {
  readonly code?: string;
  readonly problems: readonly Problem[];
}

/** Tries to make the tool, and calls it where the attack is a call; then looks whether anybody else has noticed. */
export async function carryOut(arena: Arena, attack: NamedAttack): Promise<Trial> {
  const { sandbox } = arena.app;
  const started = systemClock.elapsed();
  const killedBefore = sandbox.stats().cellsKilled;
  using host = watchHost();
  const { code, problems } = await (isCall(attack) ? carryOutCall(arena, attack) : carryOutMaking(arena, attack));
  const hostFault = host.end();
  const all = [
    ...problems,
    ...(await problemsOf('neighbour', arena.callBenign())),
    ...problemUnless(hostFault === undefined, 'host', hostFault ?? ''),
    ...(await problemsOf('disposed', arena.assertNoOrphan())),
  ];
  const failed = new Set(all.map(({ check }) => check));
  const { group, name, aim, reaches } = attack;
  const wall = wallOf(attack, { killed: sandbox.stats().cellsKilled > killedBefore, ...codeOf(code) });
  return {
    group,
    name,
    aim,
    reaches,
    ...codeOf(code),
    ...(failed.has('reached') || failed.has('contained') ? {} : { wall }),
    checks: Object.fromEntries(CHECKS.map((check) => [check, !failed.has(check)])) as Record<Check, boolean>,
    problems: all,
    ms: Math.round(systemClock.elapsed() - started),
  };
}

async function carryOutMaking(arena: Arena, attack: NamedAttack): Promise<Ended> {
  const { registry, ledger } = arena.app;
  const published = registry.list(tenant);
  const [made, beside] = await Promise.all([attempt(makeTool(arena, attack)), benignBeside(arena)]);
  if ('value' in made) return ended([problem('contained', `${made.value.tool} was published`), ...beside]);
  const { error } = made;
  if (!isCodedError(error)) return ended([problem('contained', `an uncoded failure: ${String(error)}`), ...beside]);
  const last = lastStepOf(error.data);
  const [row] = await ledger.makings(tenant, { limit: 1 });
  return ended(
    [
      ...beside,
      ...problemUnless(
        last?.step === attack.reaches && last.verdict === 'failed',
        'reached',
        `it was refused at the step ${last?.step ?? 'before all steps'} with ${error.code}: ${error.message}`,
      ),
      ...problemUnless(endsWith(attack, error.code), 'contained', `it ended with ${error.code}: ${error.message}`),
      ...problemUnless(isDeepStrictEqual(registry.list(tenant), published), 'contained', 'a list of tools changed'),
      ...problemUnless(
        row?.verdict === 'failed' && row.failure?.code === error.code,
        'contained',
        'the ledger does not tell of it',
      ),
    ],
    error.code,
  );
}

async function carryOutCall(arena: Arena, attack: NamedAttack): Promise<Ended> {
  const made = await attempt(makeTool(arena, attack));
  if ('error' in made) return ended([problem('reached', `its tool was not made: ${String(made.error)}`)]);
  const { tool, digest } = made.value;
  const [called, beside] = await Promise.all([attempt(callTool(arena, attack, tool)), benignBeside(arena)]);
  if ('error' in called) return ended([problem('reached', `it was not called: ${String(called.error)}`), ...beside]);
  const result = called.value;
  const version = await arena.app.registry.get(tenant, tool);
  const code = result.ok ? undefined : result.failure.code;
  return ended(
    [
      ...beside,
      ...problemsOfResult(attack, result),
      ...(await problemsOfRecord(arena, attack, result)),
      ...problemUnless(version.digest === digest, 'contained', 'its version is no more what was made'),
    ],
    code,
  );
}

function problemsOfResult(attack: NamedAttack, result: ToolCallResult): readonly Problem[] {
  if (result.ok) {
    const gained = JSON.stringify(result.output)?.slice(0, MAX_DETAIL);
    return problemUnless(isDeepStrictEqual({ output: result.output }, attack.ends), 'contained', `it gained ${gained}`);
  }
  const { code, message } = result.failure;
  return problemUnless(endsWith(attack, code), 'contained', `it ended with ${code}: ${message}`);
}

/** The ledger must tell what the caller was told, and whether the attack's own code ran. */
async function problemsOfRecord(
  { app: { ledger } }: Arena,
  attack: NamedAttack,
  result: ToolCallResult,
): Promise<readonly Problem[]> {
  const record = await ledger.getRun(tenant, result.runId);
  const verdict = result.ok ? 'ok' : 'failed';
  const code = result.ok ? undefined : result.failure.code;
  const ran = record.logs.some(({ text }) => text === REACHED);
  return [
    ...problemUnless(record.verdict === verdict && record.failure?.code === code, 'contained', 'the ledger disagrees'),
    ...problemUnless(ran === (attack.reaches !== 'input'), 'reached', ran ? 'its code ran' : 'its code never ran'),
  ];
}

function benignBeside(arena: Arena): Promise<readonly Problem[]> {
  return problemsOf('neighbour', arena.callBenign());
}

/** Longest excerpt of what an attack said. */
const MAX_DETAIL = 500;

async function attempt<T>(work: Promise<T>): Promise<{ readonly value: T } | { readonly error: unknown }> {
  try {
    return { value: await work };
  } catch (error) {
    return { error };
  }
}

function lastStepOf(data: Readonly<Record<string, unknown>> | undefined): MakingStep | undefined {
  return (data?.['report'] as readonly MakingStep[] | undefined)?.at(-1);
}

function endsWith({ ends }: NamedAttack, code: string): boolean {
  return 'codes' in ends && ends.codes.includes(code);
}

function ended(problems: readonly Problem[], code?: string): Ended {
  return { problems, ...codeOf(code) };
}

function codeOf(code: string | undefined): { readonly code?: string } {
  return code === undefined ? {} : { code };
}

function problem(check: Check, detail: string): Problem {
  return { check, detail: detail.slice(0, MAX_DETAIL) };
}

function problemUnless(holds: boolean, check: Check, detail: string): readonly Problem[] {
  return holds ? [] : [problem(check, detail)];
}

/** The problem of a check that throws. */
async function problemsOf(check: Check, work: Promise<void>): Promise<readonly Problem[]> {
  const result = await attempt(work);
  return 'error' in result ? [problem(check, String(result.error))] : [];
}
