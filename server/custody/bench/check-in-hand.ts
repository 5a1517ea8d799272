import { Refusal } from '../../refusal.ts'
import type { Bench, Step } from '../../stations/procedure.ts'
import type { ItemView } from '../../stations/protocol.ts'
import { accepted, asked, refused, refusedBy } from '../../stations/say.ts'
import { NOT_SIGNED, NOT_YET, rehearseLine } from './check-in-rehearse.ts'
import { askOf } from './check-in-show.ts'
import { type CheckInWork, type Hand, readingsBefore, signedBy } from './check-in-work.ts'
import { isKeeperWanted, takesTwo } from './keeper.ts'
import type { BenchLook } from './look.ts'
import { mustHaveScale, notAsked, placeName } from './refuse.ts'
import { type BenchWeight, grams, words } from './view.ts'
import { WEIGHED_BEFORE_MOST } from '../schema-parts.ts'
import { mustBeCounted } from '../cash/cash.ts'
import { categories } from '../categories.ts'
import { itemOf } from '../scene.ts'
import type { CheckIn } from '../schemas.ts'

/**
 * Begins with one item of the list. One that was dealt with elsewhere meanwhile leaves the work without a word of blame; what the register
 * would refuse at the end is refused now.
 *
 * @throws Refusal `stations.not-in-work`, `stations.done-already`, `stations.no-scale`, and those of checking in
 */
export function takeInHand(work: CheckInWork, code: string, look: BenchLook, bench: Bench): Step<CheckInWork> {
  const item = itemOf(look.scene, code)
  const line = work.lines.find((one) => one.item === code)
  if (line === undefined) throw new Refusal('stations.not-in-work', { what: code, work: work.list })
  if (item.custodyStatus !== 'PENDING_HANDOVER' || item.list !== work.list) {
    const next = { ...work, lines: work.lines.filter((one) => one.item !== code) }
    return {
      next,
      say: asked(
        'custody.line-gone',
        words(`${code} 已由他人办理，从本次移除`, `${code} was dealt with elsewhere; it leaves this act`),
      ),
    }
  }
  if (line.state !== 'waiting') throw new Refusal('stations.done-already', { item: code })
  mustBeCounted(item)
  const pair = takesTwo(item)
  const notYet = isKeeperWanted({ pair, keeper: work.keeper }) ? NOT_SIGNED : NOT_YET
  rehearseLine(look, bench, { item: code }, { signers: signedBy(work), notYet })
  const weigh = categories[item.category].weighed.required
  if (weigh) mustHaveScale(bench)
  const view = look.views.get(code)
  if (view === undefined) throw new Error(`${code} was read without its view`)
  const hand: Hand = {
    view,
    pair,
    weigh,
    weighed: null,
    ...{ unlike: null, readings: [] },
    sealSeen: null,
    bag: null,
    bagging: false,
    compared: view.photos.length === 0 && view.sealNumber === null,
    refusing: null,
  }
  const next = { ...work, hand }
  return {
    next,
    say: accepted(
      'custody.item-in-hand',
      words(`${item.name}：${askOf(next).words.zh}`, `${item.name}: ${askOf(next).words.en}`),
    ),
  }
}

/**
 * A weight that is not the registered one is kept as `unlike` and asks why the item is sent back; that is shown, not thrown, so that weighing
 * again stays possible.
 */
export function weighed(
  work: CheckInWork,
  { weight_mg, reading }: BenchWeight,
  look: BenchLook,
  bench: Bench,
): Step<CheckInWork> {
  const { hand } = work
  if (hand === null) throw notAsked('称重', 'weigh', askOf(work))
  const readings = [...hand.readings, { weight_mg, reading }].slice(-WEIGHED_BEFORE_MOST)
  try {
    const notYet = ['custody.seal-not-checked', 'custody.location-needed'] as const
    rehearseLine(look, bench, { item: hand.view.code, weight_mg }, { signers: signedBy(work), notYet })
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'custody.weight-differs') throw error
    const say = refusedBy(error)
    const { zh, en } = say.words
    // The same words a second time would look as if nothing had happened.
    const told = hand.unlike === null ? say : { ...say, words: words(`再次称重：${zh}`, `Weighed again: ${en}`) }
    return { next: { ...work, hand: { ...hand, readings, refusing: 0, unlike: { weight_mg, reading } } }, say: told }
  }
  const next = { ...work, hand: { ...hand, readings, weighed: { weight_mg, reading } } }
  const found = grams(weight_mg)
  return { next, say: accepted('custody.weighed', words(`重量 ${found.zh}，相符`, `${found.en}, as registered`)) }
}

