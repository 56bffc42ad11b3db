// Every attack that must be refused while a tool is made: nothing is published, and a call beside it does not notice.

import { loadAttacks } from '#sandbox';
import { isCall } from '../../host/cli/attest/attack-kinds.ts';
import { testAttacks } from '../fixtures/attacks/test-attacks.ts';

// Proves making.refusal-publishes-nothing, making.own-files-only, template.refused-at-load, template.bounded.
testAttacks((await loadAttacks()).filter((attack) => !isCall(attack)));
