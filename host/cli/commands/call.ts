// `glovebox call`: one run of one tool.

import type { ToolCallResult } from '#host/calling';
import { readJson } from '../input/read-json.ts';
import { formatBytes, formatMs } from '../output/format.ts';
import type { Output } from '../output/output.ts';
import type { AddCommand } from '../command.ts';
import { suggestingTools } from '../suggest.ts';

export const addCall: AddCommand = (program, run) => {
  program
    .command('call <tool>')
    .description('run a tool in the jail and print what it returns')
    .option('--input <json>', 'its arguments: JSON, a file, or - for standard input', '{}')
    .addHelpText('after', EXAMPLES)
    .action((tool: string, options: { readonly input: string }) =>
      run(async ({ openApp, output, principal, stopping, surroundings }) => {
        const input = await readJson(options.input, '--input', surroundings);
        await using app = await openApp();
        const { registry, caller } = app;
        const result = await suggestingTools({ registry, tenant: principal.tenant, reference: tool }, () =>
          caller.call({ principal, tool, input, signal: stopping }),
        );
        if (!result.ok) {
          const { failure, ...beside } = result;
          output.failure(failure, beside);
          return 1;
        }
        output.result(result, () => resultText(result, output));
        return 0;
      }),
    );
};

const EXAMPLES = `
<tool> is a name (its live version) or name@version. The result goes to stdout, its bill with it. Nobody is there to be
asked: a tool that needs answers of an MCP client fails with CLIENT_UNSUPPORTED.

Examples:
  $ glovebox call roi_acme --input input.json
  $ glovebox call roi_acme@1 --input '{"investment":50000,"annualBenefit":30000}' --json
  $ echo '{"name":"Ada"}' | glovebox call greet --input -`;

function resultText(result: ToolCallResult & { readonly ok: true }, { style }: Output): string {
  const { tool, version, runId, output, content, logs, bill } = result;
  const used = [
    `${formatMs(bill.wallMs)} elapsed`,
    `${formatMs(bill.cpuMs)} CPU`,
    `${formatBytes(bill.heapUsedBytes)} heap`,
    `${bill.hostCalls} host calls`,
  ];
  return [
    ...(output === undefined ? [] : [JSON.stringify(output, undefined, 2)]),
    ...content.map((part) => (part.type === 'text' ? part.text : style('dim', `+ ${part.type} content`))),
    ...logs.map(({ level, text }) => style('dim', `${level}: ${text}`)),
    '',
    style('dim', `${tool}@${version}  ${used.join(' · ')}  ${runId}`),
  ].join('\n');
}
