import type { RawBuilder } from 'kysely'
import type { Reader } from '../module.ts'

/** 回避 (rules W-03): who has nothing to do with what a notice is about. Who that is, the modules know whose matters they are; they hand it in. */
export interface UrgingsApart {
  /** Of notices, under the name `u`: those that this person does not see. */
  within(person: string): RawBuilder<boolean>
  /** Who stands aside in what a notice is about. */
  peopleIn(db: Reader, about: string): Promise<ReadonlySet<string>>
}
