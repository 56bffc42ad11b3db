// `glovebox generate`: a template and a context become a tool.

import { readJson } from '../input/read-json.ts';
import { templateArgument } from '../input/template-argument.ts';
import { formatMade } from '../output/made.ts';
import type { AddCommand } from '../command.ts';

interface GenerateOptions {
  readonly context: string;
  readonly name?: string;
  readonly constraints?: string;
  readonly replace?: true;
  readonly allowBreaking?: true;
}

export const addGenerate: AddCommand = (program, run) => {
  program
    .command('generate <template>')
    .description('make a tool from a template and a context')
    .requiredOption('--context <json>', 'what fills the template: JSON, a file, or - for standard input')
    .option('--name <name>', "the tool's name (else what the template says)")
    .option('--constraints <json>', 'limits to run it within: JSON or a file')
    .option('--replace', 'take over a name another template or source has made')
    .option('--allow-breaking', 'publish even if calls of the live version may fail')
    .addHelpText('after', EXAMPLES)
    .action((template: string, options: GenerateOptions) =>
      run(async ({ openApp, output, principal, stopping, surroundings }) => {
        const { name, constraints, replace, allowBreaking } = options;
        const context = await readJson(options.context, '--context', surroundings);
        await using app = await openApp();
        const made = await app.maker.generate({
          principal,
          template: templateArgument(template, surroundings.cwd()),
          context,
          ...(constraints === undefined
            ? {}
            : { constraints: await readJson(constraints, '--constraints', surroundings) }),
          ...(name === undefined ? {} : { name }),
          ...(replace === undefined ? {} : { replace }),
          ...(allowBreaking === undefined ? {} : { allowBreaking }),
          signal: stopping,
          onStep: output.step,
        });
        output.result(made, () => formatMade(made, output));
        return 0;
      }),
    );
};

const EXAMPLES = `
<template> is a name from \`glovebox templates\`, or the path of a template folder (./my-template).
The same template, context and constraints always make the same version; making it again changes nothing.
A version that calls of the live one may fail with is refused, with what it would break, unless --allow-breaking.

Examples:
  $ glovebox generate roi-calculator --context context.json --name roi_acme
  $ glovebox generate roi-calculator --context '{"customer":{"industry":"SaaS","size":"500-1000"}}'
  $ glovebox generate ./my-template --context - --constraints '{"timeout":2,"max_memory":"64MB"}' < context.json`;
