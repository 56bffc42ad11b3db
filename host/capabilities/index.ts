// What a running tool may reach.

/** The capabilities of a host. */
export { createCapabilities, type CapabilitiesDeps } from './create-capabilities.ts';
/** The refusal of a client that lacks what a tool needs. */
export { assertSupported, clientUnsupported } from './client/question.ts';
/** Who calls, what is called, what becomes of it. */
export type { Capabilities, CapabilityCaller, CapabilityReply, ClientRequest, Question } from './types.ts';
