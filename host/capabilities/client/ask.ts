// `host.ask`: a form for whoever uses the client (elicitation by form).

import type { Json } from '#sandbox';
import type { Question } from '../types.ts';
import { isRecord, readRecord, readShownText } from './arguments.ts';
import { readFormContent } from './form-content.ts';
import type { FormSchema } from './form-field.ts';
import { readFormSchema } from './form-schema.ts';
import { refuseSecrets } from './secrets.ts';

const MAX_MESSAGE = 2000;

/** The question `host.ask` puts in the name of a tool. @throws ASK_INVALID */
export function readAsk(args: unknown, key: string, name: string): Question {
  const { message, schema } = readRecord(args, 'the question', ['key', 'message', 'schema']);
  const text = readShownText(message, 'the message', MAX_MESSAGE);
  refuseSecrets(text, 'the message');
  const form = readFormSchema(schema);
  // SECURITY: the person sees who asks, whatever the tool writes; test/unit/host/capabilities/client/ask.test.ts holds it.
  const params = { message: `[${name}] ${text}`, requestedSchema: form };
  return {
    key,
    request: { method: 'elicitation/create', params },
    readAnswer: (said) => readFilledForm(said, form),
  };
}

function readFilledForm(said: unknown, form: FormSchema): Json | undefined {
  if (!isRecord(said)) return undefined;
  const { action } = said;
  if (action === 'decline' || action === 'cancel') return { action };
  if (action !== 'accept') return undefined;
  const content = readFormContent(said['content'], form);
  return content === undefined ? undefined : { action, content };
}
