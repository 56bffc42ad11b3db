// Which value drivers answer a customer's pain points.

import type { BusinessCase, Setting } from './types.ts';

type PainPointMatch = BusinessCase['painPoints'][number];

/** Each pain point with the kinds of driver that answer it; the maker's mapping wins over keywords. */
export function matchPainPoints(setting: Setting): readonly PainPointMatch[] {
  return setting.customer.pain_points.map((painPoint) => {
    const mapped = mappedDriver(painPoint, setting);
    return { painPoint, drivers: mapped === undefined ? byKeyword(painPoint, setting) : [mapped] };
  });
}

function mappedDriver(painPoint: string, { painPointDrivers }: Setting): string | undefined {
  const wanted = normalise(painPoint);
  return Object.entries(painPointDrivers).find(([text]) => normalise(text) === wanted)?.[1];
}

function byKeyword(painPoint: string, { drivers }: Setting): readonly string[] {
  const text = normalise(painPoint);
  return Object.entries(drivers)
    .filter(([, driver]) => driver.keywords.some((keyword) => text.includes(keyword)))
    .map(([kind]) => kind);
}

function normalise(text: string): string {
  return text.trim().toLowerCase();
}
