import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';

import { loadAttacks, type NamedAttack } from '#sandbox';

/** The groups there must be; a group in several folders counts as one. */
const GROUPS = [
  'bridge',
  'compile',
  'concurrency',
  'cpu',
  'crash',
  'host-objects',
  'mcp',
  'memory',
  'modules',
  'results',
  'state',
  'syntax',
];

const FEWEST = 150;
const FEWEST_OF_A_GROUP = 6;
const LONGEST_NAME = 64;

describe('loadAttacks', async () => {
  const attacks = await loadAttacks();
  const groups = Map.groupBy(attacks, ({ group }) => group);

  // Proves attacks.many.
  it(`finds at least ${FEWEST} attacks, ${FEWEST_OF_A_GROUP} in each group, of all groups`, () => {
    assert.ok(attacks.length >= FEWEST, `${attacks.length}`);
    const found = new Set([...groups.keys()].map((group) => group.replace(/^compile-.*/, 'compile')));
    assert.deepEqual(
      GROUPS.filter((group) => !found.has(group)),
      [],
    );
    for (const [group, members] of groups) assert.ok(members.length >= FEWEST_OF_A_GROUP, group);
  });

  // Proves attacks.distinct.
  it('finds no two that do the same', () => {
    const same = [...Map.groupBy(attacks, mechanismOf).values()].filter(({ length }) => length > 1);
    assert.deepEqual(
      same.map((members) => members.map(({ name }) => name)),
      [],
    );
  });

  it('finds no two with one aim', () => {
    const same = [...Map.groupBy(attacks, ({ aim }) => aim).entries()].filter(([, { length }]) => length > 1);
    assert.deepEqual(
      same.map(([aim]) => aim),
      [],
    );
  });

  it('finds a control for each that ends while it is made', () => {
    for (const attack of attacks) {
      if (!isMaking(attack)) continue;
      const { control } = attack as { readonly control?: object };
      assert.ok(control !== undefined && Object.keys(control).length > 0, attack.name);
      assert.notEqual(textOf({ ...attack, ...control }), textOf(attack), attack.name);
    }
  });

  it('finds names that leave room for a control', () => {
    for (const { group, name } of attacks) assert.ok(`${group}_${name}_control`.length <= LONGEST_NAME, name);
  });
});

function isMaking({ reaches }: NamedAttack): boolean {
  return ['find', 'check', 'render', 'compile', 'inspect', 'probe', 'publish'].includes(reaches);
}

/** What an attack does, without what it is called, how it is spaced, how it ends and what it may use. */
function mechanismOf({ group: _group, name: _name, aim: _aim, ...attack }: NamedAttack): string {
  const { limits: _limits, ...manifest } = attack.manifest ?? {};
  const kept = attack.reaches === 'run' ? manifest : attack.manifest;
  return textOf({ ...attack, manifest: kept, ends: undefined, control: undefined }).replace(/(?:\\n|\s)+/g, ' ');
}

/** All of it; JSON would end at the nesting of some. */
function textOf(attack: object): string {
  return inspect(attack, {
    depth: 400,
    breakLength: Number.POSITIVE_INFINITY,
    maxArrayLength: null,
    maxStringLength: null,
  });
}
