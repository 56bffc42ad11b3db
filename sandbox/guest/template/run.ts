// Compiles a plan to code and runs it: Handlebars generates the code, which calls back, site by site.

import type { Json, SourcePosition } from '../../manifest.ts';
import { templateError } from './failure.ts';
import { handlebars } from './handlebars.ts';
import { HELPERS } from './helpers.ts';
import { isList, isObject, type Call, type Helper } from './helpers/call.ts';
import { isTruthy } from './helpers/logic.ts';
import type { Language } from './lexer.ts';
import { writeLiteral } from './literal.ts';
import type { Output } from './output.ts';
import { blockHelper, DO, type BlockSite, type Plan, type Site } from './transform.ts';

/** A plan as code. Plain data. */
export interface CompiledPlan {
  /** A script expression: what Handlebars makes a template function of. */
  readonly code: string;
  readonly sites: readonly Site[];
  readonly blocks: readonly BlockSite[];
}

/** Where a plan writes, and what its paths start from. */
export interface Stage {
  readonly language: Language;
  readonly output: Output;
  /** The longest text worth building. */
  readonly maxLength: number;
  readonly context: Json;
  /** What `@data` and `@template` are. */
  readonly data: Json;
  readonly template: Json | undefined;
}

type Value = Json | undefined;

/**
 * What `this` is in a program. A value of its own would not do: Handlebars compares a block's context with the outer one by
 * `==` and does not count `..` when they are the same.
 */
interface Scope {
  readonly value: Value;
}

interface BlockOptions {
  readonly data: object;
  fn(scope: Scope, options?: { data?: object; blockParams?: Value[] }): string;
  inverse(scope: Scope): string;
}

// Empty but for what a plan calls: no `log`, no `lookup`, no `helperMissing`, no global partials or decorators.
const engine = handlebars.create();
for (const name of Object.keys((engine as unknown as { helpers: object }).helpers)) engine.unregisterHelper(name);
for (const name of Object.keys((engine as unknown as { decorators: object }).decorators))
  engine.unregisterDecorator(name);

const BLOCK_HELPERS = { if: runIf, unless: runUnless, each: runEach, with: runWith };

/** Compiles a plan. What the code calls is known by name only: it holds no text of the template but its strings. */
export function compilePlan({ program, sites, blocks }: Plan): CompiledPlan {
  const names = [DO, ...Object.keys(BLOCK_HELPERS).map(blockHelper)];
  const code: unknown = engine.precompile(program, {
    knownHelpers: Object.fromEntries(names.map((name) => [name, true])),
    knownHelpersOnly: true,
    noEscape: true,
    explicitPartialContext: true,
    data: true,
  });
  return { code: String(code), sites, blocks };
}

/** Runs a plan to the end. @throws TEMPLATE_VALUE_MISSING, TEMPLATE_HELPER_FAILED, TEMPLATE_OUTPUT_LIMIT */
export function runPlan(plan: CompiledPlan, stage: Stage): void {
  const helpers = helpersFor(plan, stage);
  // oxlint-disable-next-line typescript/no-implied-eval -- this is where the generated code is meant to run
  const specification = new Function(`return ${plan.code}`) as () => TemplateSpecification;
  const render = engine.template<Scope>(specification());
  render(
    { value: stage.context },
    {
      helpers,
      data: { root: stage.context, data: stage.data, template: stage.template },
      allowProtoMethodsByDefault: false,
      allowProtoPropertiesByDefault: false,
    },
  );
}

/** The functions that a plan calls. Handlebars adds its options as the last argument. */
function helpersFor({ sites, blocks }: CompiledPlan, stage: Stage): Record<string, (...args: never[]) => unknown> {
  const run = (index: number, ...rest: unknown[]): Value =>
    runSite(sites[index] as Site, rest.slice(0, -1) as Value[], stage);
  const helpers: Record<string, (...args: never[]) => unknown> = { [DO]: run };
  for (const [name, runBlock] of Object.entries(BLOCK_HELPERS)) {
    helpers[blockHelper(name)] = function runner(this: Scope, index: number, value: Value, options: BlockOptions) {
      return runBlock(value, this, options, blocks[index] as BlockSite);
    };
  }
  return helpers;
}

