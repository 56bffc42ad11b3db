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
   *   leaves out (functions, undefined) is left out. A tool without an output schema may return nothing once it has given
   *   content.
   */
  run(input: Input, host: Host<Context>): Output | void | Promise<Output | void>;
}

/** How urgent a log line is. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/**
 * What a tool can reach. Frozen; its functions need no `this`. A name the manifest has no grant for (`host.fetch`, `host.ask`,
 * `host.kv`, …) throws GRANT_MISSING when it is read.
 *
 * `host.ask`, `host.sample` and `host.roots` may end the run until the client has answered. Then the tool is run again from
 * its start, and each call to the host is given the answer it had: a tool sees no difference, as long as what it asks follows
 * from its input, its context and the answers before.
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
   * @throws LIMIT_HOST_CALLS when the run has no host call left or has used up those of this capability, or when 256 calls or
   *   1 MiB of arguments are unanswered
   * @throws CALL_INVALID when the arguments are nested more than 64 deep, or have a key such as `__proto__`
   */
  call(capability: string, args?: unknown): Promise<unknown>;

  /** What the client behind this call can do: a tool that asks for more gets CLIENT_UNSUPPORTED. Frozen. */
  readonly client: ClientFeatures;

  /**
   * Puts a question to whoever uses the client. Needs the grant `client.ask`. The tool's name is shown with it; never ask for
   * passwords or other secrets.
   *
   * @throws ASK_INVALID when the question is not one that may be asked
   * @throws CLIENT_UNSUPPORTED when the client cannot ask
   */
  ask<Form extends object = JsonObject>(question: Question): Promise<Answer<Form>>;

  /**
   * Has the client's model continue a conversation. Needs the grant `client.sample`.
   *
   * @throws ASK_INVALID when the request is not one that may be made
   * @throws CLIENT_UNSUPPORTED when the client has no model to offer
   */
  sample(request: SampleRequest): Promise<Sample>;

  /**
   * Asks which folders the client works in. Needs the grant `client.roots`.
   *
   * @throws CLIENT_UNSUPPORTED when the client does not tell
   */
  roots(options?: { readonly key?: string }): Promise<readonly Root[]>;

  /**
   * Says that the rest takes longer than a caller should wait. Where the manifest says `task.from: "background"` and the client
   * holds tasks, the call goes on as a task from here, and what it asks the client is asked through the task. Everywhere
   * else this does nothing.
   */
  background(): Promise<void>;

  /**
   * Shows and hides tools, prompts and resources of the folder this tool was mounted from. Needs the grant `listing.change`
   * with the name.
   */
  readonly listing: Listing;

  /** Tells subscribers that a resource has changed. Needs the grant `resource.notify` with its URI. */
  updated(uri: string): Promise<void>;
}

/** What a client can do. */
export interface ClientFeatures {
  /** `host.ask`. */
  readonly ask: boolean;
  /** `host.sample`. */
  readonly sample: boolean;
  /** `host.roots`. */
  readonly roots: boolean;
  /** Holds handles of calls that go on as tasks. */
  readonly tasks: boolean;
}

/** A question to a person. */
export interface Question {
  /** At most 2,000 characters. */
  readonly message: string;
  /**
   * The form to fill in: an object whose at most 32 properties are strings, numbers, booleans, or choices of given values.
   *
   * @see https://modelcontextprotocol.io/specification/2026-07-28/client/elicitation
   */
  readonly schema: JsonSchema;
  /** Names the question: letters, digits and `_.-`, at most 64. @default `input_` and the number of the call */
  readonly key?: string;
}

/** What became of a question. */
export interface Answer<Form extends object = JsonObject> {
  /** `cancel`: the person neither answered nor refused. */
  readonly action: 'accept' | 'decline' | 'cancel';
  /** With `accept`: what the form holds. It matches the question's schema. */
  readonly content?: Form;
}

/** What a model is to continue. */
export interface SampleRequest {
  readonly messages: readonly SampleMessage[];
  /** The most the model may write, in tokens. */
  readonly maxTokens: number;
  readonly systemPrompt?: string;
  readonly temperature?: number;
  readonly stopSequences?: readonly string[];
  /** Which model to take, as hints: the client decides. */
  readonly modelPreferences?: JsonObject;
  /** Names the request, as with a {@link Question}. */
  readonly key?: string;
}

/** One message of a conversation with a model. */
export interface SampleMessage {
  readonly role: 'user' | 'assistant';
  readonly content: SampleContent;
}

/** What a message says. */
export type SampleContent =
  | { readonly type: 'text'; readonly text: string }
  /** `data` is base64. */
  | { readonly type: 'image' | 'audio'; readonly data: string; readonly mimeType: string };

/** What the model said. */
export interface Sample extends SampleMessage {
  readonly model: string;
  readonly stopReason?: string;
}

/** A folder the client works in. */
export interface Root {
  readonly uri: string;
  readonly name?: string;
}

/** What of a mounted folder clients see. Both resolve to whether it was shown before. */
export interface Listing {
  show(topic: ListTopic, name: string): Promise<{ readonly shown: boolean }>;
  hide(topic: ListTopic, name: string): Promise<{ readonly shown: boolean }>;
}

/** A list of what there is. */
export type ListTopic = 'tools' | 'prompts' | 'resources';

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
