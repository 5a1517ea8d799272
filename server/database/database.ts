/**
 * Every table the program knows, by name. It is empty here: each module merges its own rows in from its `tables.ts`, so that no folder
 * has to know another's tables:
 *
 *     import type { Generated } from 'kysely'
 *
 *     declare module '../database/database.ts' {
 *       interface Database {
 *         items: ItemRow
 *       }
 *     }
 *
 *     export interface ItemRow { id: string; recorded_at: Generated<string> }
 *
 * The file must itself be a module (an import or export at top level), and the path is the relative one, with its extension.
 */
export interface Database {}
