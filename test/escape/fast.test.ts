// The attacks that could gain from a compiler, against tools that are compiled: on what holds the isolate, the engine and
// memory. What the other groups attack comes before or behind the engine, and is the same in both profiles.

import { loadAttacks } from '#sandbox';
import { LOCAL_PRINCIPAL } from '#host/base';
import { isCall } from '../../host/cli/attest/attack-kinds.ts';
import { testAttacks } from '../fixtures/attacks/test-attacks.ts';

const GROUPS: readonly string[] = ['cpu', 'crash', 'host-objects', 'memory', 'state', 'syntax', 'time'];

const attacks = (await loadAttacks()).filter(({ group }) => GROUPS.includes(group));

// Proves jail.profiles-apart.
testAttacks(attacks.filter(isCall), { GLOVEBOX_FAST_TENANTS: LOCAL_PRINCIPAL.tenant });
