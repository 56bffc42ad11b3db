// The public types of the module `glovebox`: what tool authors read.

/** Anything JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** A JSON Schema, draft 2020-12, with an object at its root. */
export type JsonSchema = { readonly [key: string]: Json };

/** What a tool is: the default export of its `tool.ts`, made with `defineTool`. */
export interface ToolDefinition<Input = JsonObject, Output extends object = object, Context = unknown> {
  /** The input's schema, where `tool.json` does not give it as `inputSchema`. A literal: it is read without a call. */
  readonly input?: JsonSchema;
  /** The result's schema, where `tool.json` does not give it as `outputSchema`. */
  readonly output?: JsonSchema;
  /**
   * Does the tool's work, once per call, in a fresh context: nothing is kept from one call to the next.
   *
   * @param input The caller's arguments; they match the input schema.
   * @param host Everything the tool can reach.
   * @returns The structured result: an object that JSON can say and that matches the output schema. What JSON.stringify
   *   leaves out (functions, undefined) is left out.
   */
  run(input: Input, host: Host<Context>): Output | Promise<Output>;
}

/** How urgent a log line is. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/**
 * What a tool can reach. Frozen; its functions need no `this`. A name the manifest has no grant for (`host.fetch`, `host.ask`,
 * `host.kv`, …) throws GRANT_MISSING when it is read.
 */
export interface Host<Context = unknown> {
  /** What the tool was generated with; deep-frozen. */
  readonly context: Context;

  /**
   * Writes a line to the run's log, like `console.info`; with a level first, at that level. Past `limits.logBytes`, or
   * past `limits.hostCalls`, lines are lost, and the log's last line says so.
   */
  log(level: LogLevel, ...values: readonly [unknown, ...unknown[]]): void;
  log(...values: readonly unknown[]): void;

  /**
   * Tells the caller how far the tool is. At most 200 times per run; a ratio that does not grow is not sent.
   *
   * @param ratio 0 to 1; what lies beyond is clamped.
   * @param message At most 500 characters.
   * @throws TypeError when the ratio is not a finite number
   */
  progress(ratio: number, message?: string): void;

  /** Content beside the structured result. */
  readonly content: Content;

  /**
   * Ends the run as a failure the caller can read: bad arguments in combination, nothing found, and so on.
   *
   * @param data Details that JSON can say, at most 16,384 characters.
   * @throws TOOL_FAILED always
   */
  fail(message: string, data?: unknown): never;

  /**
   * Waits. There are no timers in a tool; this is the way to wait, and it is wall time.
   *
   * @param ms Milliseconds, 0 or more.
   * @throws LIMIT_HOST_CALLS when the run has no host call left
   */
  sleep(ms: number): Promise<void>;

  /**
   * Calls a capability of the host by its name, for instance `kv.read`.
   *
   * @param args What JSON can say.
   * @throws GRANT_MISSING when the manifest does not grant it
   * @throws LIMIT_HOST_CALLS when the run has no host call left, or more than 1 MiB of arguments is unanswered
   */
  call(capability: string, args?: unknown): Promise<unknown>;
}

/**
 * Content parts, in the order they are added. They count towards `limits.outputBytes`.
 *
 * Each throws CONTENT_INVALID when a field is missing or of the wrong type, LIMIT_OUTPUT when the part does not fit.
 * Bytes are given as a Uint8Array or as padded base64 text.
 */
export interface Content {
  /** Text for the model or the reader. */
  text(text: string | { readonly text: string }): void;
  image(part: { readonly data: Uint8Array | string; readonly mimeType: string }): void;
  audio(part: { readonly data: Uint8Array | string; readonly mimeType: string }): void;
  /** A document that travels with the result: either `text` or `blob`. */
  resource(
    part: { readonly uri: string; readonly mimeType?: string } & (
      | { readonly text: string }
      | { readonly blob: Uint8Array | string }
    ),
  ): void;
  /** A document the client may fetch. */
  link(part: {
    readonly uri: string;
    readonly name: string;
    readonly description?: string;
    readonly mimeType?: string;
  }): void;
}

/** What the host's functions throw. Test its `code`. */
export interface HostError extends Error {
  readonly name: 'HostError';
  /** For instance GRANT_MISSING, LIMIT_HOST_CALLS, CONTENT_INVALID. */
  readonly code: string;
}
