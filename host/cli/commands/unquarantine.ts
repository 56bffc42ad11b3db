// `glovebox unquarantine`: puts a version back into service.

import type { AddCommand } from '../command.ts';
import { suggestingTools } from '../suggest.ts';

export const addUnquarantine: AddCommand = (program, run) => {
  program
    .command('unquarantine <tool>')
    .description("put a tool's live version back into service and forget its convictions")
    .addHelpText('after', EXPLANATION)
    .action((tool: string) =>
      run(async ({ openApp, output, principal }) => {
        await using app = await openApp();
        const { registry, quarantine } = app;
        const { tenant } = principal;
        const { version, digest } = await suggestingTools({ registry, tenant, reference: tool }, () =>
          registry.get(tenant, tool),
        );
        const lifted = await quarantine.lift(principal, digest);
        output.result({ tool, version, digest, lifted }, () =>
          lifted ? `${tool}@${version} is in service again` : `${tool}@${version} was not quarantined`,
        );
        return 0;
      }),
    );
};

const EXPLANATION = `
A version whose code brought down its process, or outlived its deadline, three times within ten minutes is quarantined:
calls get TOOL_QUARANTINED. Look at its runs first (glovebox runs --tool NAME), and prefer a better version to this.`;
