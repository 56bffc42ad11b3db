// What a request says about the client behind it: what it can be asked, what it answered, where the call left off.

import type { ClientCapabilities, ServerContext } from '@modelcontextprotocol/server';
import type { Conversation } from '#host/calling';
import type { ClientFeatures } from '#sandbox';
import { declaredCapabilities } from './envelope.ts';
import type { SdkServer } from './sdk-server.ts';
import { TASKS_EXTENSION } from './tasks.ts';
import type { Era } from './types.ts';

/**
 * The conversation a request belongs to. In the newer era each request says what its client can do; in the older one
 * `initialize` said it for the session. The state is passed on as it came: the caller checks its signature.
 *
 * @see https://modelcontextprotocol.io/specification/2026-07-28/basic/utilities/mrtr
 */
export function conversationOf(context: ServerContext, era: Era, server: SdkServer): Conversation {
  const { inputResponses: answers, requestState } = context.mcpReq;
  const state = requestState<string>();
  return {
    client: clientFeatures(context, era, server),
    ...(answers === undefined ? {} : { answers }),
    ...(state === undefined ? {} : { state }),
  };
}

/** What the client can do. Elicitation without a mode means forms; tasks are an extension of the newer era alone. */
export function clientFeatures(context: ServerContext, era: Era, server: SdkServer): ClientFeatures {
  const { elicitation, sampling, roots, extensions } = clientCapabilities(context, era, server);
  return {
    ask: elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined),
    sample: sampling !== undefined,
    roots: roots !== undefined,
    tasks: era === 'newer' && extensions?.[TASKS_EXTENSION] !== undefined,
  };
}

function clientCapabilities(context: ServerContext, era: Era, server: SdkServer): ClientCapabilities {
  if (era === 'newer') return declaredCapabilities(context) ?? {};
  // Deprecated for the newer era only: it is where the older one keeps them.
  // oxlint-disable-next-line typescript/no-deprecated
  return server.getClientCapabilities() ?? {};
}
