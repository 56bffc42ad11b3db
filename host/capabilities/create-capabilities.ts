// Every capability the host offers, and the grant each needs.

import { CodedError, sandboxFailure, type Grants, type HostCall, type Json } from '#sandbox';
import type { TenantId } from '#host/base';
import { isRecord } from './client/arguments.ts';
import { assertSupported, findQuestion, QUESTIONS } from './client/question.ts';
import type { Capabilities, CapabilityCaller, CapabilityReply, Question } from './types.ts';

/** What capabilities act on. */
export interface CapabilitiesDeps {
  /** Shows or hides what a mounted folder serves; whether it was shown before. @throws MOUNT_INVALID */
  setShown(tenant: TenantId, topic: 'tools' | 'prompts' | 'resources', name: string, shown: boolean): boolean;
  /** Tells subscribers that a resource has other contents. */
  announceUpdate(tenant: TenantId, uri: string): void;
}

/** The capabilities of a host. */
export function createCapabilities(deps: CapabilitiesDeps): Capabilities {
  return {
    grantedBy: (grants) => CAPABILITIES.filter((name) => Object.hasOwn(grants, name)),
    reply: (call, caller) => reply(call, caller, deps),
    readQuestion(call, name) {
      const question = findQuestion(call, name);
      if (question === undefined) throw missing(call.capability);
      return question;
    },
  };
}

/** Those that a grant of the same name allows. */
const CAPABILITIES = [...Object.keys(QUESTIONS), 'listing.change', 'resource.notify'] as (keyof Grants)[];

function reply(
  call: Pick<HostCall, 'call' | 'capability' | 'args'>,
  caller: CapabilityCaller,
  deps: CapabilitiesDeps,
): CapabilityReply {
  if (call.capability === 'task.background') return { kind: 'background' };
  // SECURITY: the prelude refuses what is not granted, too, but it runs where the tool runs.
  // test/unit/host/capabilities/create-capabilities.test.ts holds it.
  if (!Object.hasOwn(caller.grants, call.capability)) throw missing(call.capability);
  switch (call.capability) {
    case 'listing.change':
      return changeListing(JSON.parse(call.args), caller, deps);
    case 'resource.notify':
      return notify(JSON.parse(call.args), caller, deps);
    default:
      return ask(call, caller);
  }
}

function ask(
  call: Pick<HostCall, 'call' | 'capability' | 'args'>,
  { name, client }: CapabilityCaller,
): CapabilityReply {
  const question: Question | undefined = findQuestion(call, name);
  if (question === undefined) throw missing(call.capability);
  assertSupported(call.capability, client);
  return { kind: 'question', question };
}

function changeListing(args: unknown, { tenant, grants }: CapabilityCaller, deps: CapabilitiesDeps): CapabilityReply {
  const { topic, name, shown } = isRecord(args) ? args : {};
  assertListed('listing.change', name, grants['listing.change']);
  if (topic !== 'tools' && topic !== 'prompts' && topic !== 'resources') {
    throw missing('listing.change', 'for a topic other than tools, prompts and resources');
  }
  return sideEffect({ shown: deps.setShown(tenant, topic, name, shown === true) });
}

function notify(args: unknown, { tenant, grants }: CapabilityCaller, deps: CapabilitiesDeps): CapabilityReply {
  const { uri } = isRecord(args) ? args : {};
  assertListed('resource.notify', uri, grants['resource.notify']);
  deps.announceUpdate(tenant, uri);
  return sideEffect(null);
}

function sideEffect(value: Json): CapabilityReply {
  return { kind: 'answer', value, sideEffect: true };
}

function assertListed(grant: string, name: unknown, listed: readonly string[] = []): asserts name is string {
  if (typeof name !== 'string' || !listed.includes(name))
    throw missing(grant, `for ${JSON.stringify(name)?.slice(0, 200)}`);
}

function missing(grant: string, what = ''): Error {
  const message = `this tool has no grant "${grant}"${what === '' ? '' : ` ${what}`}; add it to "grants" in its manifest`;
  return new CodedError(sandboxFailure('GRANT_MISSING', message, { grant }));
}
