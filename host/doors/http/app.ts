// What happens to a request between the socket and the application it is for.

import type { IncomingMessage, ServerResponse } from 'node:http';
import Router from '@koa/router';
import Koa from 'koa';
import { hostFailure, type Log } from '#host/base';
import { isCodedError, sandboxFailure, type Failure } from '#sandbox';
import { createOriginGuard } from './origin-guard.ts';
import { problemOf } from './problem.ts';
import { HeldBytes, readBody } from './read-body.ts';
import type { HttpLimits, HttpMount } from './types.ts';
import { toWebRequest, writeResponse } from './web-exchange.ts';

/** What the application is built from. */
export interface HttpAppOptions {
  readonly host: string;
  readonly mcp: HttpMount;
  readonly isReady: () => boolean;
  readonly allowedHosts?: readonly string[];
  readonly limits: HttpLimits;
  readonly log: Log;
}

/** The application, ready to be put behind a socket. */
export interface HttpApp {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** From now on every connection is closed after its answer, and the host is not ready. */
  stop(): void;
}

/** What a web Request can carry; others (TRACE, CONNECT) find nothing anywhere. */
const WEB_METHODS = ['GET', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PUT', 'PATCH'];

/** Builds the application; no I/O. */
export function createHttpApp(options: HttpAppOptions): HttpApp {
  const { host, mcp, isReady, allowedHosts, limits, log } = options;
  const state = { stopping: false };
  const koa = new Koa();
  koa.silent = true; // what fails is answered and logged below
  koa.use(answerFailures(log));
  koa.use(guardTarget);
  koa.use(closeWhenStopping(state));
  koa.use(guardOrigin(createOriginGuard(host, allowedHosts)));

  const router = new Router();
  router.get('/healthz', (ctx) => {
    ctx.body = { status: 'ok' };
  });
  router.get('/readyz', (ctx) => {
    if (state.stopping || !isReady()) return fail(ctx, sandboxFailure('HOST_STOPPING', 'the host takes no calls now'));
    ctx.body = { status: 'ready' };
  });
  router.register('/mcp', WEB_METHODS, serveMount(mcp, limits));
  router.all(['/sse', '/messages', '/message'], (ctx) =>
    fail(ctx, hostFailure('PATH_NOT_FOUND', 'the HTTP+SSE transport of 2024-11-05 is not served; use POST /mcp')),
  );
  koa.use(router.routes());
  koa.use((ctx) =>
    fail(ctx, hostFailure('PATH_NOT_FOUND', `there is nothing at ${JSON.stringify(ctx.path)}; MCP is at /mcp`)),
  );

  const handle = koa.callback();
  return {
    handle: (request, response) => void handle(request, response),
    stop() {
      state.stopping = true;
    },
  };
}

function answerFailures(log: Log): Koa.Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (isCodedError(error)) return fail(ctx, error);
      // A client that hung up halfway through its request needs no answer.
      if (ctx.req.errored !== null || ctx.res.destroyed) return;
      log.error({ path: ctx.path, error }, 'a request failed without a code');
      fail(ctx, hostFailure('INTERNAL', 'the host failed while it served the request; its log says why'));
    }
  };
}

/** A request may name a whole URL; what is none, nothing after this could read. */
const guardTarget: Koa.Middleware = async (ctx, next) => {
  if (URL.canParse(ctx.req.url ?? '/', 'http://localhost')) await next();
  else fail(ctx, hostFailure('REQUEST_INVALID', 'what the request line names is no URL; send POST /mcp'));
};

function closeWhenStopping(state: { readonly stopping: boolean }): Koa.Middleware {
  return async (ctx, next) => {
    if (state.stopping) ctx.set('connection', 'close');
    await next();
  };
}

function guardOrigin(guard: ReturnType<typeof createOriginGuard>): Koa.Middleware {
  return async (ctx, next) => {
    const failure = guard({ host: ctx.req.headers.host, origin: ctx.req.headers.origin });
    if (failure !== undefined) return fail(ctx, failure);
    await next();
  };
}

function serveMount(mount: HttpMount, limits: HttpLimits): Koa.Middleware {
  const held = new HeldBytes();
  return async (ctx) => {
    const over = new AbortController();
    ctx.res.once('close', () => over.abort());
    const body = await readBody(ctx.req, limits, held, over.signal);
    const response = await mount.serve(toWebRequest(ctx.req, over.signal), body);
    ctx.respond = false; // the mount's response is written as it comes, not gathered by koa
    await writeResponse(response, ctx.res, limits, over.signal);
  };
}

function fail(ctx: Koa.Context, failure: Failure): void {
  if (ctx.headerSent) {
    // Half an answer must not pass for a whole one.
    ctx.res.destroy();
    return;
  }
  const { status, headers, body } = problemOf(failure);
  ctx.respond = true;
  ctx.status = status;
  ctx.set(headers);
  ctx.body = body;
}
