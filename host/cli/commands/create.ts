// `glovebox create`: a source file and a manifest become a tool.

import { isAbsolute, join } from 'node:path';
import { collectFiles } from '../input/collect-files.ts';
import { readJson } from '../input/read-json.ts';
import { formatMade } from '../output/made.ts';
import type { AddCommand } from '../command.ts';

interface CreateOptions {
  readonly manifest: string;
  readonly constraints?: string;
  readonly replace?: true;
  readonly allowBreaking?: true;
}

export const addCreate: AddCommand = (program, run) => {
  program
    .command('create <file>')
    .description('make a tool from a source file and a manifest')
    .requiredOption('--manifest <json>', 'name, description, schemas, grants, limits: a file, JSON, or -')
    .option('--constraints <json>', 'limits to run it within: JSON or a file')
    .option('--replace', 'take over a name another template or source has made')
    .option('--allow-breaking', 'publish even if calls of the live version may fail')
    .addHelpText('after', EXAMPLES)
    .action((file: string, options: CreateOptions) =>
      run(async ({ openApp, output, principal, stopping, surroundings }) => {
        const { constraints, replace, allowBreaking } = options;
        const { source, files } = await collectFiles(isAbsolute(file) ? file : join(surroundings.cwd(), file));
        const manifest = await readJson(options.manifest, '--manifest', surroundings);
        await using app = await openApp();
        const made = await app.maker.create({
          principal,
          manifest,
          source,
          files,
          ...(constraints === undefined
            ? {}
            : { constraints: await readJson(constraints, '--constraints', surroundings) }),
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
Files that <file> imports by relative path come along, if they lie in its own folder or below it.

A tool that greets:
  // greet.ts
  import { defineTool } from 'glovebox';
  export default defineTool({ async run(input) { return { text: \`Hello \${input.name}\` }; } });

  // greet.json
  { "name": "greet", "description": "Greets somebody by name",
    "inputSchema": { "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"] },
    "outputSchema": { "type": "object", "properties": { "text": { "type": "string" } }, "required": ["text"] } }

  $ glovebox create greet.ts --manifest greet.json
  $ glovebox call greet --input '{"name":"Ada"}'`;
