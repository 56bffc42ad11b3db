// The word list: phrases that attacks on models have been written with, and descriptions of honest tools hardly are.
//
// It is a hurdle for the careless. Whoever knows the list writes around it: what holds is the jail, and a person who reads.

import type { FindingKind } from '#sandbox';

const READ =
  'read|open|load|fetch|get|cat|print|include|pass|send|provide|paste|attach|give|put|upload|append|forward|share';
const TOOLS = 'tool|tools|function|functions';
const PEOPLE = 'user|users|human|humans|person|customer|client|operator|anyone|anybody';
const TELL =
  'tell|telling|mention|mentioning|inform|informing|show|showing|reveal|revealing|disclose|disclosing|notify|notifying|alert|alerting|explain|report';
const USE = 'use|using|call|calling|invoke|invoking|run|running';
const SEND = 'send|sends|forward|upload|submit|transmit|exfiltrate|bcc|cc|copy|deliver|mail|email|leak';
const ORDERS =
  'instruction|instructions|rule|rules|prompt|prompts|directions|guidelines|directives|guardrails|restrictions';

/**
 * Kind → phrases. Words follow each other; `|` parts alternatives; `*` stands for up to four words, or none. `<url>`,
 * `<mail>` and `<name>` stand for what `words.ts` says.
 */
export const PHRASES: Partial<Readonly<Record<FindingKind, readonly string[]>>> = {
  'instruction-to-model': [
    `ignore|disregard|forget|override|bypass|ignoring|disregarding * previous|prior|above|earlier|preceding|existing|original|all|any|your|system|safety * ${ORDERS}`,
    `before|prior|first * ${USE} any|every|each|all * ${TOOLS}`,
    `before|prior ${USE} other|another * ${TOOLS}`,
    `always|must|first ${USE} this ${TOOLS} * first|before|instead`,
    `you are now`,
    `your new|real|true|actual * ${ORDERS}|task|goal|role`,
    `new|updated|following system ${ORDERS}|message`,
    `${ORDERS} for|to the|any * assistant|model|agent|llm|ai`,
    `assistant|model|agent|llm|ai must|shall|should always|never|first|immediately|also`,
    `pretend to be`,
    `pretend that you`,
    `act as if you`,
    `jailbreak`,
    `overrides|supersedes * ${ORDERS}`,
    `do not|never refuse`,
    `without * confirmation from the ${PEOPLE}`,
    `ignoriere|vergiss|missachte * vorherigen|bisherigen|obigen|alle|deine * anweisungen|regeln|vorgaben`,
    `ignore|ignorez|oublie|oubliez * instructions|consignes * précédentes|antérieures`,
    `ignora|olvida|ignore * instrucciones|instruções|istruzioni|reglas`,
    `игнорируй|забудь * инструкции|правила`,
  ],
  'hidden-from-user': [
    `do|must|should|shall|may not ${TELL} * ${PEOPLE}`,
    `dont|never|without|avoid ${TELL} * ${PEOPLE}`,
    `keep|hide|conceal * from the ${PEOPLE}`,
    `keep this|it|that secret|hidden|confidential|private`,
    `do not|never|dont mention this|that|these|it`,
    `sage|sag|verrate|verrat|erwähne * nutzer|benutzer|anwender * nichts|nicht`,
    `ne dis|dites|mentionne|mentionnez * utilisateur`,
    `no digas|menciones|informes * usuario`,
  ],
  'other-tool-named': [
    `instead|place of <name>`,
    `instead|place of the * <name>`,
    `rather than ${USE} * <name>`,
    `do|must|should not ${USE} * <name>`,
    `dont|never|avoid ${USE} * <name>`,
    `replaces|supersedes|overrides|shadows * <name>`,
    `when|whenever|if * <name> is|gets called|used|invoked|available`,
    `before|after|when|whenever ${USE} * <name>`,
    `instead|place of * other|built|existing|official * ${TOOLS}`,
    `do|must not ${USE} * other|another|any * ${TOOLS}`,
    `dont|never ${USE} * other|another|any other * ${TOOLS}`,
  ],
  'secret-asked-for': [
    `${READ} * api|private|secret|ssh|access|encryption|signing key|keys`,
    `${READ} * access|auth|bearer|session|refresh|api token|tokens`,
    `${READ} * password|passwords|passphrase|credentials|cookies`,
    `${READ} * environment variables`,
    `${READ} * seed|recovery phrase`,
    `${READ} * system prompt`,
    `${READ} * conversation|chat|message history|transcript|log`,
    `${READ} * whole|entire|full|complete * conversation|chat`,
  ],
  'data-sent-elsewhere': [
    `${SEND}|post|report|ping|fetch|request|load|visit * <url>`,
    `${SEND}|post|report|add * <mail>`,
  ],
};
