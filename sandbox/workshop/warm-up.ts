// The first build of a process takes ten times as long as the later ones: V8 compiles each function of the compiler when it
// first runs. So one build is done as soon as a workshop starts, beside the steps that come before the first compilation.

import type * as Esbuild from 'esbuild-wasm';

import { compile, type SdkFiles } from './compile.ts';

/** Two files that import each other's kinds of things: what tools are made of. */
const SAMPLE = {
  'tool.ts': `import { Decimal, defineTool } from 'glovebox';
import { Rates, type Rate } from './rates.ts';

interface Input { readonly amount: number; readonly rate?: Rate }

export default defineTool({
  async run({ amount, rate = 'full' }: Input, host) {
    const rates = new Rates({ full: 0.19, reduced: 0.07, ...(amount > 0 ? {} : { none: 0 }) });
    for (const [name, value] of rates) host.log.info(\`\${name}: \${value}\`);
    const total = new Decimal(amount).times(rates.find((each) => each === rate)?.toString() ?? '0');
    return { total: total.toString(), names: [...rates].map(([name]) => name).filter((name) => /^[a-z]+$/.test(name)) };
  },
});`,
  'rates.ts': `export type Rate = 'full' | 'reduced' | 'none';

export class Rates implements Iterable<[string, number]> {
  readonly #rates: Map<string, number>;
  constructor(rates: Readonly<Record<string, number>>) {
    this.#rates = new Map(Object.entries(rates));
  }
  find(wanted: (name: string) => boolean): number | undefined {
    for (const [name, rate] of this.#rates) {
      if (wanted(name)) return rate;
    }
    return undefined;
  }
  *[Symbol.iterator](): Generator<[string, number]> {
    yield* this.#rates;
  }
}`,
};

/** Builds the sample; what comes of it is of no use to anybody. */
export async function warmUp(esbuild: typeof Esbuild, sdk: SdkFiles): Promise<typeof Esbuild> {
  await compile(esbuild, sdk, { entry: 'tool.ts', files: SAMPLE });
  return esbuild;
}
