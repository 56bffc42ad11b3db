// Several things at once, but not all of them.

/**
 * Does the work on every item, at most `width` at a time; results come in the items' order. After a failure nothing further
 * is begun.
 *
 * @throws what a piece of work throws first
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  let isOver = false;
  const workOff = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      if (isOver) return;
      results[index] = await work(item);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(width, items.length) }, workOff));
  } finally {
    isOver = true;
  }
  return results;
}
