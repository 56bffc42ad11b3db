// One SDK server over the shared backend. Cheap to make: the newer era makes one per HTTP request.

import type { Result, ServerContext } from '@modelcontextprotocol/server';
import type { Log, Principal } from '#host/base';
import type { ListTopic } from '#host/registry';
import { createCallEvents } from './call-events.ts';
import type { CallsInFlight } from './calls-in-flight.ts';
import { completionOf } from './completion.ts';
import { conversationOf } from './conversation.ts';
import { toOlderEra } from './older-era.ts';
import { closeStreamEvery } from './poll.ts';
import { answered } from './rpc-errors.ts';
import { createSdkServer, type SdkServer } from './sdk-server.ts';
import { Subscriptions } from './subscriptions.ts';
import { serveTasks } from './task-methods.ts';
import type { Era, McpBackend, McpRequest } from './types.ts';

/** What a server works with. */
export interface ProtocolServerDeps {
  readonly backend: McpBackend;
  readonly principal: Principal;
  readonly calls: CallsInFlight;
  readonly log: Log;
  /** How long a call of the older era that may take long holds a connection, in milliseconds. @default for ever */
  readonly pollAfterMs?: number;
}

/** A server of this folder. */
export interface ProtocolServer {
  /** To be connected to a transport by the caller. */
  readonly server: SdkServer;
  /** Says that a list changed; the client may be gone. */
  announceList(topic: ListTopic): void;
  /** Says that a resource changed, to a client that asked for that. */
  announceUpdate(uri: string): void;
}

/** Builds a server for one request or one connection of `era`. */
export function createProtocolServer(era: Era, deps: ProtocolServerDeps): ProtocolServer {
  const { backend, log } = deps;
  const { serverInfo, instructions } = backend;
  const server = createSdkServer(serverInfo, { capabilities: backend.capabilities[era], instructions });
  server.onerror = reportTo(log);
  serveLists(server, era, deps);
  serveRuns(server, era, deps);
  if (era === 'newer') serveTasks(server, deps);
  const subscriptions = era === 'older' ? serveSubscriptions(server, deps) : undefined;
  const send = (notification: Promise<void>): void => void notification.catch(() => undefined);
  return {
    server,
    announceList: (topic) => send(listChanged[topic](server)),
    announceUpdate(uri) {
      // In the newer era the SDK knows who listens to what.
      if (subscriptions?.has(uri) !== false) send(server.sendResourceUpdated({ uri }));
    },
  };
}

/** For what the SDK notices and answers itself; cut short, because it may quote what a client sent. */
export function reportTo(log: Log): (error: Error) => void {
  return (error) => log.debug({ reason: error.message.slice(0, 200) }, 'the MCP protocol layer reports');
}

const listChanged: Readonly<Record<ListTopic, (server: SdkServer) => Promise<void>>> = {
  tools: (server) => server.sendToolListChanged(),
  prompts: (server) => server.sendPromptListChanged(),
  resources: (server) => server.sendResourceListChanged(),
};

function serveLists(server: SdkServer, era: Era, { backend, principal, log }: ProtocolServerDeps): void {
  server.setRequestHandler('tools/list', ({ params }) =>
    answered(log, async () => {
      const page = backend.listTools(principal, params?.cursor);
      return era === 'newer' ? page : toOlderEra(page);
    }),
  );
  server.setRequestHandler('prompts/list', ({ params }) =>
    answered(log, async () => backend.listPrompts(principal, params?.cursor)),
  );
  server.setRequestHandler('resources/list', ({ params }) =>
    answered(log, async () => backend.listResources(principal, params?.cursor)),
  );
  server.setRequestHandler('resources/templates/list', ({ params }) =>
    answered(log, async () => backend.listResourceTemplates(principal, params?.cursor)),
  );
}

function serveRuns(server: SdkServer, era: Era, deps: ProtocolServerDeps): void {
  const { backend, principal, calls, pollAfterMs } = deps;
  const run = <Reply extends Result>(
    context: ServerContext,
    name: string,
    work: (request: McpRequest) => Promise<Reply>,
  ): Promise<Reply> => serveRun(context, { era, server, name, deps }, work);

  server.setRequestHandler('tools/call', ({ params: { name, arguments: args = {} } }, context) => {
    const closeSSE = context.http?.closeSSE;
    // Nobody could come back to a host that stops: what runs may finish on the connection it has.
    const closeStream = closeSSE && (() => calls.isDraining || closeSSE());
    return run(context, name, async (request) => {
      using _polling =
        closeStream !== undefined && pollAfterMs !== undefined && backend.takesLong(principal, name)
          ? closeStreamEvery(pollAfterMs, closeStream)
          : undefined;
      return await backend.callTool({ ...request, name, args });
    });
  });
  server.setRequestHandler('prompts/get', ({ params: { name, arguments: args = {} } }, context) =>
    run(context, name, (request) => backend.getPrompt({ ...request, name, args })),
  );
  server.setRequestHandler('resources/read', ({ params: { uri } }, context) =>
    run(context, uri, (request) => backend.readResource({ ...request, uri })),
  );
  server.setRequestHandler('completion/complete', ({ params }, context) =>
    run(context, '', ({ signal }) => backend.complete({ principal, signal, ...completionOf(params) })),
  );
}

function serveSubscriptions(server: SdkServer, { backend, principal, log }: ProtocolServerDeps): Subscriptions {
  const subscriptions = new Subscriptions();
  server.setRequestHandler('resources/subscribe', ({ params: { uri } }) =>
    answered(log, async () => {
      backend.assertServed(principal, uri);
      subscriptions.add(uri);
      return {};
    }),
  );
  server.setRequestHandler('resources/unsubscribe', async ({ params: { uri } }) => {
    subscriptions.remove(uri);
    return {};
  });
  return subscriptions;
}

interface RunScope {
  readonly era: Era;
  readonly server: SdkServer;
  /** What log lines are told to come from. */
  readonly name: string;
  readonly deps: ProtocolServerDeps;
}

/** Runs something for a request; what it says is sent before its result. */
function serveRun<Reply>(
  context: ServerContext,
  { era, server, name, deps }: RunScope,
  work: (request: McpRequest) => Promise<Reply>,
): Promise<Reply> {
  const { principal, calls, log } = deps;
  return answered(log, () =>
    // A call that waits for its client is not running: only the rounds of a conversation count.
    calls.run([context.mcpReq.signal], async (signal) => {
      const events = createCallEvents(context, era, name);
      const conversation = conversationOf(context, era, server);
      try {
        return await work({ principal, era, signal, ...conversation, ...events.listeners });
      } finally {
        await events.sent();
      }
    }),
  );
}
