// The three questions a client can be asked: what each is called, what it takes of the client, how it is read.

import type { ClientFeatures, HostCall } from '#sandbox';
import { hostError } from '#host/base';
import type { Question } from '../types.ts';
import { askInvalid, isRecord } from './arguments.ts';
import { readAsk } from './ask.ts';
import { readRoots } from './roots.ts';
import { readSample } from './sample.ts';

/** One kind of question. */
export interface QuestionKind {
  /** What the client must have declared, in the host's word and in the protocol's. */
  readonly feature: keyof ClientFeatures;
  readonly required: Readonly<Record<string, unknown>>;
  /** @throws ASK_INVALID */
  read(args: unknown, key: string, name: string): Question;
}

/** Capability → kind. */
export const QUESTIONS: Readonly<Record<string, QuestionKind>> = {
  'client.ask': { feature: 'ask', required: { elicitation: { form: {} } }, read: readAsk },
  'client.sample': { feature: 'sample', required: { sampling: {} }, read: readSample },
  'client.roots': { feature: 'roots', required: { roots: {} }, read: readRoots },
};

const KEY = /^[A-Za-z0-9_.-]{1,64}$/;

/** The question a call is, in the name of a tool; undefined when it is none. @throws ASK_INVALID */
export function findQuestion(
  { call, capability, args: text }: Pick<HostCall, 'call' | 'capability' | 'args'>,
  name: string,
): Question | undefined {
  const kind = QUESTIONS[capability];
  if (kind === undefined) return undefined;
  const args: unknown = JSON.parse(text);
  const key = (isRecord(args) ? args['key'] : undefined) ?? `input_${call}`;
  if (typeof key !== 'string' || !KEY.test(key) || key === '__proto__') {
    throw askInvalid('a key is 1 to 64 letters, digits, "_", "." or "-"');
  }
  return kind.read(args, key, name);
}

/** @throws CLIENT_UNSUPPORTED when the client did not say it can answer questions of this kind */
export function assertSupported(capability: string, client: ClientFeatures | undefined): void {
  const kind = QUESTIONS[capability];
  if (kind === undefined || client?.[kind.feature] === true) return;
  const names = Object.keys(kind.required).join(', ');
  throw clientUnsupported(`the tool needs a client that declares ${names}, and this one does not`, kind.required);
}

/** The refusal of a client that lacks what a tool needs, in the protocol's words. */
export function clientUnsupported(message: string, requiredCapabilities: Readonly<Record<string, unknown>>): Error {
  return hostError('CLIENT_UNSUPPORTED', message, { requiredCapabilities });
}
