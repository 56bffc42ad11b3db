// Many rows that arrive together, one commit: a commit costs more than a row.

import { isCodedError } from '#sandbox';

/**
 * A function that writes rows in the transaction of their event-loop turn. Rows that arrive while a group is being
 * written form the next one. Each promise resolves after the commit of its group.
 *
 * @param writeGroup writes all of the rows or none
 * @param maxRows of one group
 */
export function createGroupCommit<Row>(
  writeGroup: (rows: readonly Row[]) => Promise<void>,
  maxRows: number,
): (row: Row) => Promise<void> {
  const waiting: Entry<Row>[] = [];
  let writing = false;

  async function writeWaiting(): Promise<void> {
    while (waiting.length > 0) {
      await settle(waiting.splice(0, maxRows), writeGroup);
    }
    writing = false;
  }

  return (row) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    waiting.push({ row, resolve, reject });
    if (!writing) {
      writing = true;
      // After the events of this turn, so that all rows they bring are in the group.
      setImmediate(() => void writeWaiting());
    }
    return promise;
  };
}

interface Entry<Row> {
  readonly row: Row;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

async function settle<Row>(
  group: readonly Entry<Row>[],
  writeGroup: (rows: readonly Row[]) => Promise<void>,
): Promise<void> {
  try {
    await writeGroup(group.map(({ row }) => row));
    for (const { resolve } of group) resolve();
  } catch (error) {
    if (group.length === 1 || concernsAll(error)) for (const { reject } of group) reject(error);
    // One row is at fault, and the others must not pay for it.
    else for (const entry of group) await settle([entry], writeGroup);
  }
}

/** What is wrong with the database, rather than with a row. */
function concernsAll(error: unknown): boolean {
  if (!isCodedError(error)) return false;
  return error.code !== 'STORE_FAILED' ? error.kind === 'unavailable' : REASONS_OF_ALL.has(error.data?.['reason']);
}

const REASONS_OF_ALL: ReadonlySet<unknown> = new Set(['unreachable', 'connection-lost', 'closed']);
