// How much memory a cell may have, by the heap its runs may have.

const MIB = 1024 * 1024;
// Measured: with --jitless this bounds every known memory attack, and leaves room for the isolates of ordinary tools.
const STANDARD_DATA_BYTES = 512 * MIB;
const STANDARD_HEAP_BYTES = 128 * MIB;
// What Node, the idle isolates and a copy of the largest values need beside a large heap.
const OVERHEAD_DATA_BYTES = 384 * MIB;
// Node, the idle isolates and one running standard isolate.
const UNHELD_DATA_BYTES = 320 * MIB;

/** RLIMIT_DATA for a cell in which runs have this heap limit. Also tells which runs may share a cell. */
export function dataBytesFor(heapBytes: number): number {
  if (heapBytes <= STANDARD_HEAP_BYTES) return STANDARD_DATA_BYTES;
  return Math.ceil((heapBytes * 1.5) / MIB) * MIB + OVERHEAD_DATA_BYTES;
}

/** How much the isolates of parked runs may hold together, so that no running one dies of it. */
export function parkedBytesFor(dataBytes: number): number {
  return dataBytes - UNHELD_DATA_BYTES;
}
