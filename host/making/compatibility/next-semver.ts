// The semantic version a version is published as, from the live one's and what changed.

import type { ChangeKind } from '#host/registry';

/** Major, minor, patch, and what stands behind them before a release. */
interface Semver {
  readonly numbers: readonly [number, number, number];
  readonly prerelease: readonly string[];
}

/** What a change of each kind raises. */
const RAISED: Readonly<Record<ChangeKind, 0 | 1 | 2>> = { breaking: 0, additive: 1, description: 2, none: 2 };

/**
 * The author's own version, when it is above the live one by what the change asks for: a breaking change the major
 * number, an additive one the minor, any other the patch. Else the live one raised by that.
 *
 * The version before a release counts as that release: `2.0.0-rc.1` has raised the major number.
 */
export function nextSemver(live: string, written: string, kind: ChangeKind): string {
  const [from, own] = [parseSemver(live), parseSemver(written)];
  const needed: Semver = { numbers: raise(from, RAISED[kind]), prerelease: [] };
  const isEnough = compareNumbers(own, needed) >= 0 && compareSemver(own, from) > 0;
  return isEnough ? written : needed.numbers.join('.');
}

function parseSemver(text: string): Semver {
  const dash = text.indexOf('-');
  const [core, tail] = dash < 0 ? [text, ''] : [text.slice(0, dash), text.slice(dash + 1)];
  const [major = 0, minor = 0, patch = 0] = core.split('.').map(Number);
  return { numbers: [major, minor, patch], prerelease: tail === '' ? [] : tail.split('.') };
}

function raise({ numbers, prerelease }: Semver, at: 0 | 1 | 2): Semver['numbers'] {
  const isBeforeIt = prerelease.length > 0 && numbers.slice(at + 1).every((number) => number === 0);
  if (isBeforeIt) return numbers;
  const [major, minor, patch] = numbers;
  switch (at) {
    case 0:
      return [major + 1, 0, 0];
    case 1:
      return [major, minor + 1, 0];
    case 2:
      return [major, minor, patch + 1];
  }
}

/** Below zero when `a` comes first (Semantic Versioning 2.0.0, section 11). */
function compareSemver(a: Semver, b: Semver): number {
  const numbers = compareNumbers(a, b);
  if (numbers !== 0) return numbers;
  if (a.prerelease.length === 0 || b.prerelease.length === 0) return b.prerelease.length - a.prerelease.length;
  const length = Math.max(a.prerelease.length, b.prerelease.length);
  for (let index = 0; index < length; index += 1) {
    const order = compareIdentifiers(a.prerelease[index], b.prerelease[index]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareNumbers({ numbers: a }: Semver, { numbers: b }: Semver): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function compareIdentifiers(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber && isOtherNumber) return Number(a) - Number(b);
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}
