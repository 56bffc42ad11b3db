// Every attack that is published and called: it ends where it must, and a call beside it does not notice.

import { loadAttacks } from '#sandbox';
import { isCall } from '../../host/cli/attest/attack-kinds.ts';
import { testAttacks } from '../fixtures/attacks/test-attacks.ts';

// Proves calling.order, calling.benign-beside, calling.recorded, jail.no-authority, template.one-literal.
testAttacks((await loadAttacks()).filter(isCall));
