// Every attack that is published and called: it ends where it must, and a call beside it does not notice.

import { loadAttacks } from '../../sandbox/attacks/load-attacks.ts';
import { isCall } from '../fixtures/attacks/carry-out.ts';
import { testAttacks } from '../fixtures/attacks/test-attacks.ts';

// Proves calling.order, calling.benign-beside, calling.recorded, jail.no-authority, template.one-literal.
testAttacks((await loadAttacks()).filter(({ reaches }) => isCall(reaches)));
