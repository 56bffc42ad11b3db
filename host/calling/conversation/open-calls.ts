// The calls a suspended run waits for, and the client's answers as they come in.

import type { JournalEntry, WaitingCall } from '#sandbox';
import type { Capabilities, ClientRequest, Question } from '#host/capabilities';

/** A call a suspended run waits for, with its answer once there is one: JSON text. */
export type OpenCall = WaitingCall & { readonly value?: string };

/** Holds an image or two; a journal of such answers still fits into a row. */
const MAX_ANSWER_CHARACTERS = 1024 * 1024;

/** The answer to a question as JSON text; undefined when what the client said does not fit. */
export function answerText(question: Question, said: unknown): string | undefined {
  const answer = question.readAnswer(said);
  const text = answer === undefined ? undefined : JSON.stringify(answer);
  return text === undefined || text.length > MAX_ANSWER_CHARACTERS ? undefined : text;
}

/** The calls with those answers that fit one; what fits none is left out. */
export function takeAnswers(
  open: readonly OpenCall[],
  answers: Readonly<Record<string, unknown>>,
  name: string,
  capabilities: Capabilities,
): readonly OpenCall[] {
  return open.map((call) => {
    if (call.value !== undefined) return call;
    const question = capabilities.readQuestion(call, name);
    const value = Object.hasOwn(answers, question.key) ? answerText(question, answers[question.key]) : undefined;
    return value === undefined ? call : { ...call, value };
  });
}

/** Whether no call waits any more. */
export function areAnswered(open: readonly OpenCall[]): boolean {
  return open.every(({ value }) => value !== undefined);
}

/** The questions that have no answer yet, by key. */
export function requestsOf(
  open: readonly OpenCall[],
  name: string,
  capabilities: Capabilities,
): Readonly<Record<string, ClientRequest>> {
  const questions = open
    .filter(({ value }) => value === undefined)
    .map((call) => capabilities.readQuestion(call, name));
  return Object.fromEntries(questions.map(({ key, request }) => [key, request]));
}

/** The answers as entries of a journal, in the order the questions were put. */
export function toJournal(open: readonly OpenCall[], clockMs: number): readonly JournalEntry[] {
  return open.flatMap(({ call, capability, args, value }) =>
    value === undefined ? [] : [{ call, capability, args, ok: true, value, clockMs }],
  );
}
