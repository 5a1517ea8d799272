import { Refusal, type Words } from '../../refusal.ts'
import type { BadgeHolder } from '../../stations/identify.ts'
import type { Bench, Step } from '../../stations/procedure.ts'
import type { AskView, PersonView } from '../../stations/protocol.ts'
import { asked } from '../../stations/say.ts'
import type { BenchLook } from './look.ts'
import { ask, words } from './view.ts'
import { categories } from '../categories.ts'
import type { Item } from '../items/item.ts'
import { caseOf } from '../scene.ts'
import { holdsPost, mustBeApart } from '../separation.ts'

/** 双人办理: what a work at a bench knows of the second custodian. */
export interface Paired {
  /** Whether the class of what is in hand takes two custodians. */
  readonly pair: boolean
  /** Who has signed beside the custodian who works here. */
  readonly keeper: PersonView | null
}

/** By the class of the item (`persons` of its category), whoever works here. */
export function takesTwo({ category }: Pick<Item, 'category'>): boolean {
  return categories[category].persons > 1
}

/** Only until he has signed: one signature is for all that the work does. */
export function isKeeperWanted({ pair, keeper }: Paired): boolean {
  return pair && keeper === null
}

/** A step of the bar; only where the class takes two. */
export const KEEPER_STEP = ['keeper', words('第二名保管人', 'Second custodian')] as const

/** The same words wherever a second custodian is missing, so that the hands know them. */
export function askKeeper(): Words {
  return words(
    '须两名保管人员共同办理：请另一名保管人员刷工牌',
    'Two custodians do this together: the second one scans the badge',
  )
}

/** Answered by a badge alone; `options` are what may be done instead. */
export function keeperAsk(options?: Parameters<typeof ask>[2]): AskView {
  return ask('scan-badge', askKeeper(), options)
}

/** Who already takes part on another side of the act. */
export interface OtherSide {
  readonly id: string | null
  readonly role: Words
}

export const GIVER: Words = { zh: '移交人', en: 'giver' }
export const BORROWER: Words = { zh: '调用人', en: 'borrower' }
export const RETURNER: Words = { zh: '归还人', en: 'returner' }
export const APPROVER: Words = { zh: '审批人', en: 'approver' }
const CUSTODIAN: Words = { zh: '保管人员', en: 'custodian' }

/**
 * A badge where the second custodian is wanted; his PIN is what signs.
 * @throws Refusal where it is somebody who takes part already, no custodian of this store, or one who is not apart from the case
 */
export function keeperSeen<W>(
  work: W,
  holder: BadgeHolder,
  { items, others = [] }: { readonly items: readonly Item[]; readonly others?: readonly OtherSide[] },
  { scene }: BenchLook,
  { custodian, station }: Bench,
): Step<W> {
  for (const { id, role } of [{ id: custodian.id, role: CUSTODIAN }, ...others])
    if (id === holder.id)
      throw new Refusal('custody.same-person', { person: holder.name, role: role.zh, roleEn: role.en })
  const signer = scene.signers.get(holder.id)
  if (signer === undefined || !holdsPost(signer, 'custodian', station.place))
    throw new Refusal('custody.not-your-store', { store: station.place })
  for (const item of items) mustBeApart(signer, caseOf(scene, item.case))
  const say = asked(
    'stations.pin',
    words(
      `${holder.name}，请输入 PIN，作为第二名保管人员签名`,
      `${holder.name}, sign as the second custodian with your PIN`,
    ),
  )
  return { next: work, say, sign: holder }
}

/** What is said once he has signed; then what comes next. */
export function keeperSigned({ name }: PersonView, next: Words): Words {
  return words(`第二名保管人 ${name} 已签名。${next.zh}`, `${name} has signed as the second custodian. ${next.en}`)
}