/** What a site does with its values. Those that write return no text: it goes to the output, where it is counted. */
function runSite(site: Site, values: readonly Value[], stage: Stage): Value {
  switch (site.kind) {
    case 'text':
      stage.output.addText(site.text, site.line);
      return '';
    case 'slot':
      emit(site, values[0], stage);
      return '';
    case 'path':
      return follow(site.fromScope ? (values[0] as Scope | undefined)?.value : values[0], site.parts);
    case 'call':
      return callHelper(site, values, stage);
  }
}

function emit(site: Site & { kind: 'slot' }, value: Value, { language, output }: Stage): void {
  if (value === undefined) throw missingError(site, site.written);
  output.beginLiteral(site.line);
  writeLiteral(value, language, site.isKey ? 'key' : 'value', {
    write: (piece) => output.addLiteral(piece, site.line),
    refuse: (reason) => {
      throw templateError('TEMPLATE_HELPER_FAILED', site, `{{${site.written}}}: ${reason}`);
    },
  });
}

/** Own properties only: nothing of a prototype is ever a value. */
function follow(start: Value, parts: readonly string[]): Value {
  let value = start;
  for (const part of parts) {
    if (!(isObject(value) || isList(value)) || !Object.hasOwn(value, part)) return undefined;
    value = (value as { readonly [key: string]: Json })[part];
  }
  return value;
}

function callHelper(site: Site & { kind: 'call' }, args: readonly Value[], stage: Stage): Value {
  const helper = HELPERS.get(site.name) as Helper;
  args.forEach((value, index) => {
    if (value === undefined && helper.mayMiss?.(index) !== true) throw missingError(site, site.written[index] ?? '');
  });
  const call: Call = {
    args,
    keys: site.keys,
    maxLength: stage.maxLength,
    fail: (reason) => {
      throw templateError('TEMPLATE_HELPER_FAILED', site, `${site.name}: ${reason}`, { helper: site.name });
    },
    missing: (what) => {
      throw missingError(site, what);
    },
    tooLong: () => stage.output.overflow(site.line),
  };
  return helper.run(call);
}

function runIf(value: Value, scope: Scope, options: BlockOptions): string {
  return isTruthy(value) ? options.fn(scope) : options.inverse(scope);
}

function runUnless(value: Value, scope: Scope, options: BlockOptions): string {
  return isTruthy(value) ? options.inverse(scope) : options.fn(scope);
}

function runEach(value: Value, scope: Scope, options: BlockOptions, site: BlockSite): string {
  if (value !== undefined && value !== null && typeof value !== 'object') {
    const reason = `{{#each}} takes a list or an object, not a ${typeof value}`;
    throw templateError('TEMPLATE_HELPER_FAILED', site, reason, { helper: 'each' });
  }
  const entries = Object.entries(value ?? {});
  if (entries.length === 0) return options.inverse(scope);
  const isListed = isList(value);
  for (const [index, [name, item]] of entries.entries()) {
    const key = isListed ? index : name;
    const data = handlebars.createFrame(options.data) as Record<string, Value>;
    Object.assign(data, { key, index, first: index === 0, last: index === entries.length - 1 });
    options.fn({ value: item }, { data, blockParams: [item, key] });
  }
  return '';
}

function runWith(value: Value, scope: Scope, options: BlockOptions, site: BlockSite): string {
  if (value === undefined) throw missingError(site, site.written);
  const isEmpty = value !== 0 && !isTruthy(value);
  return isEmpty ? options.inverse(scope) : options.fn({ value }, { blockParams: [value] });
}

function missingError(at: SourcePosition, path: string): Error {
  const reason = `${path} is missing; add it to the context, or write (default ${path} …)`;
  return templateError('TEMPLATE_VALUE_MISSING', at, reason, { path });
}
