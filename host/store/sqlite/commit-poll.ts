// How processes on one embedded database notice each other: asking it now and then whether anybody has committed.

/**
 * Calls `look` when the stamp has moved, until disposed. Never keeps a process alive.
 *
 * @param commitStamp a number that differs from the last one when another connection has committed since
 */
export function pollCommits(commitStamp: () => Promise<number>, look: () => void, pollMs: number): Disposable {
  let seen: number | undefined;
  let polling = false;

  async function poll(): Promise<void> {
    if (polling) return;
    polling = true;
    try {
      const stamp = await commitStamp();
      if (seen !== undefined && stamp !== seen) look();
      seen = stamp;
    } catch {
      // The database cannot answer now. What happens meanwhile must not be missed.
      seen = Number.NaN;
    } finally {
      polling = false;
    }
  }

  void poll();
  const timer = setInterval(() => void poll(), pollMs).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
