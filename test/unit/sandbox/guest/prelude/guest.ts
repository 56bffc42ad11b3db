// A guest in this very process: the real prelude, bundled as the jail bundles it, in a real isolate. No cell around it,
// so only for tools that end by themselves.

import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import ivm from 'isolated-vm';

/** What a run posted, in order and by kind. */
export interface GuestRun {
  readonly posts: readonly (readonly [kind: string, text: string])[];
  /** Parsed, when the run ended with `done`. */
  readonly output?: unknown;
  /** Parsed, when it ended with `failed`. */
  readonly failure?: { readonly code: string; readonly message: string; readonly data?: Record<string, unknown> };
  readonly logs: readonly { readonly level: string; readonly text: string }[];
  readonly content: readonly unknown[];
}

/** How the host treats the run. */
export interface GuestOptions {
  readonly input?: unknown;
  readonly context?: unknown;
  readonly clockMs?: number;
  readonly seed?: string;
  readonly grants?: readonly string[];
  readonly client?: Readonly<Record<string, boolean>>;
  readonly outputBytes?: number;
  readonly logBytes?: number;
  readonly hostCalls?: number;
  readonly op?: 'start' | 'describe';
  /** Answers a host call; by default each call is answered with `null`. */
  readonly answer?: (capability: string, args: unknown) => { ok?: boolean; text?: string; clockMs?: number };
}

export const NOON = Date.UTC(2026, 0, 15, 12);

// The launcher does the same for cells; here it must happen before the first isolate formats a date.
process.env['TZ'] = 'UTC';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));

/** The prelude as one classic script. */
export const preludeScript: string = await bundle({
  entryPoints: [`${ROOT}sandbox/guest/prelude/main.ts`],
  globalName: 'program',
  banner: { js: '(() => {' },
  footer: { js: 'return program.default; })();' },
});

/** A tool's module as the workshop compiles it: a script that leaves its exports in `tool`. */
export function compileTool(source: string): Promise<string> {
  return bundle({
    stdin: { contents: source, loader: 'ts', resolveDir: ROOT },
    globalName: 'tool',
    alias: { glovebox: `${ROOT}sandbox/guest/sdk/index.ts` },
  });
}

/** Compiles and runs a tool. */
export async function runTool(source: string, options: GuestOptions = {}): Promise<GuestRun> {
  return runScript(await compileTool(source), options);
}

/** Runs an expression as the whole of `run`: `return { value: <expression> }`. */
export async function evaluate(expression: string, options: GuestOptions = {}): Promise<unknown> {
  const run = await runTool(`export default { async run(input, host) { return { value: ${expression} }; } };`, options);
  if (run.failure !== undefined) throw new Error(`${run.failure.code}: ${run.failure.message}`);
  return (run.output as { readonly value?: unknown }).value;
}

/** Runs a compiled tool in a fresh isolate. */
export async function runScript(script: string, options: GuestOptions = {}): Promise<GuestRun> {
  const isolate = new ivm.Isolate({ memoryLimit: 128 });
  try {
    const context = await isolate.createContext();
    const prelude = await isolate.compileScript(preludeScript, { filename: 'glovebox:prelude' });
    const turn = await prelude.run(context, { reference: true });
    const wrapped = `(function(){"use strict";${script}\nreturn tool;})`;
    const factory = await isolate.compileScript(wrapped, { filename: 'glovebox:tool' });
    const toolFactory = await factory.run(context, { reference: true });
    const posts: [string, string][] = [];
    const post = new ivm.Callback((kind: string, text: string) => void posts.push([kind, text]), { ignored: true });
    const { op = 'start' } = options;
    await turn.apply(undefined, [
      op,
      post,
      configOf(options),
      toolFactory.derefInto(),
      ...(op === 'start' ? [JSON.stringify(options.input ?? {})] : []),
    ]);
    await answerCalls(turn, posts, options);
    return summaryOf(posts);
  } finally {
    isolate.dispose();
  }
}

function configOf(options: GuestOptions): string {
  return JSON.stringify({
    clockMs: options.clockMs ?? NOON,
    seed: options.seed ?? '000102030405060708090a0b0c0d0e0f',
    context: JSON.stringify(options.context ?? {}),
    grants: options.grants ?? [],
    client: options.client ?? { ask: false, sample: false, roots: false, tasks: false },
    outputBytes: options.outputBytes ?? 1024 * 1024,
    logBytes: options.logBytes ?? 64 * 1024,
    hostCalls: options.hostCalls ?? 1000,
  });
}

async function answerCalls(turn: ivm.Reference, posts: [string, string][], options: GuestOptions): Promise<void> {
  for (let at = 0; at <= posts.length; at++) {
    // Callbacks land on this thread in their own tasks.
    await new Promise((resolve) => setImmediate(resolve));
    const [kind, text] = posts[at] ?? [];
    if (kind !== 'call' || text === undefined) continue;
    const call = JSON.parse(text) as { id: number; capability: string; args: string };
    const answer = options.answer?.(call.capability, JSON.parse(call.args)) ?? {};
    const { ok = true, text: value = 'null', clockMs = options.clockMs ?? NOON } = answer;
    await turn.apply(undefined, ['answer', call.id, ok, value, clockMs]);
  }
}

function summaryOf(posts: readonly (readonly [string, string])[]): GuestRun {
  const parsed = (kind: string): unknown[] => {
    return posts.filter((post) => post[0] === kind).map((post): unknown => JSON.parse(post[1]));
  };
  const [output] = [...parsed('done'), ...parsed('described')];
  const [failure] = parsed('failed') as NonNullable<GuestRun['failure']>[];
  return {
    posts,
    ...(output === undefined ? {} : { output }),
    ...(failure === undefined ? {} : { failure }),
    logs: parsed('log') as GuestRun['logs'],
    content: (parsed('content')[0] ?? []) as readonly unknown[],
  };
}

async function bundle(options: Parameters<typeof build>[0]): Promise<string> {
  const result = await build({
    bundle: true,
    write: false,
    format: 'iife',
    target: 'esnext',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
    ...options,
  });
  return result.outputFiles?.[0]?.text ?? '';
}
