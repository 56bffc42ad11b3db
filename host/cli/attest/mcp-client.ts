// A client of the attacked host's MCP door that takes nothing for granted: it sends what it is told, and returns the
// response as it comes. It goes through the real endpoint, for which a socket would be a detour.

import { LOCAL_PRINCIPAL as principal, systemClock, type Log } from '#host/base';
import { createMcpBackend, openMcpHttpEndpoint } from '#host/doors/mcp';
import type { CommandApp } from '../command.ts';

/** A client of the door. Disposing it closes the door. */
export interface McpClient extends AsyncDisposable {
  /** Sends a request of the protocol of 2026-07-28. Returns the response as JSON text; of a list, all pages as one. */
  request(method: string, params: Params): Promise<string>;
}

type Params = Readonly<Record<string, unknown>>;

const ENDPOINT = 'http://localhost/mcp';
const PROTOCOL = '2026-07-28';
const ID = 1;

/** A client that would do everything for a tool that asks. */
const META = {
  'io.modelcontextprotocol/protocolVersion': PROTOCOL,
  'io.modelcontextprotocol/clientInfo': { name: 'glovebox-attest', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {} }, sampling: {} },
};

/** Opens a door of the host, and a client of it. */
export function openMcpClient(app: CommandApp, log: Log): McpClient {
  const backend = createMcpBackend({ ...app, version: '0.0.0', log });
  const endpoint = openMcpHttpEndpoint({ backend, principal, clock: systemClock, log });
  const request = async (method: string, params: Params): Promise<string> => {
    const body = { jsonrpc: '2.0', id: ID, method, params: { ...params, _meta: { ...META, ...metaOf(params) } } };
    const sent = new Request(ENDPOINT, { method: 'POST', headers: headersOf(method, params) });
    const response = await endpoint.serve(sent, JSON.stringify(body));
    return responseOf(await response.text());
  };
  return {
    request: (method, params) =>
      method === 'tools/list' ? listAll((page) => request(method, page), params) : request(method, params),
    [Symbol.asyncDispose]: () => endpoint.close(0),
  };
}

/** All tools of a list, in the first page's response. */
async function listAll(ask: (params: Params) => Promise<string>, params: Params): Promise<string> {
  const first = JSON.parse(await ask(params)) as ToolList;
  if (first.result === undefined) return JSON.stringify(first);
  const tools = [...first.result.tools];
  for (let cursor = first.result.nextCursor; cursor !== undefined;) {
    const { result } = JSON.parse(await ask({ ...params, cursor })) as ToolList;
    tools.push(...(result?.tools ?? []));
    cursor = result?.nextCursor;
  }
  return JSON.stringify({ ...first, result: { ...first.result, tools } });
}

interface ToolList {
  readonly result?: { readonly tools: readonly unknown[]; readonly nextCursor?: string };
}

function metaOf({ _meta: meta }: Params): object {
  return typeof meta === 'object' && meta !== null ? meta : {};
}

function headersOf(method: string, { name }: Params): Record<string, string> {
  return {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': PROTOCOL,
    'mcp-method': method,
    // A header holds no more than Latin-1; whatever is beyond is for the endpoint to refuse.
    ...(typeof name === 'string' ? { 'mcp-name': encodeURI(name) } : {}),
  };
}

/** The response among what an event stream says, or the whole of a body that is none. */
function responseOf(text: string): string {
  const events = [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => data);
  return events.find((data) => data.includes(`"id":${ID}`)) ?? text;
}
