// `glovebox generate-set`: several templates and one context become tools, all or none.

import { readJson } from '../input/read-json.ts';
import { parseSet } from '../input/parse-set.ts';
import { templateArgument } from '../input/template-argument.ts';
import { formatMadeSet } from '../output/made.ts';
import type { AddCommand } from '../command.ts';

interface SetOptions {
  readonly replace?: true;
  readonly allowBreaking?: true;
}

export const addGenerateSet: AddCommand = (program, run) => {
  program
    .command('generate-set <set>')
    .description('make several tools from one context, all or none')
    .option('--replace', 'take over names another template or source has made')
    .option('--allow-breaking', 'publish even if calls of a live version may fail')
    .addHelpText('after', EXAMPLES)
    .action((set: string, { replace, allowBreaking }: SetOptions) =>
      run(async ({ openApp, output, principal, stopping, surroundings }) => {
        const { context, tools } = parseSet(await readJson(set, '<set>', surroundings));
        await using app = await openApp();
        const made = await app.maker.generateSet({
          principal,
          tools: tools.map((tool) => ({ ...tool, template: templateArgument(tool.template, surroundings.cwd()) })),
          ...(context === undefined ? {} : { context }),
          ...(replace === undefined ? {} : { replace }),
          ...(allowBreaking === undefined ? {} : { allowBreaking }),
          signal: stopping,
          onStep: (step, entry) =>
            output.step({ ...step, detail: `tool ${entry + 1}${step.detail === undefined ? '' : `: ${step.detail}`}` }),
        });
        output.result(made, () => formatMadeSet(made, output));
        return 0;
      }),
    );
};

const EXAMPLES = `
<set> is JSON, a file, or - for standard input: { "context": {…}, "tools": [{ "template", "name", "context", "constraints" }, …] }.
Of the shared context each template takes the keys its context schema names; a tool's own context is laid over it.
When one tool fails, none is published.

Example:
  $ glovebox generate-set '{
      "context": { "customer": { "industry": "SaaS", "size": "500-1000" } },
      "tools": [
        { "template": "roi-calculator", "name": "roi_acme" },
        { "template": "roi-calculator", "name": "roi_acme_health", "context": { "customer": { "industry": "healthcare" } } }
      ] }'`;
