// An attack that is published and called: held to how each of its calls ends, and to what the ledger tells of it.

import { isDeepStrictEqual } from 'node:util';
import { isCodedError, REACHED, type AttackCall, type CallEnd } from '#sandbox';
import { LOCAL_PRINCIPAL as principal } from '#host/base';
import type { ToolCallResult } from '#host/calling';
import type { Arena } from './arena.ts';
import type { NamedCallingAttack } from './attack-kinds.ts';
import { callTool, makeEarlier, makeOwn } from './attack-request.ts';
import { attempt, endingOf, mayEndWith, problem, problemsOf, problemUnless, type Ending } from './ending.ts';
import type { Problem } from './trial.ts';

const { tenant } = principal;

/** How one of an attack's calls ended. */
interface CallEnding extends Ending {
  /** Whether the attack's own code ran; undefined of a call that was refused before it was a run. */
  readonly ran?: boolean;
}

/** Makes the tool, and calls it as often as the attack says. */
export async function carryOutCall(arena: Arena, attack: NamedCallingAttack): Promise<Ending> {
  await makeEarlier(arena, attack);
  const { tool, digest } = await makeOwn(arena, attack);
  const [endings, beside] = await Promise.all([
    carryOutCalls(arena, attack, tool),
    problemsOf('neighbour', arena.callBenign()),
  ]);
  const version = await arena.app.registry.get(tenant, tool);
  return endingOf(
    [
      ...beside,
      ...endings.flatMap(({ problems }) => problems),
      ...problemUnless(version.digest === digest, 'contained', 'its version is no more what was made'),
      ...problemUnless(
        endings.some(({ ran }) => ran === (attack.reaches !== 'input')),
        'reached',
        'no call of it got there',
      ),
    ],
    endings.find(({ code }) => code !== undefined)?.code,
  );
}

async function carryOutCalls(arena: Arena, attack: NamedCallingAttack, tool: string): Promise<readonly CallEnding[]> {
  const { calls = [{}], together = false } = attack;
  if (together) return Promise.all(calls.map((call) => carryOutOne(arena, attack, call, tool)));
  const endings: CallEnding[] = [];
  for (const call of calls) endings.push(await carryOutOne(arena, attack, call, tool));
  return endings;
}

async function carryOutOne(
  arena: Arena,
  attack: NamedCallingAttack,
  call: AttackCall,
  tool: string,
): Promise<CallEnding> {
  const { ends = attack.ends, hangsUpAfterMs } = call;
  const called = await attempt(callTool(arena, attack, call, tool));
  if ('error' in called) return refusedEnding(ends, called.error);
  const result = called.value;
  const { logs, isTold } = await findRecord(arena, result);
  const ran = logs.some(({ text }) => text === REACHED);
  return {
    ran,
    ...endingOf(
      [
        ...problemsOfResult(ends, result),
        ...problemUnless(isTold, 'contained', 'the ledger disagrees'),
        ...problemUnless(
          ran === (attack.reaches !== 'input') || hangsUpAfterMs !== undefined,
          'reached',
          ran ? 'its code ran' : 'its code never ran',
        ),
      ],
      result.ok ? undefined : result.failure.code,
    ),
  };
}

/** A call that was refused before it was a run, as one of a crowd may be. */
function refusedEnding(ends: CallEnd, error: unknown): Ending {
  if (!isCodedError(error)) return endingOf([problem('contained', `an uncoded failure: ${String(error)}`)]);
  const { code } = error;
  return endingOf(problemUnless(mayEndWith(ends, code), 'reached', `it was not called: ${String(error)}`), code);
}

function problemsOfResult(ends: CallEnd, result: ToolCallResult): readonly Problem[] {
  if (result.ok) {
    const gained = JSON.stringify(result.output) ?? 'nothing';
    return problemUnless(isDeepStrictEqual({ output: result.output }, ends), 'contained', `it gained ${gained}`);
  }
  const { code, message } = result.failure;
  return problemUnless(mayEndWith(ends, code), 'contained', `it ended with ${code}: ${message}`);
}

/** What the ledger tells of a run, and whether that is what the caller was told. */
async function findRecord(
  { app: { ledger } }: Arena,
  result: ToolCallResult,
): Promise<{ readonly logs: readonly { readonly text: string }[]; readonly isTold: boolean }> {
  const { logs, verdict, failure } = await ledger.getRun(tenant, result.runId);
  const isTold = result.ok ? verdict === 'ok' : verdict === 'failed' && failure?.code === result.failure.code;
  return { logs, isTold };
}
