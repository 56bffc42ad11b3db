// The database's shape, as an ordered list of steps. A step that was released is never edited: add another.

import type { Kysely } from 'kysely';

import { linkOlderRecords } from './chain/link-older-records.ts';

/** One step; its place in {@link MIGRATIONS}, counted from 1, is the schema version it leads to. */
export interface Migration {
  /** What operators are shown. */
  readonly name: string;
  readonly apply: (db: Kysely<unknown>) => Promise<void>;
}

/**
 * Every step from an empty database to the present shape.
 *
 * INVARIANT: a step only adds what programs of the version before it do not miss: tables, indexes, columns that may be
 * null. Hosts that have the database open go on while another one migrates it.
 */
export const MIGRATIONS: readonly Migration[] = [
  { name: 'create-tables', apply: createTables },
  { name: 'add-conversations', apply: addConversations },
  { name: 'add-evidence', apply: addEvidence },
  { name: 'add-ledger-chains', apply: addLedgerChains },
  { name: 'add-bytes-policy', apply: addBytesPolicy },
  { name: 'link-older-records', apply: addOlderLinks },
];

async function createTables(db: Kysely<unknown>): Promise<void> {
  await createToolTables(db);
  await createLedgerTables(db);
  await createTrafficTables(db);
  await db.schema
    .createTable('revisions')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('topic', 'text', (column) => column.notNull())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('revisions_key', ['tenant', 'topic'])
    .execute();
}

