// A connection that fails when it is made, and never when it is only described.

import { Client, type ClientConfig } from 'pg';

/**
 * pg reads the files that a URL names, such as `sslrootcert`, in its constructor. The pool constructs clients where nobody
 * catches: a file that is missing for a moment would end the process.
 */
export class SafeClient extends Client {
  constructor(config?: ClientConfig) {
    try {
      super(config);
    } catch (error) {
      super();
      this.connect = (async (callback?: (error: unknown) => void) => {
        if (callback === undefined) throw error;
        process.nextTick(callback, error);
      }) as unknown as Client['connect'];
    }
  }
}
