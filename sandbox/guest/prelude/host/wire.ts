// The one way out of a context. After the end nothing more is said.

/** The host's callback. Each call crosses to the cell's main thread. */
export type Post = (kind: string, text: string) => void;

/** Says things until the end was said. */
export interface Wire {
  say(kind: 'log' | 'progress' | 'call', text: string): void;
  /** From here on the guest is mute: what it says while its result is read or written is lost. */
  mute(): void;
  /** The last words, in this order. Only the first end counts. */
  end(messages: readonly (readonly [kind: string, text: string])[]): void;
}

/** A wire over the host's callback. */
export function createWire(post: Post): Wire {
  let isMute = false;
  let hasEnded = false;
  return {
    say(kind, text) {
      if (!isMute) post(kind, text);
    },
    mute() {
      isMute = true;
    },
    end(messages) {
      isMute = true;
      if (hasEnded) return;
      hasEnded = true;
      for (const [kind, text] of messages) post(kind, text);
    },
  };
}
