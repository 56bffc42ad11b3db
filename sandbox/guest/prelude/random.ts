// `Math.random` from the run's seed: sfc32, 32-bit integer steps only, hence the same on every machine.

import { Math, Number, Reflect } from './primordials.ts';

let a = 0;
let b = 0;
let c = 0;
let counter = 0;

/** Puts the seeded generator in place; before {@link seedRandom} it draws from a zero seed. */
export function replaceRandom(): void {
  // 53 bits, as V8's gives.
  const random = (): number => ((next() >>> 5) * 0x4000000 + (next() >>> 6)) / 0x20000000000000;
  Reflect.defineProperty(Math, 'random', { value: random });
}

/** Starts the sequence anew. @param seed 32 hex digits */
export function seedRandom(seed: string): void {
  a = wordOf(seed, 0);
  b = wordOf(seed, 8);
  c = wordOf(seed, 16);
  counter = wordOf(seed, 24);
  // The first steps still show the seed.
  for (let i = 0; i < 12; i++) next();
}

function wordOf(seed: string, at: number): number {
  return Number.parseInt(seed.slice(at, at + 8), 16) | 0;
}

function next(): number {
  const sum = (((a + b) | 0) + counter) | 0;
  counter = (counter + 1) | 0;
  a = b ^ (b >>> 9);
  b = (c + (c << 3)) | 0;
  c = (c << 21) | (c >>> 11);
  c = (c + sum) | 0;
  return sum >>> 0;
}
