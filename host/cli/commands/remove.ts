// `glovebox remove`: takes a tool off the list.

import type { AddCommand } from '../command.ts';
import { suggestingTools } from '../suggest.ts';

export const addRemove: AddCommand = (program, run) => {
  program
    .command('remove <tool>')
    .description('take a tool off the list; its runs stay on record and its name is free again')
    .action((tool: string) =>
      run(async ({ openApp, output, principal }) => {
        await using app = await openApp();
        const { registry } = app;
        const removed = await suggestingTools({ registry, tenant: principal.tenant, reference: tool }, () =>
          registry.remove(principal, tool),
        );
        output.result(removed, () => `removed ${removed.tool} (${removed.versions} versions)`);
        return 0;
      }),
    );
};
