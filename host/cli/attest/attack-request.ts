// What an attack asks of the host: to make its tools, and to call them.

import { attackToolOf, TEMPLATE_FILES, type AttackCall, type Control, type NamedAttack } from '#sandbox';
import { hostError, LOCAL_PRINCIPAL as principal } from '#host/base';
import type { ToolCallResult } from '#host/calling';
import type { Made } from '#host/making';
import type { Arena } from './arena.ts';
import type { NamedCallingAttack } from './attack-kinds.ts';
import { manifestOf, nameOf, type NamedMaking } from './attack-texts.ts';

/** Makes and calls what the attack needs first. */
export async function makeEarlier(arena: Arena, attack: NamedAttack): Promise<void> {
  for (const [index, { inputs = [], ...making }] of (attack.before ?? []).entries()) {
    const name = `${nameOf(attack)}_before_${index + 1}`;
    const { tool } = await makeTool(arena, { ...making, name, aim: attack.aim });
    for (const input of inputs) await arena.app.caller.call({ principal, tool, input });
  }
}

/** Has an attack's own tool made. */
export function makeOwn(arena: Arena, attack: NamedAttack): Promise<Made> {
  return makeTool(arena, { ...attack, name: nameOf(attack) });
}

/** Has the tool of an attack's control made. */
export function makeControl(arena: Arena, attack: NamedAttack & { readonly control: Control }): Promise<Made> {
  return makeTool(arena, { ...attack, ...attack.control, name: `${nameOf(attack)}_control` });
}

/** Has a tool made: of a template, or of source. */
function makeTool({ app: { maker }, writeTemplate }: Arena, making: NamedMaking): Promise<Made> {
  const given = making.manifest?.['name'];
  const name = typeof given === 'string' ? given : making.name;
  if ('template' in making.make) {
    const { template, context } = making.make;
    const folder = writeTemplate(making.name, { ...TEMPLATE_FILES, ...template });
    return maker.generate({ principal, template: { folder }, context, name });
  }
  const manifest = manifestOf({ ...making, name });
  if ('body' in making.make) return maker.create({ principal, manifest, source: attackToolOf(making.make) });
  return maker.create({ principal, manifest, ...making.make });
}

/** Calls the tool; where the attack has a client, in a conversation that goes on while the tool asks. */
export async function callTool(
  { app: { caller } }: Arena,
  { answer, ...attack }: NamedCallingAttack,
  { input = attack.input ?? {}, hangsUpAfterMs }: AttackCall,
  tool: string,
): Promise<ToolCallResult> {
  const signal = hangsUpAfterMs === undefined ? {} : { signal: AbortSignal.timeout(hangsUpAfterMs) };
  const base = { principal, tool, input, ...signal };
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
