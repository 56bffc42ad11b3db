// What an operator decides about walls. All the others stand wherever the machine has them.

/** `auto`: where it works; `never`: not even there. */
export const BUBBLEWRAP_MODES = ['auto', 'never'] as const;

/** Whether children start in bubblewrap. */
export type BubblewrapMode = (typeof BUBBLEWRAP_MODES)[number];

/** See the head of this file. */
export interface WallSettings {
  /** @default auto */
  readonly bubblewrap?: BubblewrapMode | undefined;
  /** Absolute path of a control group that was delegated to this host. @default none */
  readonly cgroup?: string | undefined;
}
