// The `host` object a tool gets: fresh for each run, frozen, made of closures.

import type { ClientFeatures } from '../../sdk/types.ts';
import { issueError } from '../failures.ts';
import { isObject, JSON, Number, Object, RangeError, Reflect, String } from '../primordials.ts';
import { type Calls, missingGrant } from './calls.ts';
import type { Content } from './content.ts';
import { isLevel, type Log } from './log.ts';
import type { Progress } from './progress.ts';
import { createQuestions } from './questions.ts';

/** What the parts of a run give to its `host`. */
export interface HostParts {
  /** JSON text. */
  readonly context: string;
  readonly client: ClientFeatures;
  readonly grants: readonly string[];
  readonly log: Log;
  readonly progress: Progress;
  readonly content: Content;
  readonly calls: Calls;
}

/** The host object of a run. */
export function createHost(parts: HostParts): object {
  const { calls, content, grants, log, progress } = parts;
  const host = {
    __proto__: createRefusals(grants),
    get context(): unknown {
      return readContext();
    },
    log(...values: readonly unknown[]): void {
      const [first, ...rest] = values;
      if (rest.length > 0 && isLevel(first)) log(first, rest);
      else log('info', values);
    },
    progress,
    content: Object.freeze(content.add),
    fail(message: unknown, data?: unknown): never {
      throw toolFailure(message, data);
    },
    sleep: async (ms: unknown): Promise<void> => {
      if (typeof ms !== 'number' || !Number.isFinite(ms) || ms < 0) {
        throw new RangeError('host.sleep(ms) takes a number of milliseconds, 0 or more');
      }
      await calls.call('time.sleep', { ms });
    },
    call: async (capability: unknown, args?: unknown): Promise<unknown> => calls.call(nameOf(capability), args),
    client: Object.freeze(parts.client),
    background: async (): Promise<void> => {
      if (grants.includes('task.background')) await calls.call('task.background', null);
    },
    ...createGranted(calls, grants),
  };
  const readContext = createContextReader(parts.context);
  return Object.freeze(host);
}

function nameOf(capability: unknown): string {
  if (typeof capability === 'string') return capability;
  throw issueError({ code: 'GRANT_MISSING', message: 'host.call(capability, args) takes the name of a capability' });
}

/** What `host.fail` ends the run with. */
function toolFailure(message: unknown, data: unknown): Error {
  const text = typeof message === 'string' ? message : 'the tool failed';
  const copy: unknown = data === undefined ? undefined : JSON.parse(dataText(data));
  return issueError({ code: 'TOOL_FAILED', message: text.slice(0, MAX_MESSAGE), data: copy });
}

const MAX_MESSAGE = 4000;
const MAX_DATA = 16_384;

function dataText(data: unknown): string {
  const text = JSON.stringify(data) ?? 'null';
  if (text.length <= MAX_DATA) return text;
  return JSON.stringify(`(data of ${String(text.length)} characters, more than ${MAX_DATA})`);
}

/** Parses and freezes the context when it is first asked for. */
function createContextReader(text: string): () => unknown {
  let context: unknown;
  let isParsed = false;
  return () => {
    if (!isParsed) {
      context = deepFreeze(JSON.parse(text));
      isParsed = true;
    }
    return context;
  };
}

function deepFreeze(value: unknown): unknown {
  if (!isObject(value)) return value;
  for (const key of Reflect.ownKeys(value)) deepFreeze(Reflect.get(value, key));
  return Object.freeze(value);
}

/** What only some tools have. */
function createGranted(calls: Calls, grants: readonly string[]): object {
  if (grants.length === 0) return {};
  const { ask, sample, roots } = createQuestions(calls);
  const change = async (topic: unknown, name: unknown, shown: boolean): Promise<unknown> =>
    calls.call('listing.change', { topic, name, shown });
  const listing = Object.freeze({
    show: async (topic: unknown, name: unknown) => change(topic, name, true),
    hide: async (topic: unknown, name: unknown) => change(topic, name, false),
  });
  const updated = async (uri: unknown): Promise<void> => void (await calls.call('resource.notify', { uri }));
  return {
    ...(grants.includes('client.ask') ? { ask } : {}),
    ...(grants.includes('client.sample') ? { sample } : {}),
    ...(grants.includes('client.roots') ? { roots } : {}),
    ...(grants.includes('listing.change') ? { listing } : {}),
    ...(grants.includes('resource.notify') ? { updated } : {}),
  };
}

/**
 * Lets `host.fetch` and its like say which grant is missing, rather than be undefined. A prototype, so that
 * `{ ...host }` does not read them.
 */
function createRefusals(grants: readonly string[]): object {
  const refuse = (name: string, grant: string): never => {
    if (!grants.includes(grant)) throw missingGrant(grant);
    const message = `this version of Glovebox has no host.${name} yet`;
    throw issueError({ code: 'GRANT_MISSING', message, data: { grant } });
  };
  return Object.freeze({
    get ask(): never {
      return refuse('ask', 'client.ask');
    },
    get sample(): never {
      return refuse('sample', 'client.sample');
    },
    get roots(): never {
      return refuse('roots', 'client.roots');
    },
    get listing(): never {
      return refuse('listing', 'listing.change');
    },
    get updated(): never {
      return refuse('updated', 'resource.notify');
    },
    get conversation(): never {
      return refuse('conversation', 'conversation.read');
    },
    get fetch(): never {
      return refuse('fetch', 'net.fetch');
    },
    get kv(): never {
      return refuse('kv', 'kv.read');
    },
    get secret(): never {
      return refuse('secret', 'secret');
    },
    get tools(): never {
      return refuse('tools', 'tool.call');
    },
    get media(): never {
      return refuse('media', 'media.image');
    },
  });
}
