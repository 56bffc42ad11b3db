// "use asm" makes V8 compile a function by way of WebAssembly, which is removed from the realm.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'has a function compiled as asm.js',
  make: {
    source: `function Module(stdlib: any, foreign: any, heap: any) {
  'use asm';
  var view = new stdlib.Int32Array(heap);
  function read(i: any) {
    i = i | 0;
    return view[(i << 2) >> 2] | 0;
  }
  return { read: read };
}
export default {
  run() {
    console.log('the attack runs');
    const { read } = Module(globalThis, {}, new ArrayBuffer(65536));
    return { loot: [-1, 16384, 2 ** 30, -(2 ** 31)].map(read).filter((x: number) => x !== 0) };
  },
};`,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
