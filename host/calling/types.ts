// The second of the two paths: one call becomes a recorded result.

import type { Bill, ClientFeatures, ContentPart, Failure, LogLine, Profile } from '#sandbox';
import type { Principal } from '#host/base';
import type { ClientRequest } from '#host/capabilities';

/** What every kind of call has. */
export interface CallBase {
  readonly principal: Principal;
  /** Fires on cancellation and on disconnect; the run then really stops. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly ratio: number; readonly message?: string }) => void;
  /** Each line the tool logs, as it logs it. */
  readonly onLog?: (line: LogLine) => void;
}

/** One call of one tool. */
export interface ToolCall extends CallBase {
  /** `name` or `name@2`. */
  readonly tool: string;
  /** Parsed JSON; `undefined` counts as `{}`. */
  readonly input: unknown;
}

/** A conversation: how a call goes on after the client was asked. */
export interface Conversation {
  /** What the client declared: nothing else is asked of it. */
  readonly client: ClientFeatures;
  /** The client's answers by the key of their question, unchecked. One that does not fit its question counts as absent. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** What the earlier reply carried. Without it the call starts anew, and takes what answers it can use. */
  readonly state?: string;
}

/** Which run a result is of, and what it used. */
export interface RunFacts {
  readonly runId: string;
  readonly version: number;
  readonly digest: string;
  /** How its cell executed. */
  readonly profile: Profile;
  readonly bill: Bill;
}

/** What the caller gets, after it was recorded. */
export type ToolCallResult = RunFacts & {
  readonly tool: string;
  readonly logs: readonly LogLine[];
} & (
    | {
        readonly ok: true;
        /** Absent when the tool gave content alone. */
        readonly output?: unknown;
        readonly content: readonly ContentPart[];
      }
    | { readonly ok: false; readonly failure: Failure }
  );

/** The call waits for its client. */
export interface InputRequired {
  readonly kind: 'input-required';
  readonly runId: string;
  /** Key → question. Never empty. */
  readonly requests: Readonly<Record<string, ClientRequest>>;
  /** To be sent back with the answers; signed, good once, for this principal and this call, for an hour. */
  readonly state: string;
}

/** The call goes on as a task. */
export interface TaskStarted {
  readonly kind: 'task';
  readonly task: Task;
}

/** The call ended. */
export interface CallEnded<Result> {
  readonly kind: 'result';
  readonly result: Result;
}

/** Where a task stands. */
export type Task = {
  readonly taskId: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** How long after its creation the handle is kept, at least. Milliseconds. */
  readonly ttlMs: number;
  /** How often it is worth asking, in milliseconds. */
  readonly pollIntervalMs: number;
} & (
  | { readonly state: 'working' | 'cancelled' }
  /** The questions that are still open, by key. */
  | { readonly state: 'input_required'; readonly requests: Readonly<Record<string, ClientRequest>> }
  /** The tool ended, well or not. */
  | { readonly state: 'completed'; readonly result: ToolCallResult }
  /** The host failed the task: RUN_INTERRUPTED when the process that ran it is gone. */
  | { readonly state: 'failed'; readonly failure: Failure }
);

/** Handles of calls that outlive their requests. Each method @throws TASK_NOT_FOUND, for somebody else's too. */
export interface Tasks {
  get(principal: Principal, taskId: string): Promise<Task>;
  /** Takes the answers that fit; goes on once every question has one. What fits none is ignored. */
  update(principal: Principal, taskId: string, answers: Readonly<Record<string, unknown>>): Promise<void>;
  /** Ends the task's run; does nothing when it has ended. */
  cancel(principal: Principal, taskId: string): Promise<void>;
}

/** One message of a prompt. */
export interface PromptMessage {
  readonly role: 'user' | 'assistant';
  readonly content: ContentPart;
}

/** What a prompt renders to. */
export interface PromptResult extends RunFacts {
  readonly description?: string;
  readonly messages: readonly PromptMessage[];
}

/** What reading a resource gives. */
export interface ResourceResult extends RunFacts {
  readonly contents: readonly {
    readonly uri: string;
    readonly mimeType?: string;
    readonly text?: string;
    /** Base64. */
    readonly blob?: string;
  }[];
}

/** Values a client may offer its user. */
export interface Completion {
  /** At most 100. */
  readonly values: readonly string[];
  readonly total?: number;
  readonly hasMore?: boolean;
}

/** One rendering of a prompt. */
export interface PromptCall extends CallBase, Conversation {
  readonly prompt: string;
  readonly args: Readonly<Record<string, string>>;
}

/** One reading of a resource. */
export interface ResourceCall extends CallBase, Conversation {
  readonly uri: string;
}

/** What a user has typed so far of an argument of a prompt, or of a variable of a resource template. */
export interface CompletionCall extends CallBase {
  readonly subject: { readonly prompt: string } | { readonly uriTemplate: string };
  readonly argument: string;
  readonly value: string;
  /** Arguments that have their value already. */
  readonly others: Readonly<Record<string, string>>;
}

/** Calls tools, prompts and resources. Disposing it ends the tasks it works on. */
export interface Caller extends AsyncDisposable {
  /**
   * A result for whatever the tool did, once it is in the ledger. A run cancelled while it ran is such a result too. There
   * is no client to ask: a tool that asks one gets CLIENT_UNSUPPORTED. One that works as a task may take as long as its
   * task might.
   *
   * @throws REQUEST_INVALID, REQUEST_TOO_LARGE when the input is no JSON, or more than 16 Mi characters of it
   * @throws TOOL_NOT_FOUND, VERSION_NOT_FOUND, TOOL_QUARANTINED
   * @throws HOST_BUSY, HOST_STOPPING, RUN_CANCELLED when it did not start
   * @throws STORE_BUSY, STORE_FULL, STORE_FAILED when it could not be recorded
   */
  call(call: ToolCall): Promise<ToolCallResult>;
  /**
   * The same for a client that can be asked: the call may end in questions, or go on as a task.
   *
   * @throws REQUEST_STATE_INVALID, REQUEST_STATE_EXPIRED, and what `call` throws; the state is as good as before unless
   *   something ran
   * @throws REQUEST_TOO_LARGE when the answers of the call so far are more than 8 Mi characters
   * @throws CLIENT_UNSUPPORTED when the tool only works as a task and the client knows none, or when a question is left
   *   that the client could be asked before and cannot be asked now
   */
  converse(call: ToolCall & Conversation): Promise<CallEnded<ToolCallResult> | InputRequired | TaskStarted>;
  /**
   * Renders a prompt. A failure of its run is thrown: there is no result that could say it.
   *
   * @throws PROMPT_NOT_FOUND, INPUT_INVALID, TOOL_… and LIMIT_… of its run, and what `converse` throws
   */
  getPrompt(call: PromptCall): Promise<CallEnded<PromptResult> | InputRequired>;
  /** Reads a resource. @throws RESOURCE_NOT_FOUND, TOOL_… and LIMIT_… of its run, and what `converse` throws */
  readResource(call: ResourceCall): Promise<CallEnded<ResourceResult> | InputRequired>;
  /** Values for an argument; none where its author offers none. @throws PROMPT_NOT_FOUND, RESOURCE_NOT_FOUND */
  complete(call: CompletionCall): Promise<Completion>;
  readonly tasks: Tasks;
  /**
   * Refuses new tasks with HOST_STOPPING and waits for those it works on, at most `deadlineMs`; what is left then is
   * failed with RUN_INTERRUPTED.
   */
  drain(deadlineMs: number): Promise<void>;
}
