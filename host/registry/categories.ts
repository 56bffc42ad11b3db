// Tools by what they are for.

import { compareNames } from './names.ts';
import type { ListedTool } from './types.ts';

/** Category → names, both sorted. A list never changes, so that it is looked through once. */
export function categoriesOf(tools: readonly ListedTool[]): Readonly<Record<string, readonly string[]>> {
  const known = categories.get(tools);
  if (known !== undefined) return known;
  const found = Object.fromEntries(
    [...Map.groupBy(tools, ({ manifest }) => manifest.category)]
      .map(([category, members]) => [category, members.map(({ tool }) => tool)] as const)
      .toSorted(([a], [b]) => compareNames(a, b)),
  );
  categories.set(tools, found);
  return found;
}

const categories = new WeakMap<readonly ListedTool[], Readonly<Record<string, readonly string[]>>>();
