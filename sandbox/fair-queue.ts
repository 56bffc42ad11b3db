// A queue that serves its keys in turn: whoever floods it waits behind itself, not in front of others.

/** First in, first out within a key; round robin between keys. */
export class FairQueue<T> {
  // A Map keeps insertion order: the first key is the next in turn, a served key goes to the end.
  readonly #keys = new Map<string, T[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Whether anyone but `key` waits. */
  hasOther(key: string): boolean {
    return this.#keys.size > (this.#keys.has(key) ? 1 : 0);
  }

  push(key: string, item: T): void {
    const items = this.#keys.get(key);
    if (items === undefined) this.#keys.set(key, [item]);
    else items.push(item);
    this.#size += 1;
  }

  /** Takes the next item of the first key in turn that `may` be served. */
  take(may: (key: string, next: T) => boolean): T | undefined {
    for (const [key, items] of this.#keys) {
      const [next] = items;
      if (next === undefined || !may(key, next)) continue;
      this.#keys.delete(key);
      items.shift();
      this.#size -= 1;
      if (items.length > 0) this.#keys.set(key, items);
      return next;
    }
    return undefined;
  }

  /** Takes one item out of turn; returns whether it was there. */
  remove(key: string, item: T): boolean {
    const items = this.#keys.get(key) ?? [];
    const at = items.indexOf(item);
    if (at < 0) return false;
    items.splice(at, 1);
    this.#size -= 1;
    if (items.length === 0) this.#keys.delete(key);
    return true;
  }

  /** Takes everything out. */
  drain(): T[] {
    const items = [...this.#keys.values()].flat();
    this.#keys.clear();
    this.#size = 0;
    return items;
  }
}
