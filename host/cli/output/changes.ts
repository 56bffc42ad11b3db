// What a version changed, for people.

import { changeLine } from '#host/making';
import type { VersionChange } from '#host/registry';
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

/** The change that a failure tells of, where it does. */
export function changeOf(data: Readonly<Record<string, unknown>>): VersionChange | undefined {
  return Array.isArray(data['changes']) ? (data as unknown as VersionChange) : undefined;
}
