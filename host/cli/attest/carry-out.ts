// Carries an attack out on the real paths, beside a benign call, and holds it to what it says of itself.

import type { NamedAttack } from '#sandbox';
import { systemClock } from '#host/base';
import type { Arena } from './arena.ts';
import { isCall, isExchange, isReported } from './attack-kinds.ts';
import { carryOutCall } from './carry-out-call.ts';
import { carryOutExchange } from './carry-out-exchange.ts';
import { carryOutRefused, carryOutReported } from './carry-out-making.ts';
import { attempt, endingOf, problem, problemsOf, problemUnless, type Ending } from './ending.ts';
import { watchHost } from './host-watch.ts';
import { CHECKS, type Check, type Trial } from './trial.ts';
import { wallOf } from './wall.ts';

/** Does what the attack says; then looks whether anybody else has noticed, and whether it is over. */
export async function carryOut(arena: Arena, attack: NamedAttack): Promise<Trial> {
  const { sandbox } = arena.app;
  const started = systemClock.elapsed();
  const killedBefore = sandbox.stats().cellsKilled;
  const sizes = arena.processes.sizes();
  using host = watchHost();
  const { code, problems } = await carryOutWhole(arena, attack);
  const hostFault = host.end();
  const all = [
    ...problems,
    ...(await problemsOf('neighbour', arena.callBenign())),
    ...problemUnless(hostFault === undefined, 'host', hostFault ?? ''),
    ...(await problemsOf('disposed', arena.processes.assertNoOrphan())),
    ...(await problemsOf(
      'disposed',
      arena.processes.assertReleased(sizes, () => carryOutWhole(arena, attack)),
    )),
  ];
  const failed = new Set(all.map(({ check }) => check));
  const { group, name, aim, reaches } = attack;
  const ending = { killed: sandbox.stats().cellsKilled > killedBefore, ...(code === undefined ? {} : { code }) };
  return {
    group,
    name,
    aim,
    reaches,
    ...(code === undefined ? {} : { code }),
    ...(failed.has('reached') || failed.has('contained') ? {} : { wall: wallOf(attack, ending) }),
    checks: Object.fromEntries(CHECKS.map((check) => [check, !failed.has(check)])) as Record<Check, boolean>,
    problems: all,
    ms: Math.round(systemClock.elapsed() - started),
  };
}

/** Where something stands in its way, it was not reached. */
async function carryOutWhole(arena: Arena, attack: NamedAttack): Promise<Ending> {
  const ended = await attempt(carryOutKind(arena, attack));
  if ('value' in ended) return ended.value;
  return endingOf([problem('reached', `it was not carried out: ${String(ended.error)}`)]);
}

function carryOutKind(arena: Arena, attack: NamedAttack): Promise<Ending> {
  if (isExchange(attack)) return carryOutExchange(arena, attack);
  if (isCall(attack)) return carryOutCall(arena, attack);
  if (isReported(attack)) return carryOutReported(arena, attack);
  return carryOutRefused(arena, attack);
}
