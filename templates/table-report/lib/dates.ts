// Days written as 2026-01-31, their parts, and other ways of writing them.

import type { DatePart, DatePattern } from './types.ts';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;

/** Whether a text is a day that exists. */
export function isDay(text: string): boolean {
  return DAY.test(text) && dayOf(epochMs(text)) === text;
}

/** The day of a day or of a date with a time, as written: its time and offset are left out. */
export function findDay(text: string): string | undefined {
  const day = text.slice(0, 10);
  return isDay(day) && /^(?:$|[T ]\d{2}:\d{2})/.test(text.slice(10)) ? day : undefined;
}

/** A label that days of the same part share, and that sorts like time: 2026, 2026-Q1, 2026-01, 2026-W05 (ISO 8601). */
export function partOf(day: string, part: DatePart): string {
  switch (part) {
    case 'year':
      return day.slice(0, 4);
    case 'quarter':
      return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
    case 'month':
      return day.slice(0, 7);
    case 'week':
      return isoWeek(day);
    case 'day':
      return day;
  }
}

/** A day in another notation. */
export function writeDay(day: string, pattern: DatePattern): string {
  const [, year = '', month = '', date = ''] = DAY.exec(day) ?? [];
  switch (pattern) {
    case 'YYYY-MM-DD':
      return day;
    case 'DD.MM.YYYY':
      return `${date}.${month}.${year}`;
    case 'MM/DD/YYYY':
      return `${month}/${date}/${year}`;
    case 'D MMM YYYY':
      return `${Number(date)} ${MONTHS[Number(month) - 1] ?? ''} ${year}`;
  }
}

/** A week belongs to the year its Thursday is in. */
function isoWeek(day: string): string {
  const ms = epochMs(day);
  const weekday = (new Date(ms).getUTCDay() + 6) % 7;
  const thursday = dayOf(ms + (3 - weekday) * DAY_MS);
  const year = thursday.slice(0, 4);
  const week = Math.floor((epochMs(thursday) - epochMs(`${year}-01-01`)) / (7 * DAY_MS)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

function epochMs(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayOf(ms: number): string {
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(0, 10);
}
