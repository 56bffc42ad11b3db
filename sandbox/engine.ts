// The engine that guest code runs on: children are started from the executable that runs this.

/** `node 26.10.0, v8 14.1.146.11`: what a run did is only promised to be the same on the same engine. */
export const ENGINE = `node ${process.versions.node}, v8 ${process.versions.v8}`;
