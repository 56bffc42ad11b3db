// The `_meta` keys of this host. Reverse-DNS prefixed, as the specification asks of anyone but itself.
// INVARIANT: clients read them by name; test/pins/mcp-surface.test.ts holds the list.

/**
 * What the host says about a tool or a result beside the protocol's own fields.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic#_meta
 */
export const META_KEYS = {
  /** On a listed tool and on a result: the version, 1, 2, 3 … */
  version: 'dev.glovebox/version',
  /** On a listed tool and on a result: the version's SHA-256, hex. */
  digest: 'dev.glovebox/digest',
  /** On a result: the run's id, which `describe_run` takes. */
  run: 'dev.glovebox/run',
  /** On a result: how its cell executed, `strict` or `fast`. */
  profile: 'dev.glovebox/profile',
  /** On a result: what the run used. */
  bill: 'dev.glovebox/bill',
  /** On an `isError` result: `{code, kind, fault, message, data}`. */
  failure: 'dev.glovebox/failure',
} as const;
