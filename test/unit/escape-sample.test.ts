// One attack of every group, so that the quick gate notices a wall that fell; test/escape runs them all.

import { testSample } from '../fixtures/attacks/test-attacks.ts';
import { loadAttacks } from '#sandbox';

testSample(await loadAttacks());
