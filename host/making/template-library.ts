// Templates on disk: found by name in the library's folders, or where a path says.

import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { isCodedError } from '#sandbox';
import { hostError } from '#host/base';
import { readTemplate, readTemplateHead, type Template } from './read-template.ts';
import { TextFolder } from './text-folder.ts';
import type { TemplateDescription, TemplateReference, TemplateSummary } from './types.ts';

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** The templates of some folders; the first folder that has a name wins. */
export class TemplateLibrary {
  readonly #roots: readonly string[];

  constructor(roots: readonly string[]) {
    this.#roots = roots;
  }

  /** All templates by name. A folder whose `template.json` is not valid is passed over: `get` says what is wrong. */
  async list(): Promise<readonly TemplateSummary[]> {
    const names = new Set((await Promise.all(this.#roots.map(subfolders))).flat());
    const found = await Promise.all([...names].toSorted().map((name) => this.#findSummary(name)));
    return found.filter((summary) => summary !== undefined);
  }

  /** @throws TEMPLATE_NOT_FOUND, TEMPLATE_INVALID */
  async describe(name: string): Promise<TemplateDescription> {
    const { context, examples, ...template } = await this.get(name);
    return { ...summaryOf(template), context, examples };
  }

  /** By name (`roi-calculator`, `roi_calculator`) or by folder. @throws TEMPLATE_NOT_FOUND, TEMPLATE_INVALID */
  async get(reference: TemplateReference): Promise<Template> {
    if (typeof reference !== 'string') return readTemplate(await getFolder(reference.folder));
    const name = reference.replaceAll('_', '-');
    const folder = await this.#findFolder(name);
    if (folder === undefined) throw await this.#notFound(reference);
    const template = await readTemplate(folder);
    checkName(folder, name, template);
    return template;
  }

  async #findSummary(name: string): Promise<TemplateSummary | undefined> {
    try {
      const folder = await this.#findFolder(name);
      if (folder === undefined) return undefined;
      const head = await readTemplateHead(folder);
      checkName(folder, name, head);
      return summaryOf(head);
    } catch (error) {
      if (isCodedError(error) && error.code === 'TEMPLATE_INVALID') return undefined;
      throw error;
    }
  }

  async #findFolder(name: string): Promise<TextFolder | undefined> {
    if (!NAME.test(name)) return undefined;
    for (const root of this.#roots) {
      const folder = await TextFolder.find(join(root, name));
      if (folder !== undefined) return folder;
    }
    return undefined;
  }

  async #notFound(name: string): Promise<Error> {
    const known = (await this.list()).map((template) => template.name);
    const shown = JSON.stringify(name.slice(0, 100));
    const message = `there is no template ${shown}; there are: ${known.join(', ')}`;
    return hostError('TEMPLATE_NOT_FOUND', message, { template: name.slice(0, 100), known });
  }
}

async function getFolder(path: string): Promise<TextFolder> {
  const folder = await TextFolder.find(path);
  if (folder !== undefined) return folder;
  const name = basename(path);
  throw hostError('TEMPLATE_NOT_FOUND', `there is no template folder "${name}"; give the path of one`, {
    template: name,
  });
}

/** Within a library a template is found by its folder, so both must have the one name. */
function checkName(folder: TextFolder, expected: string, { name }: TemplateSummary): void {
  if (name !== expected) throw folder.refusal('template.json', `says the name is "${name}"; name it like its folder`);
}

function summaryOf({ name, version, title, description, category }: TemplateSummary): TemplateSummary {
  return { name, version, title, description, category };
}

async function subfolders(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
