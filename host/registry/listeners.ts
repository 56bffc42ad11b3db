// Who wants to hear of something.

/** Listeners of one kind of event. */
export class Listeners<Event extends readonly unknown[]> {
  readonly #listeners = new Set<(...event: Event) => void>();

  add(listener: (...event: Event) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  tell(...event: Event): void {
    for (const listener of this.#listeners) listener(...event);
  }

  clear(): void {
    this.#listeners.clear();
  }
}
