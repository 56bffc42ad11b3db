// One price book, three tools: what a seller may say depends on where the deal stands.

import type { Made } from '#host/making';
import { formatMs } from '../output/format.ts';
import type { Output } from '../output/output.ts';
import { formatTable } from '../output/table.ts';
import type { DemoClient } from './demo-client.ts';
import { PRICE_BOOK, STAGES } from './examples.ts';
import { brokenPromise, expect, type Showing } from './story.ts';

/** Makes and calls a tool per stage. */
export async function generatePricing(client: DemoClient, output: Output): Promise<Showing> {
  const rows: string[][] = [];
  const facts: Record<string, unknown> = {};
  for (const { stage, input } of STAGES) {
    const making = await client.call('generate_tool', {
      template: 'pricing-by-stage',
      context: { ...PRICE_BOOK, stage },
      name: `pricing_${stage}`,
    });
    expect(making.failure === undefined, `pricing for ${stage} to be made`, making.failure);
    const { tool } = making.structured as unknown as Made;
    const answer = await client.call(tool, input);
    expect(answer.failure === undefined, `pricing for ${stage} to answer`, answer.failure);
    const said = describeStage(stage, answer.structured);
    rows.push([stage, tool, formatMs(making.ms), formatMs(answer.ms), said]);
    facts[stage] = { tool, makingMs: making.ms, callMs: answer.ms, said };
  }
  return { text: formatTable(['stage', 'tool', 'made in', 'called in', 'says'], rows, output.table), facts };
}

interface StageResult {
  readonly questions?: readonly unknown[];
  readonly validUntil?: string;
  readonly quote?: {
    readonly discount: { readonly status: string; readonly granted: number };
    readonly totals: { readonly total: { readonly text: string } };
  };
}

function describeStage(stage: string, result: StageResult): string {
  const { questions = [], quote, validUntil } = result;
  if (stage === 'discovery') {
    expect(quote === undefined, 'no price in discovery', quote);
    return `no price; ${questions.length} questions to ask`;
  }
  if (quote === undefined) throw brokenPromise(`a price in ${stage}`, result);
  const { totals, discount } = quote;
  const offer = `${totals.total.text}, discount ${Math.round(discount.granted * 100)} % (${discount.status})`;
  return validUntil === undefined ? offer : `${offer}, valid until ${validUntil}`;
}
