/** Everything that custody shows, in one place for whoever shows it. */

export type * from './protocol-as-of.ts'
export type * from './protocol-keepers.ts'
export type * from './protocol-items.ts'
export type * from './protocol-chain.ts'
export type * from './protocol-cases.ts'
export type * from './protocol-keeping.ts'
export type * from './protocol-forms.ts'
export type * from './protocol-stocktakes.ts'
export type * from './protocol-papers.ts'
