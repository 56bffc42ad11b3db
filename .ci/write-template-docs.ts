// Writes docs/templates.md from the templates themselves: `npm run docs:templates`. With `--check` it writes nothing and
// fails when the page is not what it would write; test/pins/template-docs.test.ts runs that.

import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseConfig } from '#host/base';
import type { TemplateDescription } from '#host/making';
import { openApp } from '../host/app.ts';
import { fieldRows } from '../host/cli/output/fields.ts';

const PAGE = join(import.meta.dirname, '../docs/templates.md');
const HEAD = `# Templates

What \`glovebox generate\` can make, and what each template wants to know. This page is written by \`npm run docs:templates\`; the README in a
template's folder tells more.`;

const page = await describeAll();
if (!process.argv.includes('--check')) writeFileSync(PAGE, page);
else if (readFileSync(PAGE, 'utf8') !== page) {
  process.stderr.write('docs/templates.md is not what the templates say; run npm run docs:templates\n');
  process.exitCode = 1;
}

async function describeAll(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'glovebox-docs-'));
  try {
    await using app = await openApp({ home, config: parseConfig({}, home) });
    const templates = await app.maker.listTemplates();
    const all = await Promise.all(templates.map(({ name }) => app.maker.describeTemplate(name)));
    return `${[HEAD, tableOf(all), ...all.map(sectionOf)].join('\n\n')}\n`;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function tableOf(templates: readonly TemplateDescription[]): string {
  const rows = templates.map(({ name, category, title }) => `| [${name}](#${name}) | ${category} | ${title} |`);
  return ['| template | category | makes |', '| --- | --- | --- |', ...rows].join('\n');
}

function sectionOf({ name, version, description, context, examples }: TemplateDescription): string {
  const rows = fieldRows(context).map((cells) => `| ${cells.map(cellOf).join(' | ')} |`);
  const fields = ['| field | type | required | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
  const parts = [`## ${name}`, `Version ${version}. ${description}`, fields];
  const [example] = examples;
  if (example !== undefined) parts.push(`${example.title}:`, fenced('json', example.context));
  const [call] = example?.calls ?? [];
  if (call !== undefined) parts.push('A call of the tool it makes:', fenced('json', call.input));
  return parts.join('\n\n');
}

function cellOf(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');
}

function fenced(language: string, value: unknown): string {
  return `\`\`\`${language}\n${JSON.stringify(value, undefined, 2)}\n\`\`\``;
}
