// What an attack asks of the host: to make its tool, and to call it.

import { attackToolOf, TEMPLATE_FILES, type NamedAttack } from '#sandbox';
import { hostError, LOCAL_PRINCIPAL as principal } from '#host/base';
import type { ToolCallResult } from '#host/calling';
import type { Made } from '#host/making';
import type { Arena } from './arena.ts';

/** Whether an attack's tool is published and called; the others end while they are made. */
export function isCall({ reaches }: Pick<NamedAttack, 'reaches'>): boolean {
  return reaches === 'input' || reaches === 'load' || reaches === 'run' || reaches === 'output';
}

/** Has the attack's tool made: of a template, or of source. */
export function makeTool({ app: { maker }, writeTemplate }: Arena, attack: NamedAttack): Promise<Made> {
  const given = attack.manifest?.['name'];
  const name = typeof given === 'string' ? given : `${attack.group}_${attack.name}`.replaceAll('-', '_');
  if ('template' in attack.make) {
    const { template, context } = attack.make;
    const folder = writeTemplate(name, { ...TEMPLATE_FILES, ...template });
    return maker.generate({ principal, template: { folder }, context, name });
  }
  const manifest = { name, description: attack.aim, inputSchema: { type: 'object' }, ...attack.manifest };
  if ('body' in attack.make) return maker.create({ principal, manifest, source: attackToolOf(attack.make) });
  return maker.create({ principal, manifest, ...attack.make });
}

/** Calls the tool; where the attack has a client, in a conversation that goes on while the tool asks. */
export async function callTool({ app: { caller } }: Arena, attack: NamedAttack, tool: string): Promise<ToolCallResult> {
  const base = { principal, tool, input: attack.input ?? {} };
  const { answer } = attack;
  if (answer === undefined) return caller.call(base);
  const client = { ask: true, sample: true, roots: true, tasks: false };
  let reply = await caller.converse({ ...base, client });
  while (reply.kind === 'input-required') {
    const answers = Object.fromEntries(Object.keys(reply.requests).map((key) => [key, answer]));
    reply = await caller.converse({ ...base, client, answers, state: reply.state });
  }
  if (reply.kind !== 'result') throw hostError('ATTEST_FAILED', 'the call became a task');
  return reply.result;
}
