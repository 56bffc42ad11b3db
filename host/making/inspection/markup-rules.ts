// What a description holds beside words: markup, addresses, data, names of secret files; and too much of anything.

import type { FindingKind } from '#sandbox';
import { isEncoded } from './encoded.ts';
import { NEEDLES } from './needles.ts';
import { MAX_HITS, type Subject, type Suspicions } from './suspicions.ts';

const ADDRESS = /\b(?:https?|ftp|wss?):\/\//i;
const RUN = /[A-Za-z0-9+/_=-]+/g;
/** Data shorter than this may be an example of an id or of a digest. */
const LONG_DATA = 80;
/** More is not read to its end by anybody. */
const MAX_TEXT = 4000;

/** Looks at one text of a manifest. */
export function inspectMarkup(subject: Subject, suspicions: Suspicions): void {
  const { text } = subject;
  inspectNeedles(subject, suspicions);
  if (text.length > MAX_TEXT) suspicions.add('overlong-text', subject, 0, `${text.length} characters`);
  let hits = 0;
  for (const { 0: run, index } of text.matchAll(RUN)) {
    if (run.length < LONG_DATA || !isEncoded(run)) continue;
    suspicions.add('encoded-text', subject, index, `${run.length} characters`);
    hits += 1;
    if (hits === MAX_HITS) break;
  }
}

/** Looks for an address; the first is told of. */
export function inspectLink(subject: Subject, suspicions: Suspicions): void {
  const address = subject.text.search(ADDRESS);
  if (address !== -1) suspicions.add('link', subject, address);
}

/** Of each kind the first that is there. */
function inspectNeedles(subject: Subject, suspicions: Suspicions): void {
  // Lower case may be longer or shorter than what it is made of: only Latin letters are changed.
  const lower = subject.text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  for (const [kind, needles] of Object.entries(NEEDLES)) {
    const places = needles.map((needle) => lower.indexOf(needle)).filter((index) => index !== -1);
    if (places.length > 0) suspicions.add(kind as FindingKind, subject, Math.min(...places));
  }
}
