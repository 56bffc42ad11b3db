// A template folder becomes a template: its layout read, its shape checked. What is not part of the layout is not looked
// at. The texts go no further than the workshop.

import { createSchemaChecker, type JsonSchema } from '#sandbox';
import { EXAMPLE_SCHEMA, TEMPLATE_SCHEMA } from './template-schema.ts';
import type { TextFolder } from './text-folder.ts';
import type { TemplateExample, TemplateSummary } from './types.ts';

/** A template, read and checked. */
export interface Template extends TemplateHead {
  readonly manifestTemplate: string;
  readonly sourceTemplate: string;
  /** `lib/…` files: relative path → text. */
  readonly files: Readonly<Record<string, string>>;
  /** Pack name → parsed pack. */
  readonly packs: Readonly<Record<string, unknown>>;
  readonly examples: readonly TemplateExample[];
}

/** `template.json`. */
export interface TemplateHead extends TemplateSummary {
  readonly context: JsonSchema;
  readonly limits?: unknown;
  readonly grants?: unknown;
  /** Names of data packs. */
  readonly data?: readonly string[];
}

const checkHead = createSchemaChecker(TEMPLATE_SCHEMA);
const checkExample = createSchemaChecker(EXAMPLE_SCHEMA);

const SOURCE_FILE = /^[\w@.-]+(\/[\w@.-]+){0,8}\.(ts|mts|js|mjs|json)$/;
const EXAMPLE_FILE = /^[^/]+\.json$/;

/** Reads a template whole. @throws TEMPLATE_INVALID naming the file and what is wrong with it */
export async function readTemplate(folder: TextFolder): Promise<Template> {
  const head = await readTemplateHead(folder);
  return {
    ...head,
    manifestTemplate: await folder.read('tool.json.hbs'),
    sourceTemplate: await folder.read('tool.ts.hbs'),
    files: await readAll(await folder.list('lib', SOURCE_FILE), (file) => folder.read(file)),
    packs: await readAll(head.data ?? [], (pack) => folder.readJson(`data/${pack}.json`)),
    examples: Object.values(
      await readAll(await folder.list('examples', EXAMPLE_FILE), (file) => readExample(folder, file)),
    ),
  };
}

/** Reads `template.json` alone: what a listing needs. @throws TEMPLATE_INVALID */
export async function readTemplateHead(folder: TextFolder): Promise<TemplateHead> {
  return (await readChecked(folder, 'template.json', checkHead)) as TemplateHead;
}

async function readExample(folder: TextFolder, file: string): Promise<TemplateExample> {
  return (await readChecked(folder, file, checkExample)) as TemplateExample;
}

async function readChecked(
  folder: TextFolder,
  file: string,
  check: ReturnType<typeof createSchemaChecker>,
): Promise<unknown> {
  const value = await folder.readJson(file);
  const verdict = check(value);
  if (verdict.ok) return value;
  const { errors } = verdict;
  const problem = `${errors[0]?.path ?? ''} ${errors[0]?.message ?? ''}`.trim();
  throw folder.refusal(file, `is not valid: ${problem}`, { errors });
}

async function readAll<T>(names: readonly string[], read: (name: string) => Promise<T>): Promise<Record<string, T>> {
  const entries = await Promise.all(names.map(async (name): Promise<[string, T]> => [name, await read(name)]));
  return Object.fromEntries(entries);
}
