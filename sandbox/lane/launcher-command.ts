// How a jailed child is started: with which environment, and on Linux through which launcher.

import { existsSync } from 'node:fs';

import type { Bubblewrap } from '../programs.ts';
import type { LaunchPlan } from './launch.ts';
import { REAPER_PID } from './wall/bubblewrap.ts';

/** Descriptor of the socket the frames go over. */
export const FRAMES_FD = 3;

/** All that a child sees of its host's environment. */
export const CHILD_ENVIRONMENT = {
  // Guests see UTC and en-US whatever the machine says.
  TZ: 'UTC',
  LC_ALL: 'en_US.UTF-8',
  // Spares node-gyp-build a look at the disk, which the permission model would refuse.
  LIBC: existsSync('/etc/alpine-release') ? 'musl' : 'glibc',
  OPENSSL_CONF: '/dev/null',
  // glibc would learn to keep freed megabytes for the next such request: what a run took must leave with it.
  MALLOC_MMAP_THRESHOLD_: '131072',
};

/** What differs between one launch and another. */
export type Launch = Pick<LaunchPlan, 'command' | 'dataBytes' | 'readable' | 'jit' | 'without'>;

/**
 * The command that becomes `launch.command` behind the walls, in bubblewrap if there is one. `launcher`: the program of
 * `launch.ts`.
 */
export function launcherCommand(launcher: string, launch: Launch, bubblewrap?: Bubblewrap): string[] {
  const plan: LaunchPlan = {
    ...launch,
    env: CHILD_ENVIRONMENT,
    openFiles: 256,
    keepFd: FRAMES_FD,
    parentPid: bubblewrap === undefined ? process.pid : REAPER_PID,
    ...(bubblewrap === undefined ? {} : { libraries: bubblewrap.libraries }),
  };
  // CommonJS: starting the loader of modules would take as long as all the walls.
  const flags = ['--jitless', '--no-warnings', '--input-type=commonjs', '--eval', launcher];
  return [...(bubblewrap?.command ?? []), process.execPath, ...flags, '--', JSON.stringify(plan)];
}
