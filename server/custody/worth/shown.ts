import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import type { Case } from '../cases/cases.ts'
import type { ShownWorth } from '../cases/protocol.ts'
import type { Item } from '../items/item.ts'
import { detailsOf } from '../papers/paper-words.ts'
import { said } from '../names.ts'
import { rules } from '../rules.ts'
import { saleSettlement } from './settlement.ts'
import { claimWords } from './waterfall.ts'
import { countsForTarget, isMeasured, isSpared, worthOf } from './worth.ts'

/** What is held in a case against the sum that it is for, as its account shows it; null where the law asks nothing of the kind. */
export async function worthOfCase(db: Reader, of: Case, all: readonly Item[]): Promise<ShownWorth | null> {
  if (!isMeasured(of.track) && rules.living_needs_spared.value[of.track].length === 0) return null
  const held = all.filter(countsForTarget)
  // What stands in clear is read from the items themselves; the sum of a frozen account alone is sealed.
  const details = await detailsOf(
    db,
    held.filter(({ measure }) => measure.kind === 'FROZEN'),
  )
  const valued = held.map((item) => ({ item, worth: worthOf(item, details(item.code)) }))
  const held_fen = valued.reduce((sum, { worth }) => sum + (worth ?? 0), 0)
  const target = await targetOf(db, of)
  const settlement = await saleSettlement(db, of)
  return {
    ...{ target, held_fen, over_fen: target === null ? 0 : Math.max(0, held_fen - target.total_fen) },
    unvalued: valued.filter(({ worth }) => worth === null).map(({ item }) => item.code),
    indivisible: held.filter(({ marks }) => marks?.onlyThing === 'yes').map(({ code }) => code),
    spared: all
      .filter((item) => item.custodyStatus !== 'OUT' && item.succeeded === undefined && isSpared(item))
      .map(({ code }) => code),
    settlement:
      settlement === null
        ? null
        : { ...settlement, steps: settlement.steps.map((step) => ({ ...step, claim: said(step.claim, claimWords) })) },
  }
}

async function targetOf(db: Reader, { target }: Case): Promise<ShownWorth['target']> {
  if (target === undefined) return null
  const { amount_fen, lateFee_fen, fine_fen = 0, costs_fen, document, by, at } = target
  const who = `person/${by}`
  const total_fen = amount_fen + lateFee_fen + costs_fen
  // A fine is paid by what is sold, but nothing may be held for it (税收征管法实施细则 64).
  return { amount_fen, lateFee_fen, fine_fen, costs_fen, total_fen, document, by: (await namesOf(db, [who]))(who), at }
}
