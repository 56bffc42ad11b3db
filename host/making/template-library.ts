// Templates on disk: found by name in the library's folders, or by path; read whole, bounded, checked.
//
// SECURITY: a template is a stranger's. Its files are read as text from inside its own folder (links that lead out are
// refused) and go no further than the workshop.

import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';

import { createSchemaChecker, type JsonSchema } from '#sandbox';
import { hostError } from '#host/base';
import { TEMPLATE_SCHEMA } from './template-schema.ts';
import type { TemplateDescription, TemplateExample, TemplateSummary } from './types.ts';

/** A template, read and checked. */
export interface Template extends TemplateSummary {
  readonly context: JsonSchema;
  readonly limits?: unknown;
  readonly grants?: unknown;
  readonly manifestTemplate: string;
  readonly sourceTemplate: string;
  /** `lib/…` files: relative path → text. */
  readonly files: Readonly<Record<string, string>>;
  /** Pack name → parsed pack. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly examples: readonly TemplateExample[];
}

const MAX_FILE_BYTES = 1024 * 1024;
const MAX_FOLDER_BYTES = 8 * 1024 * 1024;
const MAX_FILES = 200;
const SOURCE_FILE = /\.(ts|mts|js|mjs|json)$/;

/** The templates of some folders; the first folder that has a name wins. */
export class TemplateLibrary {
  readonly #roots: readonly string[];

  constructor(roots: readonly string[]) {
    this.#roots = roots;
  }

  /** All templates by name; folders that are no template are passed over. */
  async list(): Promise<readonly TemplateSummary[]> {
    const found = new Map<string, TemplateSummary>();
    for (const root of this.#roots) {
      for (const name of await subfolders(root)) {
        const template = await readTemplate(join(root, name)).catch(() => undefined);
        if (template !== undefined && !found.has(template.name)) found.set(template.name, summaryOf(template));
      }
    }
    return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @throws TEMPLATE_NOT_FOUND, TEMPLATE_INVALID */
  async describe(name: string): Promise<TemplateDescription> {
    const { context, examples, ...template } = await this.find(name);
    return { ...summaryOf(template), context, examples };
  }

  /** By name (`roi-calculator`, `roi_calculator`) or by path of a folder. @throws TEMPLATE_NOT_FOUND, TEMPLATE_INVALID */
  async find(reference: string): Promise<Template> {
    if (isPath(reference)) return readTemplate(reference);
    const folder = reference.replaceAll('_', '-');
    if (/^[a-z0-9][a-z0-9-]{0,63}$/.test(folder)) {
      for (const root of this.#roots) {
        if (await isFolder(join(root, folder))) return readTemplate(join(root, folder));
      }
    }
    const known = (await this.list()).map(({ name }) => name);
    throw hostError('TEMPLATE_NOT_FOUND', `there is no template ${JSON.stringify(reference)}; there are: ${known.join(', ')}`, {
      template: reference,
      known,
    });
  }
}

const checkTemplate = createSchemaChecker(TEMPLATE_SCHEMA);

async function readTemplate(path: string): Promise<Template> {
  const name = basename(path);
  const files = await readFolder(path, name);
  const text = (file: string): string => {
    const found = files.get(file);
    if (found === undefined) throw hostError('TEMPLATE_INVALID', `template "${name}" has no ${file}`, { file });
    return found;
  };
  const declared = parseJson(name, 'template.json', text('template.json'));
  const verdict = checkTemplate(declared);
  if (!verdict.ok) {
    const [first] = verdict.errors;
    const problem = `${first?.path ?? ''} ${first?.message ?? ''}`.trim();
    throw hostError('TEMPLATE_INVALID', `template "${name}": template.json: ${problem}`, { errors: verdict.errors });
  }
  const { data: packs = [], ...template } = declared as Omit<TemplateSummary, never> & {
    readonly context: JsonSchema;
    readonly data?: readonly string[];
  };
  return {
    ...template,
    manifestTemplate: text('tool.json.hbs'),
    sourceTemplate: text('tool.ts.hbs'),
    files: Object.fromEntries([...files].filter(([file]) => file.startsWith('lib/') && SOURCE_FILE.test(file))),
    data: Object.fromEntries(packs.map((pack) => [pack, parseJson(name, `data/${pack}.json`, text(`data/${pack}.json`))])),
    examples: [...files]
      .filter(([file]) => /^examples\/[^/]+\.json$/.test(file))
      .map(([file, json]) => parseJson(name, file, json) as TemplateExample),
  };
}

/** Relative path → text of every file of the folder. */
async function readFolder(path: string, name: string): Promise<ReadonlyMap<string, string>> {
  const root = await realpath(path).catch(() => undefined);
  if (root === undefined || !(await isFolder(root))) {
    throw hostError('TEMPLATE_NOT_FOUND', `there is no template folder "${name}"`, { template: name });
  }
  const files = new Map<string, string>();
  let total = 0;
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  if (entries.length > MAX_FILES) {
    throw hostError('TEMPLATE_INVALID', `template "${name}" has ${entries.length} files; the limit is ${MAX_FILES}`);
  }
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) continue;
    const file = await realpath(join(entry.parentPath, entry.name));
    const inside = relative(root, file);
    if (inside.startsWith('..') || !entry.isFile()) {
      throw hostError('TEMPLATE_INVALID', `template "${name}": ${entry.name} is not a file of its folder`);
    }
    const { size } = await stat(file);
    total += size;
    if (size > MAX_FILE_BYTES || total > MAX_FOLDER_BYTES) {
      throw hostError('TEMPLATE_INVALID', `template "${name}": ${entry.name} makes it larger than a template may be`, {
        fileBytes: size,
        limit: MAX_FILE_BYTES,
      });
    }
    files.set(inside.split(sep).join('/'), await readFile(file, 'utf8'));
  }
  return files;
}

function parseJson(template: string, file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : '';
    throw hostError('TEMPLATE_INVALID', `template "${template}": ${file} is not JSON: ${problem}`, { file }, { cause });
  }
}

function summaryOf({ name, version, title, description, category }: TemplateSummary): TemplateSummary {
  return { name, version, title, description, category };
}

function isPath(reference: string): boolean {
  return reference.startsWith('.') || reference.includes('/') || reference.includes(sep);
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

async function subfolders(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
