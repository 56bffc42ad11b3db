// What one execution may reach: the host calls it is granted, and who answers them.

import type { ClientFeatures, HostReply, RunEvents } from '#sandbox';
import { hostError } from '#host/base';
import type { Capabilities, Question } from '#host/capabilities';
import { answerText } from './conversation/open-calls.ts';
import type { Subject } from './subject.ts';

/** For whom an execution reaches out. */
export interface Reaching {
  readonly subject: Subject;
  /** What the client could do when the call began: what is granted must not change while it goes on. */
  readonly seen?: ClientFeatures;
  /** The client that can be asked now. @default there is none */
  readonly client?: ClientFeatures;
  /** Answers it gave beforehand, by key. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** Whether the run is a task by now: `host.background()` has its wish. @default false */
  readonly inTask?: boolean;
}

/** What an execution is given to reach out with. */
export interface Reach {
  readonly grants: readonly string[];
  readonly hostCall?: NonNullable<RunEvents['hostCall']>;
}

const NOTHING: Reach = { grants: [] };
/** More than a person can be asked at once, and little enough for a reply. */
const MAX_OPEN = 32;

/** What an execution may reach. */
export function reachOf(reaching: Reaching, capabilities: Capabilities): Reach {
  const { subject, seen } = reaching;
  const granted = capabilities.grantedBy(subject.grants);
  const mayGoOn = subject.task?.from === 'background' && seen?.tasks === true;
  if (granted.length === 0 && !mayGoOn) return NOTHING;
  const grants = mayGoOn ? [...granted, 'task.background'] : granted;
  return { grants, hostCall: createHostCall(reaching, capabilities) };
}

function createHostCall(reaching: Reaching, capabilities: Capabilities): NonNullable<RunEvents['hostCall']> {
  const { subject, client, answers = {}, inTask = false } = reaching;
  const { tenant, name, grants } = subject;
  const caller = { tenant, name, grants, ...(client === undefined ? {} : { client }) };
  // By key, the call that has it: a run that starts over in another cell makes the same calls again.
  const open = new Map<string, number>();
  const used = new Map<string, number>();

  function ask(question: Question, call: number): HostReply {
    const { key } = question;
    if ((open.get(key) ?? call) !== call) throw askInvalid(`two open questions have the key "${key}"`);
    const text = Object.hasOwn(answers, key) ? answerText(question, answers[key]) : undefined;
    if (text !== undefined && (used.get(key) ?? call) === call) {
      used.set(key, call);
      return { value: text, sideEffect: false };
    }
    if (!open.has(key) && open.size >= MAX_OPEN) throw askInvalid(`more than ${MAX_OPEN} questions would be open`);
    open.set(key, call);
    return 'suspend';
  }

  return async (call) => {
    const reply = capabilities.reply(call, caller);
    switch (reply.kind) {
      case 'answer':
        return { value: JSON.stringify(reply.value), sideEffect: reply.sideEffect };
      case 'background':
        return inTask || client?.tasks !== true ? { value: 'null', sideEffect: false } : 'suspend';
      case 'question':
        return ask(reply.question, call.call);
    }
  };
}

function askInvalid(problem: string): Error {
  return hostError('ASK_INVALID', `the tool asks for what cannot be asked: ${problem}`);
}
