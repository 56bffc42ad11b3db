// What a running tool may reach, and what the host makes of each reach.

import type { ClientFeatures, Grants, HostCall, Json } from '#sandbox';
import type { TenantId } from '#host/base';

/** Who calls a capability: one run of a tool, a prompt or a resource. */
export interface CapabilityCaller {
  readonly tenant: TenantId;
  /** Its name, as a person is shown it. */
  readonly name: string;
  readonly grants: Grants;
  /** What the client behind the run can do; absent where there is none. */
  readonly client?: ClientFeatures;
}

/** A question to the client, in the protocol's own words. */
export interface ClientRequest {
  readonly method: 'elicitation/create' | 'sampling/createMessage' | 'roots/list';
  readonly params: Readonly<Record<string, unknown>>;
}

/** A question a tool may put, checked. */
export interface Question {
  /** Names it among those that are open. */
  readonly key: string;
  readonly request: ClientRequest;
  /** What the tool gets for what the client said, rebuilt from an allow-list; undefined when that does not fit. */
  readAnswer(said: unknown): Json | undefined;
}

/** What becomes of a call. */
export type CapabilityReply =
  | { readonly kind: 'answer'; readonly value: Json; readonly sideEffect: boolean }
  /** Somebody else has to answer. */
  | { readonly kind: 'question'; readonly question: Question }
  /** The tool wants to go on in the background. */
  | { readonly kind: 'background' };

/** The capabilities of a host. */
export interface Capabilities {
  /** The names of those a manifest grants, as a run takes them. */
  grantedBy(grants: Grants): readonly string[];
  /**
   * Does what a call asks for, or says who can. Whatever it throws, nothing was changed.
   *
   * @throws GRANT_MISSING, ASK_INVALID, CLIENT_UNSUPPORTED, MOUNT_INVALID
   */
  reply(call: Pick<HostCall, 'call' | 'capability' | 'args'>, caller: CapabilityCaller): CapabilityReply;
  /** The question a call was, once more: the same call is the same question. @throws ASK_INVALID */
  readQuestion(call: Pick<HostCall, 'call' | 'capability' | 'args'>, name: string): Question;
}