async function createToolTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tools')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('first_version', 'integer', (column) => column.notNull())
    .addColumn('last_version', 'integer', (column) => column.notNull())
    .addColumn('live_version', 'integer')
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('tools_key', ['tenant', 'name'])
    .execute();
  await db.schema.createIndex('tools_by_revision').on('tools').columns(['tenant', 'revision']).execute();

  await db.schema
    .createTable('texts')
    .addColumn('digest', 'text', (column) => column.notNull().primaryKey())
    .addColumn('content', 'blob', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('tool_versions')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('tool', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('lineage', 'text', (column) => column.notNull())
    .addColumn('semver', 'text', (column) => column.notNull())
    .addColumn('manifest', 'text', (column) => column.notNull())
    .addColumn('report', 'text', (column) => column.notNull())
    .addColumn('published_at', 'bigint', (column) => column.notNull())
    .addColumn('published_by', 'text', (column) => column.notNull())
    .addColumn('script_digest', 'text', (column) => column.notNull().references('texts.digest'))
    .addColumn('validators_digest', 'text', (column) => column.notNull().references('texts.digest'))
    .addColumn('context_digest', 'text', (column) => column.notNull().references('texts.digest'))
    .addColumn('source_digest', 'text', (column) => column.notNull().references('texts.digest'))
    .addColumn('source_map_digest', 'text', (column) => column.notNull().references('texts.digest'))
    .addPrimaryKeyConstraint('tool_versions_key', ['tenant', 'tool', 'version'])
    .addForeignKeyConstraint('tool_versions_tool', ['tenant', 'tool'], 'tools', ['tenant', 'name'])
    .execute();
}

async function createLedgerTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('runs')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('principal', 'text', (column) => column.notNull())
    .addColumn('tool', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('input_digest', 'text', (column) => column.notNull())
    .addColumn('output_digest', 'text')
    .addColumn('seed', 'text', (column) => column.notNull())
    .addColumn('clock_ms', 'bigint', (column) => column.notNull())
    .addColumn('limits', 'text', (column) => column.notNull())
    .addColumn('verdict', 'text', (column) => column.notNull())
    .addColumn('failure', 'text')
    .addColumn('bill', 'text', (column) => column.notNull())
    .addColumn('logs', 'text', (column) => column.notNull())
    .addColumn('input', 'text')
    .addColumn('output', 'text')
    .addPrimaryKeyConstraint('runs_key', ['tenant', 'run_id'])
    .execute();
  await db.schema.createIndex('runs_by_tool').on('runs').columns(['tenant', 'tool', 'run_id']).execute();

  await db.schema
    .createTable('makings')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('making_id', 'text', (column) => column.notNull())
    .addColumn('principal', 'text', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('wall_ms', 'double precision', (column) => column.notNull())
    .addColumn('lineage', 'text', (column) => column.notNull())
    .addColumn('verdict', 'text', (column) => column.notNull())
    .addColumn('tool', 'text')
    .addColumn('version', 'integer')
    .addColumn('digest', 'text')
    .addColumn('failure', 'text')
    .addColumn('input_digest', 'text', (column) => column.notNull())
    .addColumn('report', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('makings_key', ['tenant', 'making_id'])
    .execute();
}

async function createTrafficTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('convictions')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('convicted_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('convictions_key', ['tenant', 'digest', 'run_id'])
    .execute();
  await db.schema
    .createTable('quarantines')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('quarantined_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('quarantines_key', ['tenant', 'digest'])
    .execute();
}

async function addConversations(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('tool_versions').addColumn('change', 'text').execute();
  await db.schema.alterTable('runs').addColumn('journal', 'text').execute();
  await db.schema.alterTable('runs').addColumn('continues', 'text').execute();
  await db.schema.alterTable('runs').addColumn('client', 'text').execute();
  await createSuspensions(db);
  await createTasks(db);
  await db.schema
    .createTable('keys')
    .addColumn('name', 'text', (column) => column.notNull().primaryKey())
    .addColumn('value', 'blob', (column) => column.notNull())
    .execute();
}

async function createSuspensions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('suspensions')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('principal', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('input_digest', 'text', (column) => column.notNull())
    .addColumn('seed', 'text', (column) => column.notNull())
    .addColumn('clock_ms', 'bigint', (column) => column.notNull())
    .addColumn('client', 'text', (column) => column.notNull())
    .addColumn('journal', 'text', (column) => column.notNull())
    .addColumn('waiting', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('suspensions_key', ['tenant', 'run_id'])
    .execute();
  await db.schema.createIndex('suspensions_by_expiry').on('suspensions').columns(['expires_at']).execute();
  await db.schema
    .createIndex('suspensions_by_principal')
    .on('suspensions')
    .columns(['tenant', 'principal', 'run_id'])
    .execute();
}

async function createTasks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tasks')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('task_id', 'text', (column) => column.notNull())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('principal', 'text', (column) => column.notNull())
    .addColumn('tool', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('owner', 'text')
    .addColumn('leased_until', 'bigint')
    .addColumn('input', 'text', (column) => column.notNull())
    .addColumn('seed', 'text', (column) => column.notNull())
    .addColumn('clock_ms', 'bigint', (column) => column.notNull())
    .addColumn('client', 'text', (column) => column.notNull())
    .addColumn('journal', 'text', (column) => column.notNull())
    .addColumn('waiting', 'text')
    .addColumn('run_id', 'text')
    .addColumn('result', 'text')
    .addPrimaryKeyConstraint('tasks_key', ['tenant', 'task_id'])
    .execute();
  await db.schema.createIndex('tasks_by_expiry').on('tasks').columns(['expires_at']).execute();
  await db.schema.createIndex('tasks_by_owner').on('tasks').columns(['owner']).execute();
  await db.schema.createIndex('tasks_by_principal').on('tasks').columns(['tenant', 'principal', 'state']).execute();
}

async function addEvidence(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('runs').addColumn('format', 'integer').execute();
  for (const column of ['engine', 'content', 'content_digest', 'journal_digest', 'waiting']) {
    await db.schema.alterTable('runs').addColumn(column, 'text').execute();
  }
}

async function addLedgerChains(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('ledger_entries')
    .addColumn('writer', 'text', (column) => column.notNull())
    .addColumn('sequence', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('ledger_entries_key', ['writer', 'sequence'])
    .execute();
  await db.schema
    .createTable('ledger_events')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('event_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('ledger_events_key', ['tenant', 'event_id'])
    .execute();
  await db.schema
    .createTable('ledger_checkpoints')
    .addColumn('number', 'bigint', (column) => column.notNull().primaryKey())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('signature', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('ledger_writers')
    .addColumn('writer', 'text', (column) => column.notNull().primaryKey())
    .addColumn('covered', 'bigint', (column) => column.notNull())
    .execute();
}

async function addBytesPolicy(db: Kysely<unknown>): Promise<void> {
  for (const column of ['bytes', 'failure_digest', 'logs_digest', 'waiting_digest']) {
    await db.schema.alterTable('runs').addColumn(column, 'text').execute();
  }
}

async function addOlderLinks(db: Kysely<unknown>): Promise<void> {
  // First: which records have no link is asked of it, now and whenever the ledger is verified.
  await db.schema.createIndex('ledger_entries_by_subject').on('ledger_entries').columns(['subject']).execute();
  await linkOlderRecords(db);
}
