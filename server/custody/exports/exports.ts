import { annualExports } from './annual-exports.ts'
import { awayExports } from './away-exports.ts'
import { caseExports } from './case-exports.ts'
import { casePartExports } from './case-parts-exports.ts'
import type { Export } from './export.ts'
import { figureExports } from './figure-exports.ts'
import { itemExports } from './item-exports.ts'
import { storeExports } from './store-exports.ts'

type Exported =
  | keyof typeof itemExports
  | keyof typeof caseExports
  | keyof typeof casePartExports
  | keyof typeof storeExports
  | keyof typeof figureExports
  | keyof typeof awayExports
  | keyof typeof annualExports

/** Every list of custody that somebody sees, as a file: the same rows by the same sight. */
export const EXPORTS: Readonly<Record<Exported, Export>> = {
  ...itemExports,
  ...caseExports,
  ...casePartExports,
  ...storeExports,
  ...figureExports,
  ...awayExports,
  ...annualExports,
}
