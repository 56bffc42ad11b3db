// The HTTP door.

/** Opens it. */
export { openHttpServer, type HttpServer, type HttpServerOptions } from './server.ts';
/** What it serves, and the bounds it keeps. */
export { DEFAULT_HTTP_LIMITS, type HttpLimits, type HttpMount } from './types.ts';
