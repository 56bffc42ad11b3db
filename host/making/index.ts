// The first of the two paths: a request becomes an immutable version.

/** Makes tools. */
export { createMaker, type MakerDeps } from './create-maker.ts';
/** Names no tool may take. */
export { isReservedName } from './reserved-names.ts';
/** What may be asked of a maker, and what it answers. */
export type {
  CreateRequest,
  GenerateRequest,
  Made,
  Maker,
  TemplateDescription,
  TemplateExample,
  TemplateReference,
  TemplateSummary,
} from './types.ts';
