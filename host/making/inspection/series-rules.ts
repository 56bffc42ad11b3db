// What only shows across many tokens: tables of strings, lists of character codes, names by the dozen, code without names.

import type { Subject, Suspicions } from './suspicions.ts';
import { KINDS, type Tokens } from './tokens.ts';

/** Looks at a whole file. */
export function inspectSeries(tokens: Tokens, subject: Subject, suspicions: Suspicions): void {
  const { machineNames, table, codes, marks, rotates, makesCharacters } = collect(tokens);
  const tell = (
    kind: 'string-table' | 'character-codes' | 'computed-chain',
    { index, length }: Stretch,
    noun: string,
  ) => suspicions.add(kind, subject, tokens.start(index), `${length} ${noun}`);
  if (machineNames.size >= MIN_MACHINE_NAMES) {
    const [first = 0] = machineNames.values();
    suspicions.add('machine-names', subject, tokens.start(first), `${machineNames.size} of them`);
  }
  if (table.length >= MIN_TABLE && rotates) tell('string-table', table, 'strings');
  if (codes.length >= MIN_CODES && makesCharacters) tell('character-codes', codes, 'numbers');
  if (marks.length >= MIN_MARKS) tell('computed-chain', marks, 'signs without a name among them');
}

const MIN_MACHINE_NAMES = 4;
const MIN_TABLE = 8;
const MIN_CODES = 8;
/** Brackets, `!` and `+` suffice to write any program; nobody closes as many brackets at once. */
const MIN_MARKS = 40;
const MACHINE_NAME = /^_0x[0-9a-f]{2,}$/i;
/** `table.push(table.shift())`, in whichever notation, fits within so many tokens. */
const ROTATION = 8;

/** Consecutive tokens, or the entries of a list. */
interface Stretch {
  /** Of the first token. */
  readonly index: number;
  readonly length: number;
}

/** What is counted in a file; of stretches the longest. */
interface Series {
  /** Name → the token where it stands first. */
  readonly machineNames: Map<string, number>;
  table: Stretch;
  codes: Stretch;
  marks: Stretch;
  /** Whether the first entry of some list becomes its last. */
  rotates: boolean;
  makesCharacters: boolean;
}

function collect(tokens: Tokens): Series {
  const none: Stretch = { index: 0, length: 0 };
  const series: Series = {
    machineNames: new Map(),
    table: none,
    codes: none,
    marks: none,
    rotates: false,
    makesCharacters: false,
  };
  let marks = 0;
  for (let index = 0; index < tokens.length; index += 1) {
    const kind = tokens.kindOf(index);
    marks = kind === KINDS.mark && BARE_MARKS.has(tokens.first(index)) ? marks + 1 : 0;
    if (marks > series.marks.length) series.marks = { index: index - marks + 1, length: marks };
    // A list begins behind an opening bracket, which counts among the bare marks.
    if (marks > 0) readList(tokens, index + 1, series);
    else if (kind === KINDS.name) readName(tokens, index, series);
    else if (kind === KINDS.string) series.rotates ||= says(tokens, index, 'push') && isRotation(tokens, index);
  }
  return series;
}

function readList(tokens: Tokens, first: number, series: Series): void {
  if (tokens.is(first, 'string')) series.table = longer(series.table, listAt(tokens, first, 'string'));
  else if (tokens.is(first, 'number')) series.codes = longer(series.codes, letterCodesAt(tokens, first));
}

const BARE_MARKS = new Set(Array.from('[]()!+', (mark) => mark.charCodeAt(0)));

function longer(a: Stretch, b: Stretch): Stretch {
  return b.length > a.length ? b : a;
}

/** The entries of one kind from `first` on, with commas between them. */
function listAt(tokens: Tokens, first: number, kind: 'string' | 'number'): Stretch {
  let index = first;
  while (tokens.is(index, kind) && tokens.isMark(index + 1, ',')) index += 2;
  return { index: first, length: (index - first) / 2 + (tokens.is(index, kind) ? 1 : 0) };
}

/** A list of numbers of which most are letters: prices and weights hardly are. */
function letterCodesAt(tokens: Tokens, first: number): Stretch {
  const list = listAt(tokens, first, 'number');
  if (list.length < MIN_CODES) return list;
  let letters = 0;
  for (let entry = 0; entry < list.length; entry += 1) {
    const code = Number(tokens.text(first + 2 * entry));
    if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) letters += 1;
  }
  return letters * 5 >= list.length * 3 ? list : { index: first, length: 0 };
}

function readName(tokens: Tokens, index: number, series: Series): void {
  if (!NAME_STARTS.has(tokens.first(index))) return;
  const name = tokens.text(index);
  if (name === 'fromCharCode' || name === 'fromCodePoint') series.makesCharacters = true;
  else if (name === 'push') series.rotates ||= isRotation(tokens, index);
  else if (MACHINE_NAME.test(name) && !series.machineNames.has(name)) series.machineNames.set(name, index);
}

/** Of the names read: `fromCharCode`, `push`, `_0x…`. */
const NAME_STARTS = new Set(Array.from('fp_', (letter) => letter.charCodeAt(0)));

function isRotation(tokens: Tokens, index: number): boolean {
  for (let ahead = index + 1; ahead <= index + ROTATION; ahead += 1) {
    if (says(tokens, ahead, 'shift')) return true;
  }
  return false;
}

/** Whether a token is this word, as a name or as text. */
function says(tokens: Tokens, index: number, word: string): boolean {
  if (tokens.is(index, 'name')) return tokens.text(index) === word;
  return tokens.is(index, 'string') && tokens.size(index) === word.length + 2 && tokens.inner(index) === word;
}
