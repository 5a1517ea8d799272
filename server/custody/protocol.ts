/** Everything that custody shows, in one place for whoever shows it. */

export type * from './as-of/protocol.ts'
export type * from './dashboard/protocol.ts'
export type * from './keepers/protocol.ts'
export type * from './items/protocol.ts'
export type * from './chain/protocol.ts'
export type * from './cases/protocol.ts'
export type * from './keeping/protocol.ts'
export type * from './options/protocol.ts'
export type * from './stocktake/protocol.ts'
export type * from './papers/protocol.ts'
export type * from './road/protocol.ts'
export type * from './signing/protocol.ts'
