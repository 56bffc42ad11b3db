// `glovebox templates`: what can be made, and what each template wants to know.

import type { TemplateDescription, TemplateSummary } from '#host/making';
import type { Output } from '../output/output.ts';
import { formatFields } from '../output/fields.ts';
import { formatTable } from '../output/table.ts';
import type { AddCommand } from '../command.ts';

export const addTemplates: AddCommand = (program, run) => {
  const templates = program
    .command('templates')
    .description('list the templates, or show one in full')
    .addHelpText('after', EXAMPLES)
    .action(() =>
      run(async ({ openApp, output }) => {
        await using app = await openApp();
        const found = await app.maker.listTemplates();
        output.result({ templates: found }, () => listing(found, output));
        return 0;
      }),
    );

  templates
    .command('show <name>')
    .description('the context a template takes, and examples of it')
    .action((name: string) =>
      run(async ({ openApp, output }) => {
        await using app = await openApp();
        const template = await app.maker.describeTemplate(name);
        output.result(template, () => description(template, output));
        return 0;
      }),
    );
};

const EXAMPLES = `
Examples:
  $ glovebox templates
  $ glovebox templates show roi-calculator
  $ glovebox templates show roi-calculator --json     the context's JSON Schema and the examples, whole`;

function listing(templates: readonly TemplateSummary[], output: Output): string {
  if (templates.length === 0) return 'No templates here.';
  const rows = templates.map(({ name, version, category, description }) => [name, version, category, description]);
  const table = formatTable(['template', 'version', 'category', 'what it makes'], rows, output.table);
  return `${table}\n\nMore about one: glovebox templates show ${templates[0]?.name ?? ''}`;
}

function description(template: TemplateDescription, { style, table }: Output): string {
  const { name, version, title, description: text, context, examples } = template;
  const [first] = examples;
  const parts = [
    `${style('bold', title)}  ${style('dim', `${name} ${version}`)}`,
    text,
    `${style('bold', 'Context')}\n${formatFields(context, table)}`,
  ];
  if (first !== undefined) {
    parts.push(
      `${style('bold', 'Examples')}\n${examples.map((each) => `  ${each.title} (${each.calls.length} calls)`).join('\n')}`,
      `${style('bold', 'Make one')}\n  glovebox generate ${name} --context '${JSON.stringify(first.context)}'`,
    );
  }
  const [call] = first?.calls ?? [];
  if (call !== undefined) {
    parts.push(
      `${style('bold', 'Call it with')}\n  ${JSON.stringify(call.input)}`,
      `${style('bold', 'Result')}\n${excerpt(JSON.stringify(call.output, undefined, 2), RESULT_LINES)}`,
    );
  }
  return parts.join('\n\n');
}

/** Enough to see what kind of answer it is; \`--json\` has all of it. */
const RESULT_LINES = 40;

function excerpt(text: string, lines: number): string {
  const all = text.split('\n').map((line) => `  ${line}`);
  if (all.length <= lines) return all.join('\n');
  return [...all.slice(0, lines), `  … ${all.length - lines} more lines`].join('\n');
}
