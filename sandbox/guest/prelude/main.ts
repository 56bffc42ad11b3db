// The prelude: the first script of every context. It hardens the realm, proves it, and completes with the one function the
// cell enters by; see turn.ts.
//
// INVARIANT: the bundle stands in a function of its own (`(() => { … return program.default; })()`); as a plain script
// esbuild's global name would hand the guest `turn`. The self-check refuses that.

import { hardenRealm } from './harden.ts';
import { turn } from './turn.ts';

hardenRealm();

// oxlint-disable-next-line import/no-default-export -- the bundle's completion value
export default turn;
