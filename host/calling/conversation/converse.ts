// One turn of a conversation: a call begins or goes on, and ends in a result, in questions, or in the background.
//
// To go on is to execute again: the version that asked, from its start, with the same input, seed and clock, and with the
// answers it had and got. The jail holds it to the questions it put (RUN_DIVERGED).
//
// SECURITY: a state continues one run once. Its row is taken before anything runs, and comes back only if nothing ran.
// test/integration/conversations.test.ts holds it.

import { isCodedError, type ClientFeatures, type WaitingCall } from '#sandbox';
import { sha256 } from '#host/base';
import { assertSupported } from '#host/capabilities';
import {
  begin,
  execute,
  isSuspended,
  type Beginning,
  type Executed,
  type ExecuteDeps,
  type SuspendedOutcome,
} from '../execute.ts';
import { assertSame, type Subject } from '../subject.ts';
import type { CallBase, Conversation, InputRequired } from '../types.ts';
import { areAnswered, requestsOf, takeAnswers, toJournal } from './open-calls.ts';
import type { StateBinding } from './request-state.ts';
import { journalText, type Suspension, type Suspensions } from './suspensions.ts';

/** A call that may be a conversation. */
export interface Turn {
  readonly call: CallBase & Conversation;
  /** What is called, in the words of the call: a state is bound to it. */
  readonly target: string;
  /** JSON text. */
  readonly input: string;
  /** The subject: that of the call, or the version a suspended run is one of. */
  find(version?: number): Promise<Subject>;
}

/** How a conversation begins and goes on. */
export type ConversationBeginning = Beginning & { readonly client: ClientFeatures };

/** A run that wants to go on in the background. */
export interface ToBackground {
  readonly kind: 'background';
  readonly subject: Subject;
  /** How it goes on there: with what it was told, and with its wish granted. */
  readonly beginning: ConversationBeginning;
}

/** What a turn came to. */
export type TurnEnd =
  | { readonly kind: 'ended'; readonly subject: Subject; readonly executed: Executed }
  | ToBackground
  | InputRequired;

/** What conversing needs. */
export interface ConverseDeps extends ExecuteDeps {
  readonly suspensions: Suspensions;
}

/** Begins a call, or continues the one its state names. @throws see {@link Caller.converse} */
export async function converse(turn: Turn, deps: ConverseDeps): Promise<TurnEnd> {
  const { client, state, answers } = turn.call;
  if (state === undefined) {
    const attempt = { turn, subject: await turn.find(), beginning: { ...begin(deps.clock), client } };
    return run(answers === undefined ? attempt : { ...attempt, answers }, deps);
  }
  return goOn(turn, state, deps);
}

/** Refusals of a run that did not start. Anything else may have left its mark, and is not tried again. */
const NOT_STARTED = new Set(['HOST_BUSY', 'HOST_STOPPING', 'RUN_CANCELLED', 'TOOL_QUARANTINED']);

function bindingOf({ call: { principal }, target, input }: Turn): StateBinding {
  return { principal, target, inputDigest: sha256(input) };
}

async function goOn(turn: Turn, state: string, deps: ConverseDeps): Promise<TurnEnd> {
  const { capabilities, suspensions, clock } = deps;
  const suspension = await suspensions.take(state, bindingOf(turn));
  let unused: Suspension | undefined = suspension;
  try {
    const subject = assertSame(await turn.find(suspension.version), suspension);
    const open = takeAnswers(suspension.open, turn.call.answers ?? {}, subject.name, capabilities);
    const { runId, seed, clockMs, client } = suspension;
    const journal = [...suspension.journal, ...toJournal(open, clock.now())];
    // Refused here, an answer too many can still be given shorter.
    journalText(journal);
    if (!areAnswered(open)) {
      unused = { ...suspension, open };
      for (const { capability, value } of open) if (value === undefined) assertSupported(capability, turn.call.client);
      return { kind: 'input-required', runId, requests: requestsOf(open, subject.name, capabilities), state };
    }
    unused = undefined;
    return await run({ turn, subject, beginning: { seed, clockMs, client, journal, continues: runId } }, deps);
  } catch (error) {
    if (isCodedError(error) && NOT_STARTED.has(error.code)) unused = suspension;
    throw error;
  } finally {
    if (unused !== undefined) await suspensions.putBack(unused);
  }
}

/** One execution of a turn. */
interface Attempt {
  readonly turn: Turn;
  readonly subject: Subject;
  readonly beginning: ConversationBeginning;
  readonly answers?: NonNullable<Conversation['answers']>;
}

async function run({ turn, ...attempt }: Attempt, deps: ConverseDeps): Promise<TurnEnd> {
  const { call, input } = turn;
  const executed = await execute({ ...attempt, call, input, client: call.client }, deps);
  const { runId, outcome } = executed;
  if (!isSuspended(outcome)) return { kind: 'ended', subject: attempt.subject, executed };
  const suspended = { ...attempt, turn, runId, outcome };
  return outcome.waiting.some(isBackground) ? toBackground(suspended, deps) : askClient(suspended, deps);
}

type SuspendedAttempt = Attempt & { readonly runId: string; readonly outcome: SuspendedOutcome };

function isBackground({ capability }: WaitingCall): boolean {
  return capability === 'task.background';
}

/** What it asked besides it asks again there. */
function toBackground({ subject, beginning, runId, outcome }: SuspendedAttempt, { clock }: ConverseDeps): ToBackground {
  const { seed, clockMs, client } = beginning;
  const granted = outcome.waiting.filter(isBackground).map((call) => ({ ...call, value: 'null' }));
  const journal = [...outcome.journal, ...toJournal(granted, clock.now())];
  return { kind: 'background', subject, beginning: { seed, clockMs, client, journal, continues: runId } };
}

async function askClient(
  attempt: SuspendedAttempt,
  { capabilities, suspensions }: ConverseDeps,
): Promise<InputRequired> {
  const { turn, runId, outcome } = attempt;
  const { subject, tenant, name, version, digest } = attempt.subject;
  const { seed, clockMs, client } = attempt.beginning;
  const binding = bindingOf(turn);
  const { principal, inputDigest } = binding;
  const run = { tenant, runId, principal: principal.id, subject, version, digest, inputDigest, seed, clockMs, client };
  const state = await suspensions.keep({ ...run, journal: outcome.journal, open: outcome.waiting }, binding);
  return { kind: 'input-required', runId, requests: requestsOf(outcome.waiting, name, capabilities), state };
}
