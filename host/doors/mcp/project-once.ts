// Lists as clients see them, made once per state of the registry rather than per request.

/**
 * `project` for every entry of a list, or for those it does not leave out with `undefined`; the same array for the same
 * list. The registry gives the same array until something changes, so the array is the key.
 */
export function projectOnce<Entry, Item>(
  project: (entry: Entry) => Item | undefined,
): (list: readonly Entry[]) => readonly Item[] {
  const projected = new WeakMap<readonly Entry[], readonly Item[]>();
  return (list) => {
    const known = projected.get(list);
    if (known !== undefined) return known;
    const items = list.map(project).filter((item) => item !== undefined);
    projected.set(list, items);
    return items;
  };
}
