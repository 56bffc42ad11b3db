// `host.sample`: the client's model continues a conversation the tool wrote.

import { checkPart, type ContentPart, type Json } from '#sandbox';
import type { Question } from '../types.ts';
import { askInvalid, isRecord, readList, readNumber, readRecord, readText } from './arguments.ts';

const MAX_MESSAGES = 100;
const MAX_PARTS = 100;
const MAX_CHARACTERS = 512 * 1024;
const MAX_TOKENS = 1_000_000;
const MAX_NAME = 200;
const KEYS = [
  'key',
  'messages',
  'maxTokens',
  'systemPrompt',
  'temperature',
  'stopSequences',
  'modelPreferences',
] as const;

/** The question `host.sample` puts. @throws ASK_INVALID */
export function readSample(args: unknown, key: string): Question {
  const given = readRecord(args, 'the request', KEYS);
  const messages = readList(given['messages'], 'messages', MAX_MESSAGES) ?? [];
  if (messages.length === 0) throw askInvalid('there are no messages');
  const maxTokens = readNumber(given['maxTokens'], 'maxTokens', { from: 1, to: MAX_TOKENS, whole: true });
  if (maxTokens === undefined) throw askInvalid('maxTokens is missing');
  const params = { messages: messages.map(readMessage), maxTokens, ...readOptions(given) };
  const characters = JSON.stringify(params).length;
  if (characters > MAX_CHARACTERS) {
    throw askInvalid(`the request has ${characters} characters, over the ${MAX_CHARACTERS} there may be`);
  }
  return { key, request: { method: 'sampling/createMessage', params }, readAnswer: readCompletion };
}

function readMessage(value: unknown, index: number): object {
  const where = `message ${index + 1}`;
  const { role, content } = readRecord(value, where, ['role', 'content']);
  if (role !== 'user' && role !== 'assistant')
    throw askInvalid(`the role of ${where} is neither "user" nor "assistant"`);
  const part = typeof content === 'string' ? { type: 'text', text: content } : content;
  const read = readPart(part);
  if (read === undefined) throw askInvalid(`the content of ${where} is not text, an image or audio`);
  return { role, content: read };
}

function readOptions(given: Readonly<Record<string, unknown>>): object {
  const { systemPrompt, stopSequences, modelPreferences } = given;
  const temperature = readNumber(given['temperature'], 'temperature', { from: 0, to: 10 });
  const stops = readList(stopSequences, 'stopSequences', 16)?.map((stop) =>
    readText(stop, 'a stop sequence', MAX_NAME),
  );
  return {
    ...(systemPrompt === undefined ? {} : { systemPrompt: readText(systemPrompt, 'systemPrompt', MAX_CHARACTERS) }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(stops === undefined ? {} : { stopSequences: stops }),
    ...(modelPreferences === undefined ? {} : { modelPreferences: readPreferences(modelPreferences) }),
  };
}

const PRIORITIES = ['costPriority', 'speedPriority', 'intelligencePriority'] as const;

function readPreferences(value: unknown): object {
  const given = readRecord(value, 'modelPreferences', ['hints', ...PRIORITIES]);
  const hints = readList(given['hints'], 'hints', 10)?.map((hint) => {
    const { name } = readRecord(hint, 'a hint', ['name']);
    return { name: readText(name, 'the name of a hint', MAX_NAME) };
  });
  const preferences: Record<string, unknown> = hints === undefined ? {} : { hints };
  for (const name of PRIORITIES) {
    const priority = readNumber(given[name], name, { from: 0, to: 1 });
    if (priority !== undefined) preferences[name] = priority;
  }
  return preferences;
}

function readCompletion(said: unknown): Json | undefined {
  if (!isRecord(said)) return undefined;
  const { role, model, stopReason } = said;
  if ((role !== 'user' && role !== 'assistant') || !isName(model)) return undefined;
  if (stopReason !== undefined && !isName(stopReason)) return undefined;
  const content = readSaid(said['content']);
  if (content === undefined) return undefined;
  return { role, content: { ...content }, model, ...(stopReason === undefined ? {} : { stopReason }) };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_NAME;
}

/** What a model said: a part, or several texts as one. */
function readSaid(value: unknown): ContentPart | undefined {
  if (!Array.isArray(value)) return readPart(value);
  if (value.length === 0 || value.length > MAX_PARTS) return undefined;
  const parts = value.map(readPart);
  if (parts.length === 1) return parts[0];
  const texts = parts.map((part) => (part?.type === 'text' ? part.text : undefined));
  return texts.includes(undefined) ? undefined : { type: 'text', text: texts.join('') };
}

/** A part for a model's eyes and ears, rebuilt. */
function readPart(value: unknown): ContentPart | undefined {
  try {
    const part = checkPart(value);
    return part.type === 'text' || part.type === 'image' || part.type === 'audio' ? part : undefined;
  } catch {
    return undefined;
  }
}
