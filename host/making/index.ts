// The first of the two paths: a request becomes an immutable version.

/** Makes tools. */
export { createMaker, type MakerDeps } from './create-maker.ts';
/** Names no tool may take. */
export { isReservedName } from './reserved-names.ts';
/** What may be asked of a maker, and what it answers. */
export type {
  CreateRequest,
  GenerateRequest,
  GenerateSetRequest,
  Made,
  MadeSet,
  Maker,
  SetTool,
  TemplateDescription,
  TemplateExample,
  TemplateReference,
  TemplateSummary,
} from './types.ts';
/** What may be asked of mounting a folder, and what it tells on the way. */
export type { MountedItem, MountProblem, MountRequest } from './mount/types.ts';
