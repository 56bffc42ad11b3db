// An attack on whoever is at the other side of the MCP door: held to what a client is shown.

import type { DoorRequest } from '#sandbox';
import type { Arena } from './arena.ts';
import type { NamedDoorAttack } from './attack-kinds.ts';
import { makeEarlier, makeOwn } from './attack-request.ts';
import { endingOf, problemsOf, problemUnless, type Ending } from './ending.ts';
import { hasPart } from './has-part.ts';
import type { Problem } from './trial.ts';

/** Makes the tool, and has a client ask what the attack says. */
export async function carryOutExchange(arena: Arena, attack: NamedDoorAttack): Promise<Ending> {
  await makeEarlier(arena, attack);
  const { tool } = await makeOwn(arena, attack);
  const [exchanged, beside] = await Promise.all([
    ask(arena, attack.exchange, tool),
    problemsOf('neighbour', arena.callBenign()),
  ]);
  return endingOf([...beside, ...exchanged]);
}

async function ask({ client }: Arena, exchange: readonly DoorRequest[], tool: string): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const request of exchange) {
    const { method, params = {}, answer, lacks = [] } = named(request, tool);
    const text = await client.request(method, params);
    const response = parseResponse(text);
    // Within a text of the response it is escaped; where it means the response's own marks, it is not.
    const shown = lacks.filter((each) => text.includes(each) || text.includes(JSON.stringify(each).slice(1, -1)));
    problems.push(
      ...problemUnless(response !== undefined, 'reached', `${method} had no response: ${text}`),
      ...problemUnless(hasPart(response, answer), 'contained', `${method} was answered ${text}`),
      ...problemUnless(shown.length === 0, 'contained', `${method} showed ${JSON.stringify(shown)}`),
    );
  }
  return problems;
}

/** The request with the tool's name in its texts. */
function named(request: DoorRequest, tool: string): DoorRequest {
  const replace = (_: string, value: unknown): unknown =>
    typeof value === 'string' ? value.replaceAll('{tool}', tool) : value;
  return JSON.parse(JSON.stringify(request, replace)) as DoorRequest;
}

function parseResponse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
