// From a template and a context to a callable tool, by stage, beside the bare libraries doing the same work in one process.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { build } from 'esbuild';
import Handlebars from 'handlebars';
import ivm from 'isolated-vm';

import { LOCAL_PRINCIPAL } from '#host/base';
import type { MakingStep } from '#host/registry';
import type { App } from '../../host/app.ts';
import type { Measurement } from './measurement.ts';
import { median, timed } from './statistics.ts';

const ROUNDS = 15;
const WARM_UP = 5;
const TEMPLATE = join(import.meta.dirname, '../../templates/roi-calculator');

/** The whole making and its stages: from a template that was used before, and from one that was not. */
export async function benchMaking(app: App): Promise<readonly Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'glovebox-bench-'));
  try {
    return [
      ...(await benchGenerate(app, 'generate to callable, p50', () => TEMPLATE)),
      ...(await benchGenerate(app, 'generate from a new template, p50', (round) => newTemplate(folder, round))),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchGenerate(
  app: App,
  title: string,
  folderOf: (round: number) => string,
): Promise<readonly Measurement[]> {
  const totals: number[] = [];
  const bare: number[] = [];
  const stages = new Map<MakingStep['step'], number[]>();
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    const context = { customer: { industry: 'SaaS', size: String(100 + round) } };
    const template = { folder: folderOf(round) };
    // Each round makes another tool.
    const request = { principal: LOCAL_PRINCIPAL, template, context, name: `bench_${round}`, replace: true };
    let report: readonly MakingStep[] = [];
    const total = await timed(async () => {
      ({ report } = await app.maker.generate(request));
    });
    const { source } = await app.registry.getSource(LOCAL_PRINCIPAL.tenant, request.name);
    const { manifest } = await app.registry.get(LOCAL_PRINCIPAL.tenant, request.name);
    const sum = await bareStages(source, [manifest.inputSchema, manifest.outputSchema ?? {}], context);
    if (round < WARM_UP) continue;
    totals.push(total);
    bare.push(sum);
    for (const { step, ms } of report) stages.set(step, [...(stages.get(step) ?? []), ms]);
  }
  const against = { name: 'bare stages', value: median(bare) };
  return [
    { name: title, unit: 'ms', value: median(totals), against, aim: 3 },
    ...[...stages].map(([step, times]) => ({ name: `  ${step}`, unit: 'ms' as const, value: median(times) })),
  ];
}

/** The same template, but for a note in each of its texts: nothing of it is known from before. */
function newTemplate(parent: string, round: number): string {
  const folder = join(parent, String(round));
  cpSync(TEMPLATE, folder, { recursive: true });
  for (const file of ['template.json', 'tool.json.hbs', 'tool.ts.hbs']) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    const noted = text.replaceAll('"type": "object"', `"$comment": "${round}", "type": "object"`);
    writeFileSync(path, file.endsWith('.json') ? noted : `${noted}{{!-- ${round} --}}`);
  }
  return folder;
}

/** Handlebars renders, native esbuild bundles, ajv compiles, one isolate runs: with no jail around any of it. */
async function bareStages(source: string, schemas: readonly object[], context: object): Promise<number> {
  let script = '';
  return timed(async () => {
    renderBare(context);
    script = await bundleBare(source);
    for (const schema of schemas) new Ajv2020({ strict: false }).compile(schema);
    await runBare(script);
  });
}

function renderBare(context: object): void {
  const bare = Handlebars.create();
  bare.registerHelper('helperMissing', (...args: unknown[]) => JSON.stringify(args.slice(0, -1)));
  for (const file of ['tool.json.hbs', 'tool.ts.hbs']) {
    bare.compile(readFileSync(join(TEMPLATE, file), 'utf8'), { noEscape: true })(context, { data: { data: {} } });
  }
}

async function bundleBare(source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: TEMPLATE, loader: 'ts', sourcefile: 'tool.ts' },
    alias: { glovebox: join(import.meta.dirname, '../../sandbox/guest/sdk/index.ts') },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'tool',
    sourcemap: 'external',
    outfile: 'tool.js',
    logLevel: 'silent',
  });
  return outputFiles.find(({ path }) => path.endsWith('.js'))?.text ?? '';
}

async function runBare(script: string): Promise<void> {
  const isolate = new ivm.Isolate({ memoryLimit: 64 });
  const context = await isolate.createContext();
  await (await isolate.compileScript(script)).run(context);
  isolate.dispose();
}
