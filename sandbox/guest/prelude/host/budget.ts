// What a run may still say: counted here, before anything is queued to the host.

/** The budgets of a run, as the host gives them. */
export interface RunBudgets {
  /** Structured result plus content parts, in bytes of JSON text. */
  readonly outputBytes: number;
  readonly logBytes: number;
  /** Log lines, progress and calls together. */
  readonly hostCalls: number;
}

/** Counts messages to the host. */
export interface MessageBudget {
  /** Takes one message; false when none is left. */
  take(): boolean;
}

/** A budget of that many messages. */
export function createMessageBudget(hostCalls: number): MessageBudget {
  let left = hostCalls;
  return {
    take() {
      if (left <= 0) return false;
      left -= 1;
      return true;
    },
  };
}
