// A call that cannot be answered as it stands: somebody has to change something, and it is no bug.

/** Says what is in the way; the tool reports it as a failed call. */
export class Refusal extends Error {}
