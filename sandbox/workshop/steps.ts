// The steps of a making, as a workshop does them: what can be derived from a template or a schema alone comes from
// `derivations.ts`, the rest is done each time, in a new isolate.

import type * as Esbuild from 'esbuild-wasm';

import type { Rendered } from '../making-contract.ts';
import type { WorkshopOps } from '../workshop-messages.ts';
import type { BenchSupply } from './bench.ts';
import { compile, type SdkFiles } from './compile.ts';
import type { Derivations } from './derivations.ts';
import { joinValidators } from './join-validators.ts';

/** What steps need. */
export interface StepTools {
  readonly benches: BenchSupply;
  readonly derivations: Derivations;
  readonly esbuild: Promise<typeof Esbuild>;
  readonly sdk: SdkFiles;
}

/** One function for each step. They throw the codes of `making-contract.ts`. */
export type Steps = {
  readonly [Op in keyof WorkshopOps]: (request: WorkshopOps[Op]['request']) => Promise<WorkshopOps[Op]['result']>;
};

/** Larger contexts get their first error only: all of them can be as many as context times schema. */
const MAX_CHARACTERS_FOR_ALL = 64 * 1024;

/** Builds the steps. */
export function createSteps({ benches, derivations, esbuild, sdk }: StepTools): Steps {
  return {
    async context({ contextSchema: schema, context }) {
      const allErrors = context.length <= MAX_CHARACTERS_FOR_ALL;
      const validator = await derivations.derive('contextSchema', { schema, allErrors });
      return (await benches.run('context', { validator, context })) as string;
    },
    async render({ manifestTemplate, sourceTemplate, context, data }) {
      const template = await derivations.derive('template', { manifestTemplate, sourceTemplate });
      return (await benches.run('render', { template, context, data })) as Rendered;
    },
    compile: async (request) => compile(await esbuild, sdk, request),
    async schemas({ inputSchema, outputSchema }) {
      // Side by side, each in an isolate of its own: an output schema may be many tools', with any input schema beside it.
      const [input, output] = await Promise.allSettled([
        derivations.derive('toolSchema', { schema: inputSchema, role: 'input' }),
        outputSchema === undefined
          ? undefined
          : derivations.derive('toolSchema', { schema: outputSchema, role: 'output' }),
      ]);
      if (input.status === 'rejected') throw input.reason;
      if (output.status === 'rejected') throw output.reason;
      return { validators: joinValidators(input.value, output.value) };
    },
  };
}
