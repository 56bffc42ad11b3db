// The prelude's entry point: what the cell calls for each turn of a run.
//
//   start → (answer)* → done | failed        describe → described | failed
//
// SECURITY: the guest never holds `turn` or the host's `post`; both live in closures it has no path to, and after the end
// nothing more is posted. test/unit/sandbox/guest/prelude/attacks.test.ts tries.

import type { ClientFeatures } from '../sdk/types.ts';
import { setClock } from './clock.ts';
import { failureOf, failureText, issueError } from './failures.ts';
import { createMessageBudget, type RunBudgets } from './host/budget.ts';
import { type Calls, createCalls } from './host/calls.ts';
import { createContent, tooMuchOutput, type Content } from './host/content.ts';
import { createHost } from './host/host.ts';
import { createLog } from './host/log.ts';
import { createProgress } from './host/progress.ts';
import { createWire, type Post, type Wire } from './host/wire.ts';
import { Error, isObject, JSON, Reflect } from './primordials.ts';
import { provideConsole } from './provided/console.ts';
import { seedRandom } from './random.ts';
import { exceedsBytes } from './utf8.ts';

/** What the cell says about a run, as JSON text. */
export interface TurnConfig extends RunBudgets {
  /** Epoch milliseconds. */
  readonly clockMs: number;
  /** 32 hex digits. */
  readonly seed: string;
  /** JSON text. */
  readonly context: string;
  readonly grants: readonly string[];
  readonly client: ClientFeatures;
}

/** Evaluates the tool's script and returns its exports. Guest code. */
export type ToolFactory = () => unknown;

/** The arguments of {@link turn}, by operation. */
export type Turn =
  | readonly ['start', Post, configText: string, ToolFactory, inputText: string]
  | readonly ['describe', Post, configText: string, ToolFactory]
  | readonly ['answer', id: number, ok: boolean, text: string, clockMs: number];

let calls: Calls | undefined;

/** One turn. Returns as soon as the guest waits; the end comes as a post. */
export function turn(...args: Turn): void {
  switch (args[0]) {
    case 'start':
      return start(args[1], args[2], args[3], args[4]);
    case 'describe':
      return describe(args[1], args[2], args[3]);
    case 'answer':
      setClock(args[4]);
      return calls?.answer(args[1], args[2], args[3]);
  }
}

interface Session {
  readonly config: TurnConfig;
  readonly wire: Wire;
  readonly content: Content;
  readonly host: object;
}

function start(post: Post, configText: string, toolFactory: ToolFactory, inputText: string): void {
  const session = openSession(post, configText);
  void runTool(session, toolFactory, inputText);
}

function describe(post: Post, configText: string, toolFactory: ToolFactory): void {
  const { config, wire } = openSession(post, configText);
  try {
    const { input, output } = definitionOf(toolFactory());
    const text = jsonText('the schemas', { input, output }) ?? '{}';
    if (exceedsBytes(text, config.outputBytes)) throw tooMuchOutput(config.outputBytes);
    wire.end([['described', text]]);
  } catch (thrown) {
    endFailed(wire, thrown);
  }
}

function openSession(post: Post, configText: string): Session {
  if (calls !== undefined) throw new Error('PRELUDE_FAILED: a context takes one run');
  const config = JSON.parse(configText) as TurnConfig;
  setClock(config.clockMs);
  seedRandom(config.seed);
  const wire = createWire(post);
  const budget = createMessageBudget(config.hostCalls);
  const log = createLog(wire, budget, config.logBytes);
  const progress = createProgress(wire, budget);
  const content = createContent(config.outputBytes);
  calls = createCalls(wire, budget, config.hostCalls, config.grants);
  provideConsole(log);
  const { context, grants, client } = config;
  const host = createHost({ context, grants, client, log, progress, content, calls });
  return { config, wire, content, host };
}

async function runTool(session: Session, toolFactory: ToolFactory, inputText: string): Promise<void> {
  const { wire, host } = session;
  try {
    const { definition, run } = definitionOf(toolFactory());
    const result: unknown = await Reflect.apply(run, definition, [JSON.parse(inputText), host]);
    endDone(session, result);
  } catch (thrown) {
    endFailed(wire, thrown);
  }
}

/** Reads a tool's definition; each property once, since a getter may answer differently the next time. */
function definitionOf(exports: unknown): {
  readonly definition: object;
  readonly run: (...args: unknown[]) => unknown;
  readonly input: unknown;
  readonly output: unknown;
} {
  const definition: unknown = isObject(exports) ? Reflect.get(exports, 'default') : undefined;
  if (!isObject(definition))
    throw invalidTool('the tool has no default export; write export default defineTool({ … })');
  const run: unknown = Reflect.get(definition, 'run');
  if (typeof run !== 'function') throw invalidTool('the tool has no run(input, host) function');
  const input: unknown = Reflect.get(definition, 'input');
  const output: unknown = Reflect.get(definition, 'output');
  return { definition, run: run as (...args: unknown[]) => unknown, input, output };
}

/** Posts the content, then the output's JSON text as it is: the cell need not parse megabytes to find it. */
function endDone(session: Session, result: unknown): void {
  const { content, wire } = session;
  const output = result === undefined && content.bytes() > 0 ? CONTENT_ALONE : outputText(session, result);
  wire.end([
    ['content', content.text()],
    ['done', output],
  ]);
}

/** The output of a tool that gave content and returned nothing. No output schema takes it: each wants an object. */
const CONTENT_ALONE = 'null';

function outputText({ config, content }: Session, result: unknown): string {
  const text = jsonText('the result of run', result);
  if (text?.startsWith('{') !== true) {
    const problem = `run must return an object, which becomes the structured result, or nothing beside host.content`;
    throw invalidTool(`${problem}; it returned ${kindOf(result)}`);
  }
  if (exceedsBytes(text, config.outputBytes - content.bytes())) throw tooMuchOutput(config.outputBytes);
  return text;
}

function jsonText(what: string, value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (thrown) {
    throw invalidTool(`${what} cannot be written as JSON: ${failureOf(thrown).message}`);
  }
}

function endFailed(wire: Wire, thrown: unknown): void {
  // Before the thrown value is read: its getters are guest code.
  wire.mute();
  wire.end([['failed', failureText(failureOf(thrown))]]);
}

function invalidTool(message: string): Error {
  return issueError({ code: 'TOOL_INVALID', message });
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'object' ? 'a list or another value that is no JSON object' : typeof value;
}
