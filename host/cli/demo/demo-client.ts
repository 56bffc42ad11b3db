// A real MCP client, as far from the host as any: it knows a URL and speaks the protocol.

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { systemClock } from '#host/base';
import { META_KEYS } from '#host/doors/mcp';
import type { Bill, Failure } from '#sandbox';

/** What came of one tool call. */
export interface Answer {
  /** Round trip, in milliseconds. */
  readonly ms: number;
  readonly structured: Readonly<Record<string, unknown>>;
  /** Present on a generated tool's result. */
  readonly bill?: Bill;
  /** Why it failed; absent when it did not. */
  readonly failure?: Failure;
}

/** A connected client. */
export interface DemoClient extends AsyncDisposable {
  readonly protocolVersion: string;
  toolNames(): Promise<readonly string[]>;
  call(tool: string, args: Readonly<Record<string, unknown>>): Promise<Answer>;
}

/** Connects to an MCP endpoint; calls stop when `signal` fires. */
export async function connectClient(url: string, signal: AbortSignal): Promise<DemoClient> {
  const client = new Client({ name: 'glovebox-demo', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  return {
    protocolVersion: client.getNegotiatedProtocolVersion() ?? 'unknown',
    async toolNames() {
      const { tools } = await client.listTools(undefined, { signal });
      return tools.map(({ name }) => name);
    },
    async call(tool, args) {
      const started = systemClock.elapsed();
      const result = await client.callTool({ name: tool, arguments: args }, { signal });
      const meta = result._meta ?? {};
      const bill = meta[META_KEYS.bill] as Bill | undefined;
      const failure = meta[META_KEYS.failure] as Failure | undefined;
      return {
        ms: systemClock.elapsed() - started,
        structured: (result.structuredContent ?? {}) as Readonly<Record<string, unknown>>,
        ...(bill === undefined ? {} : { bill }),
        ...(failure === undefined ? {} : { failure }),
      };
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}
