import { needs, takes } from './category-fields.ts'

/** Left where it is, or with somebody who is not the store. */
export const ELSEWHERE = { field: 'keeping', is: ['IN_PLACE', 'HOLDER_KEEPS', 'THIRD_PARTY'] } as const
const BY_ANOTHER = { field: 'keeping', is: ['HOLDER_KEEPS', 'THIRD_PARTY'] } as const
/** Kept elsewhere under a keeper's undertaking; the registry of titles is told (rules C-22). */
export const KEPT_ELSEWHERE = [
  needs('keeper', { when: BY_ANOTHER }),
  needs('undertaking', { when: BY_ANOTHER }),
  needs('registryNotice', { when: ELSEWHERE }),
] as const

/** Handed to the competent department promptly, or sealed strictly in a store of its own kind (rules C-19). */
export const SPECIAL_KEEPING = [
  needs('keeping', { only: ['STORE', 'THIRD_PARTY'] }),
  needs('keeper', { when: BY_ANOTHER }),
  needs('undertaking', { when: BY_ANOTHER }),
] as const

/** What its maker wrote on it (rules F-02: 规格型号、编号), of whatever has such a thing. */
export const NAMED_BY_MAKER = [takes('model'), takes('serialNumber')] as const

/** Whose it is where that is not plain, and when somebody looks again whether it is still needed: asked of everything. */
export const OWNED = [
  takes('ownership'),
  needs('owner', { when: { field: 'ownership', is: ['OTHER'] } }),
  takes('retentionOn'),
] as const

/** What was bought with lawful and unlawful money together, and how much of it is unlawful (监察法实施条例(2021) 128(五), rules C-18). */
export const BOUGHT = [
  takes('mixedSource'),
  needs('mixedShare', { when: { field: 'mixedSource', is: ['yes'] } }),
] as const

/** What one of it is worth, and by whose word (rules T-08): asked of what has a price. */
export const PRICED = [
  takes('estimateMethod'),
  needs('unitPrice', { when: { field: 'estimateMethod', is: ['MARKET', 'FACTORY', 'APPRAISED'] } }),
  takes('onlyThing'),
] as const
