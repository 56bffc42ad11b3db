import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '#host/base';
import { listenForStop } from '../../../../host/cli/stop.ts';
import { createSurroundings } from '../../../fixtures/cli/surroundings.ts';

describe('listenForStop', () => {
  it('fires once for the same wish delivered by several processes', () => {
    const surroundings = createSurroundings();
    using stop = listenForStop(surroundings, systemClock);
    for (const signal of ['SIGINT', 'SIGINT', 'SIGTERM'] as const) surroundings.send(signal);
    assert.equal(stop.signal.aborted, true);
    assert.deepEqual(surroundings.exits, []);
  });

  it('ends the process at a second wish, with the shell’s code for the signal', () => {
    let now = 1000;
    const surroundings = createSurroundings();
    using _stop = listenForStop(surroundings, { ...systemClock, elapsed: () => now });
    surroundings.send('SIGINT');
    now += 1000;
    surroundings.send('SIGINT');
    assert.deepEqual(surroundings.exits, [130]);
  });

  it('goes on absorbing late copies of a wish it has heard', () => {
    const surroundings = createSurroundings();
    const stop = listenForStop(surroundings, systemClock);
    surroundings.send('SIGINT');
    stop[Symbol.dispose]();
    assert.equal(surroundings.send('SIGINT'), true, 'somebody listens');
    assert.deepEqual(surroundings.exits, []);
  });

  it('hears nothing once disposed', () => {
    const surroundings = createSurroundings();
    const stop = listenForStop(surroundings, systemClock);
    stop[Symbol.dispose]();
    surroundings.send('SIGTERM');
    assert.equal(stop.signal.aborted, false);
  });
});
