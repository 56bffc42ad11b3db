// The steps of a making, as a workshop does them: what can be derived from a template or a schema alone comes from
// `derivations.ts`, the rest is done each time, in a new isolate.

import type * as Esbuild from 'esbuild-wasm';

import type { Rendered, SchemaTexts, TemplateTexts } from '../making-contract.ts';
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
  const compileTemplate = ({ manifestTemplate, sourceTemplate }: TemplateTexts): Promise<string> =>
    derivations.derive('template', { manifestTemplate, sourceTemplate });

  // Each in an isolate of its own: an output schema may be many tools', with any input schema beside it.
  const compileSchema = (role: 'input' | 'output', schema: string): Promise<string> =>
    derivations.derive('toolSchema', { schema, role });
  const compileAhead = ({ inputSchema, outputSchema }: Partial<SchemaTexts>): Promise<unknown> =>
    ignored(
      both(
        inputSchema === undefined ? undefined : compileSchema('input', inputSchema),
        outputSchema === undefined ? undefined : compileSchema('output', outputSchema),
      ),
    );

  return {
    async context({ contextSchema: schema, context, next }) {
      const check = async (): Promise<string> => {
        const allErrors = context.length <= MAX_CHARACTERS_FOR_ALL;
        const validator = await derivations.derive('contextSchema', { schema, allErrors });
        return (await benches.run('context', { validator, context })) as string;
      };
      const [checked] = await both(check(), next && ignored(compileTemplate(next)));
      return checked;
    },
    async render({ context, data, ...texts }) {
      return (await benches.run('render', { template: await compileTemplate(texts), context, data })) as Rendered;
    },
    async compile({ next, ...request }) {
      const bundle = async () => compile(await esbuild, sdk, request);
      const [compiled] = await both(bundle(), next && compileAhead(next));
      return compiled;
    },
    async schemas({ inputSchema, outputSchema }) {
      const [input, output] = await both(
        compileSchema('input', inputSchema),
        outputSchema === undefined ? undefined : compileSchema('output', outputSchema),
      );
      return { validators: joinValidators(input, output) };
    },
  };
}

/** Waits for both, whatever becomes of them: no step leaves work behind. Of two failures the first one is told. */
async function both<A, B>(first: A, second: B): Promise<[Awaited<A>, Awaited<B>]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}

/** What fails here fails again in the step that needs it. */
function ignored(work: Promise<unknown>): Promise<unknown> {
  return work.catch(() => {});
}
