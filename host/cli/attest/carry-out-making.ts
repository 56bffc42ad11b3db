// An attack that must be refused while its tool is made, or reported: held to the place where it says it ends, and to its
// control, which must be published.

import { isDeepStrictEqual } from 'node:util';
import { isCodedError, type CodedError } from '#sandbox';
import { LOCAL_PRINCIPAL as principal } from '#host/base';
import type { Made } from '#host/making';
import type { MakingStep } from '#host/registry';
import type { Arena } from './arena.ts';
import { makeControl, makeEarlier, makeOwn } from './attack-request.ts';
import type { NamedMakingAttack, NamedReportedAttack } from './attack-kinds.ts';
import { attempt, endingOf, mayEndWith, problem, problemsOf, problemUnless, type Ending } from './ending.ts';
import { hasPart } from './has-part.ts';
import type { Problem } from './trial.ts';

const { tenant } = principal;

/** Has a tool made that must be refused, and then its control. */
export async function carryOutRefused(arena: Arena, attack: NamedMakingAttack): Promise<Ending> {
  const { registry } = arena.app;
  await makeEarlier(arena, attack);
  const published = registry.list(tenant);
  const [made, beside] = await Promise.all([
    attempt(makeOwn(arena, attack)),
    problemsOf('neighbour', arena.callBenign()),
  ]);
  if ('value' in made) return endingOf([problem('contained', `${made.value.tool} was published`), ...beside]);
  const { error } = made;
  if (!isCodedError(error)) return endingOf([problem('contained', `an uncoded failure: ${String(error)}`), ...beside]);
  return endingOf(
    [
      ...beside,
      ...problemsOfRefusal(attack, error),
      ...problemUnless(isDeepStrictEqual(registry.list(tenant), published), 'contained', 'a list of tools changed'),
      ...(await problemsOfRecord(arena, error)),
      ...(await problemsOf('reached', assertControlMade(arena, attack))),
    ],
    error.code,
  );
}

/** Has a tool made that is published with findings, and its control, which is published without them. */
export async function carryOutReported(arena: Arena, attack: NamedReportedAttack): Promise<Ending> {
  await makeEarlier(arena, attack);
  const [made, beside] = await Promise.all([makeOwn(arena, attack), problemsOf('neighbour', arena.callBenign())]);
  const control = await makeControl(arena, attack);
  const { reported } = attack.ends;
  const kinds = kindsOf(made);
  const unsaid = reported.filter((kind) => !kinds.includes(kind));
  const anyway = reported.filter((kind) => kindsOf(control).includes(kind));
  return endingOf([
    ...beside,
    ...problemUnless(unsaid.length === 0, 'contained', `not reported: ${unsaid.join()}; but ${kinds.join()}`),
    ...problemUnless(anyway.length === 0, 'reached', `reported of the control as well: ${anyway.join()}`),
  ]);
}

function problemsOfRefusal({ reaches, ends }: NamedMakingAttack, failure: CodedError): readonly Problem[] {
  const { code, message, data } = failure;
  const { report, ...place } = data ?? {};
  const last = (report as readonly MakingStep[] | undefined)?.at(-1);
  return [
    ...problemUnless(
      last?.step === reaches && last.verdict === 'failed',
      'reached',
      `it was refused at the step ${last?.step ?? 'before all steps'} with ${code}: ${message}`,
    ),
    ...problemUnless(hasPart(place, ends.at ?? {}), 'reached', `the fault was said to be at ${JSON.stringify(place)}`),
    ...problemUnless(mayEndWith(ends, code), 'contained', `it ended with ${code}: ${message}`),
  ];
}

async function problemsOfRecord({ app: { ledger } }: Arena, { code }: CodedError): Promise<readonly Problem[]> {
  const [row] = await ledger.makings(tenant, { limit: 1 });
  const isTold = row?.verdict === 'failed' && row.failure?.code === code;
  return problemUnless(isTold, 'contained', 'the ledger does not tell of it');
}

async function assertControlMade(arena: Arena, attack: NamedMakingAttack): Promise<void> {
  try {
    await makeControl(arena, attack);
  } catch (error) {
    throw new Error(`its control was not made: ${String(error)}`, { cause: error });
  }
}

function kindsOf({ report }: Made): readonly string[] {
  return report.flatMap(({ findings = [] }) => findings.map(({ kind }) => kind));
}
