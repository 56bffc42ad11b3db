// What looked suspicious about a tool, for people.

import type { Finding } from '#sandbox';
import { showInvisible } from '#host/base';
import type { ToldFindings } from '#host/registry';
import type { Style } from './style.ts';

const MARKS = { warning: '!', note: '·' } as const;
const COLOURS = { warning: 'yellow', note: 'dim' } as const;

/** Each finding: its kind and place on one line, what was seen on the next. Undefined when there is none. */
export function formatFindings({ findings = [], moreFindings = 0 }: ToldFindings, style: Style): string | undefined {
  if (findings.length === 0) return undefined;
  const lines = findings.flatMap(({ kind, severity, where, excerpt, message }) => [
    `  ${style(COLOURS[severity], `${MARKS[severity]} ${kind}`)}  ${style('bold', placeText(where))}  ${message}`,
    `      ${style('dim', excerpt)}`,
  ]);
  return [...lines, ...(moreFindings === 0 ? [] : [`  and ${moreFindings} more`])].join('\n');
}

/** The findings that a failure tells of, where it does. */
export function findingsIn({ findings, moreFindings }: Readonly<Record<string, unknown>> = {}): ToldFindings {
  if (!Array.isArray(findings)) return {};
  return {
    findings: findings as readonly Finding[],
    ...(typeof moreFindings === 'number' ? { moreFindings } : {}),
  };
}

/** As editors write it, columns from 1; a place in the manifest as its JSON pointer. */
export function placeText(where: Finding['where']): string {
  // A property may be called anything, line breaks included.
  if ('path' in where) return `manifest ${showInvisible(where.path)}`;
  return `${where.file}:${where.line}${where.column === undefined ? '' : `:${where.column + 1}`}`;
}
