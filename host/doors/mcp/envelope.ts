// What a request of the newer era says about its client in its own `_meta`.

import type { ClientCapabilities, ServerContext } from '@modelcontextprotocol/server';

/** The SDK checked it, but its types do not say what is in it. */
interface Envelope {
  readonly 'io.modelcontextprotocol/clientCapabilities'?: ClientCapabilities;
  readonly 'io.modelcontextprotocol/logLevel'?: string;
}

/** What the client declared it can do; undefined outside the newer era. */
export function declaredCapabilities(context: ServerContext): ClientCapabilities | undefined {
  return envelopeOf(context)['io.modelcontextprotocol/clientCapabilities'];
}

/** The least severe log line it wants to see; none by default. */
export function wantedLogLevel(context: ServerContext): string | undefined {
  return envelopeOf(context)['io.modelcontextprotocol/logLevel'];
}

function envelopeOf({ mcpReq: { envelope = {} } }: ServerContext): Envelope {
  return envelope;
}
