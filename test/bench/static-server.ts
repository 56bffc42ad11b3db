// The peer of an MCP call: the same trivial tool, written into a server on the MCP SDK, with no jail and no ledger. Started
// as a program: `static-server.ts http PORT` serves it under koa, `static-server.ts stdio` as the SDK serves a pipe.

import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, fromJsonSchema, McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import Koa from 'koa';

import { SUM } from './sum.ts';

const { name, description, inputSchema, outputSchema } = SUM.manifest;

function createServer(): McpServer {
  const server = new McpServer({ name: 'static', version: '1.0.0' });
  const schemas = {
    inputSchema: fromJsonSchema<{ a: number; b: number }>(inputSchema),
    outputSchema: fromJsonSchema(outputSchema),
  };
  server.registerTool(name, { description, ...schemas }, ({ a, b }) => {
    const structuredContent = { sum: a + b };
    return { structuredContent, content: [{ type: 'text', text: JSON.stringify(structuredContent) }] };
  });
  return server;
}

const [, , transport, port] = process.argv;
if (transport === 'stdio') serveStdio(createServer);
else {
  const handle = toNodeHandler(createMcpHandler(createServer));
  const koa = new Koa();
  koa.use(async (ctx) => {
    ctx.respond = false;
    // As the SDK's own types say it takes: Node's leave no property undefined.
    await handle(ctx.req as Parameters<typeof handle>[0], ctx.res);
  });
  koa.listen(Number(port), '127.0.0.1');
}
