import type { Decision, JsonObject, Sealed } from '../module.ts'
import { ERASED } from '../ledger/personal.ts'
import { Refusal } from '../refusal.ts'
import type { Person } from './org.ts'
import type { Present, SaidOfPresent } from './presences.ts'

/** On what ground personal content is erased: 个人信息保护法 第四十七条. */
export const ERASURE_GROUNDS = ['purpose-over', 'period-over', 'unlawful', 'ordered'] as const
export type ErasureGround = (typeof ERASURE_GROUNDS)[number]

/** Grounds that are true only once the case is closed: until then what was said at the taking is evidence of it. */
const AFTER_THE_CASE: readonly ErasureGround[] = ['purpose-over', 'period-over']

/** A name that was lawfully erased. Who proposed and who approved it stands in the facts of the proposal. */
export interface NameErased {
  readonly at: string
  readonly ground: ErasureGround
  /** The number of the decision it rests on; names nobody. */
  readonly document: string
}

interface Grounded {
  readonly ground: ErasureGround
  readonly document: string
}

export interface EraseName extends Grounded {
  readonly type: 'org.erase-name'
  readonly person: string
}

/** What was said by those present when these items were taken, or what stands on these papers. */
export type EraseSaid =
  | (Grounded & {
      readonly type: 'org.erase-presence'
      readonly items: readonly string[]
      readonly whose: readonly Present[]
    })
  | (Grounded & { readonly type: 'org.erase-papers'; readonly papers: readonly string[] })

/**
 * A person's name goes for good, with every address that he ever gave to be called at.
 * @throws Refusal `org.erased`, `org.still-active`
 */
export function eraseName(
  { active, erased, name }: Person,
  addresses: readonly Sealed[],
  { person, ground, document }: EraseName,
): Decision {
  if (erased !== undefined) throw new Refusal('org.erased', { person })
  if (active) throw new Refusal('org.still-active', { person })
  return erasing(`person/${person}`, { erased: [name, ...addresses], ground, document })
}

/**
 * What was said in connexion with these items, or stands on these papers, goes for good.
 * @throws Refusal `org.nothing-to-erase`, `org.case-open`
 */
export function eraseSaid(present: ReadonlyMap<string, SaidOfPresent>, command: EraseSaid, id: string): Decision {
  const { ground, document } = command
  const isOfItems = command.type === 'org.erase-presence'
  const erased = (isOfItems ? command.items : command.papers).flatMap((item) => {
    const said = present.get(item)
    if (said === undefined || said.sealed.length === 0) throw new Refusal('org.nothing-to-erase', { item })
    if (said.isCaseOpen && AFTER_THE_CASE.includes(ground)) throw new Refusal('org.case-open', { item })
    return said.sealed
  })
  // What came of one thing shares the names of its taking.
  const once = [...new Map(erased.map((sealed) => [sealed.ref, sealed])).values()]
  const told = isOfItems ? { items: [...command.items], whose: [...command.whose] } : { papers: [...command.papers] }
  return erasing(`erasure/${id}`, { erased: once, ground, document, ...told })
}

function erasing(subject: string, body: JsonObject): Decision {
  return { facts: [{ register: 'org', type: ERASED, subject, body: { v: 1, ...body } }] }
}
