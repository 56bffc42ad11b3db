// The tools, prompts or resources of mounted folders: found by name, listed by name, shown or hidden.

import { compareNames } from './names.ts';

/** What is mounted under one topic. */
export class MountedItems<Item> {
  readonly #items = new Map<string, { readonly item: Item; isShown: boolean }>();
  #shown: readonly Item[] | undefined;

  get isEmpty(): boolean {
    return this.#items.size === 0;
  }

  /** Whether a name is in use, hidden or not. */
  has(name: string): boolean {
    return this.#items.has(name);
  }

  /** A hidden one is not found. */
  find(name: string): Item | undefined {
    const entry = this.#items.get(name);
    return entry?.isShown === true ? entry.item : undefined;
  }

  /** Those that are shown, sorted by name; the same array until something changes. */
  get shown(): readonly Item[] {
    this.#shown ??= [...this.#items]
      .filter(([, { isShown }]) => isShown)
      .toSorted(([a], [b]) => compareNames(a, b))
      .map(([, { item }]) => item);
    return this.#shown;
  }

  add(name: string, item: Item): void {
    this.#items.set(name, { item, isShown: true });
    this.#shown = undefined;
  }

  delete(name: string): void {
    this.#items.delete(name);
    this.#shown = undefined;
  }

  /** Whether it was shown before; undefined when there is nothing of that name. */
  setShown(name: string, isShown: boolean): boolean | undefined {
    const entry = this.#items.get(name);
    const before = entry?.isShown;
    if (entry === undefined || before === isShown) return before;
    entry.isShown = isShown;
    this.#shown = undefined;
    return before;
  }
}
