// What a version changed, for people. In words of its own: making's would have every command load all of making.

import type { Change, VersionChange } from '#host/registry';
import type { Style } from './style.ts';

const COLOURS = { description: 'dim', additive: 'green', breaking: 'red' } as const;

/** A line per change, the gravest first. */
export function formatChanges({ changes, more = 0 }: VersionChange, style: Style): string {
  if (changes.length === 0) return '  no change for callers';
  const lines = changes.map(
    (change) => `  ${style(COLOURS[change.kind], change.kind.padEnd(11))}  ${changeLine(change)}`,
  );
  return [...lines, ...(more === 0 ? [] : [`  and ${more} more`])].join('\n');
}

/** The gravest change, for a cell of a table. */
export function formatGravestChange({ kind, changes, more = 0 }: VersionChange): string {
  const [first] = changes;
  if (first === undefined) return 'no change for callers';
  const others = changes.length - 1 + more;
  return `${kind}: ${changeLine(first)}${others === 0 ? '' : ` and ${others} more`}`;
}

/** The change that a failure tells of, where it does. */
export function changeOf(data: Readonly<Record<string, unknown>>): VersionChange | undefined {
  return Array.isArray(data['changes']) ? (data as unknown as VersionChange) : undefined;
}

function changeLine({ role, path, what }: Change): string {
  return [role, path, what].filter((part) => part !== '').join(' ');
}