type SealedHand = Hand & { readonly view: { readonly sealNumber: string } }

/** Whether there is a registered seal number to compare with. */
export function isSealed(hand: Hand | null): hand is SealedHand {
  return hand !== null && hand.view.sealNumber !== null
}

/** @throws Refusal `custody.seal-unlike` */
export function mustNotBeUnlike({ view: { code, sealNumber }, sealSeen }: Hand): void {
  if (sealNumber !== null && sealSeen !== null && sealSeen !== sealNumber)
    throw new Refusal('custody.seal-unlike', { item: code, expected: sealNumber, found: sealSeen })
}

/** Every text that is scanned now is taken for the number on the seal: another one is a seal that is not the registered one. */
export function sealScanned(work: CheckInWork, hand: SealedHand, text: string): Step<CheckInWork> {
  const { sealNumber } = hand.view
  const next = { ...work, hand: { ...hand, sealSeen: text } }
  if (text !== sealNumber)
    return { next, say: refused('custody.seal-unlike', { item: hand.view.code, expected: sealNumber, found: text }) }
  const say = asked(
    'custody.seal-same',
    hand.view.photos.length === 0
      ? words('封条编号相符，请确认', 'The seal number agrees; confirm')
      : words('封条编号相符，请核对照片后确认', 'The seal number agrees; compare the photo and confirm'),
  )
  return { next, say }
}

/**
 * Counts what this very work has put there before, so that room and storage class are judged as they will be once all of it is carried out.
 *
 * @throws Refusal those of checking in
 */
export function putOnShelf(work: CheckInWork, code: string, look: BenchLook, bench: Bench): Step<CheckInWork> {
  const { hand } = work
  if (hand === null) throw notAsked('上架', 'put on a shelf', askOf(work))
  const { view } = hand
  const item = itemOf(look.scene, view.code)
  const line = lineOf(view, hand, code)
  // Those that this very act will put there count too.
  const here = work.lines.filter(({ state, location }) => state === 'accepted' && location?.code === code).length
  const added = (to: ReadonlyMap<string, number>, place: string): ReadonlyMap<string, number> =>
    new Map(to).set(place, (to.get(place) ?? 0) + here)
  const shelf = look.scene.containers.get(code)?.location ?? code
  const scene = {
    ...look.scene,
    occupied: added(look.scene.occupied, shelf),
    packed: added(look.scene.packed, code),
  }
  rehearseLine(look, bench, line, { signers: signedBy(work), notYet: [], scene })
  const location = { code, name: placeName(look.scene, code) }
  const lines = work.lines.map((one) =>
    one.item === item.code
      ? {
          ...one,
          state: 'accepted' as const,
          weighed: hand.weighed,
          before: readingsBefore(hand, hand.weighed),
          bag: hand.bag,
          sealNumber: view.sealNumber,
          photoMatches: view.photos.length > 0,
          location,
        }
      : one,
  )
  const next = { ...work, lines, hand: null }
  const left = lines.filter(({ state }) => state === 'waiting').length
  return {
    next,
    say: accepted(
      'custody.line-accepted',
      words(`${item.name} → ${location.name}，还有 ${left} 件`, `${item.name} → ${location.name}, ${left} left`),
    ),
  }
}

/** As it is rehearsed; which frame stands behind the weight, the act looks up. */
function lineOf(
  view: ItemView,
  { weighed: found, bag }: Pick<Hand, 'weighed' | 'bag'>,
  location: string,
): Exclude<CheckIn['items'][number], string> {
  return {
    item: view.code,
    location,
    ...(found === null ? {} : { weight_mg: found.weight_mg }),
    ...(bag === null ? {} : { bag }),
    ...(view.sealNumber === null ? {} : { sealNumber: view.sealNumber }),
    ...(view.photos.length === 0 ? {} : { photoMatches: true }),
  }
}
