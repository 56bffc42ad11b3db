// Lists page by page.

import { hostError } from '#host/base';

/** Items per page. */
export const PAGE_SIZE = 100;

/** One page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  /** Absent on the last one. Spread into the result. */
  readonly next: { readonly nextCursor?: string };
}

/**
 * The page after `cursor` of items that are sorted by name; the first page starts with `first`.
 *
 * A cursor names the last item of its page rather than a position, so an item that is there throughout is listed exactly
 * once even when others come and go between two pages.
 *
 * @throws REQUEST_INVALID when the cursor is not one that an earlier page gave
 */
export function pageOf<Item extends { readonly name: string }>(
  items: readonly Item[],
  cursor: string | undefined,
  first: readonly Item[] = [],
): Page<Item> {
  if (cursor === undefined) return cut([...first, ...items.slice(0, PAGE_SIZE - first.length + 1)]);
  const after = parseCursor(cursor);
  const start = items.findIndex(({ name }) => name > after);
  return cut(start === -1 ? [] : items.slice(start, start + PAGE_SIZE + 1));
}

/** A page from up to one item more than fits: the extra one says that there is a next page. */
function cut<Item extends { readonly name: string }>(found: readonly Item[]): Page<Item> {
  const items = found.slice(0, PAGE_SIZE);
  const last = items.at(-1);
  if (found.length <= PAGE_SIZE || last === undefined) return { items, next: {} };
  return { items, next: { nextCursor: Buffer.from(`after:${last.name}`).toString('base64url') } };
}

function parseCursor(cursor: string): string {
  const name = /^after:([a-z0-9_]{1,64})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (name !== undefined) return name;
  throw hostError('REQUEST_INVALID', 'the cursor is not one that this list gave; start again without a cursor', {
    path: '/cursor',
  });
}
