import { Refusal } from '../refusal.ts'
import type { BadgeHolder } from '../stations/identify.ts'
import type { Bench, ProcedureInput, Step } from '../stations/procedure.ts'
import type { ItemView, PersonView } from '../stations/protocol.ts'
import { accepted, asked, refused, refusedBy } from '../stations/say.ts'
import { commit } from './bench-check-in-commit.ts'
import { askOf } from './bench-check-in-show.ts'
import { type CheckInWork, type Hand, REASONS, signedBy, type Stage, stageOf } from './bench-check-in-work.ts'
import { GIVER, isKeeperWanted, keeperSeen, keeperSigned, takesTwo } from './bench-keeper.ts'
import { type BenchLook, rehearse } from './bench-look.ts'
import {
  cardNotAsked,
  isPlace,
  mustBeOnList,
  mustHaveScale,
  notAsked,
  placeName,
  wantedInstead,
} from './bench-refuse.ts'
import { type BenchWeight, grams, words } from './bench-view.ts'
import { mustBeCounted } from './cash.ts'
import { categories } from './categories.ts'
import { checkIn } from './handover.ts'
import { itemOf, type Scene } from './scene.ts'
import type { CheckIn } from './schemas.ts'

/** Begins with a list, or with an item that stands on one. */
export function beginCheckIn(look: BenchLook, first: string | null, bench: Bench): Step<CheckInWork> {
  const list = mustBeOnList(look, bench)
  const pending = list.lines.filter(({ outcome }) => outcome === 'pending').map(({ item }) => item)
  if (pending.length === 0) throw new Refusal('stations.nothing-left', { what: list.code })
  if (first !== null) mustBeCounted(itemOf(look.scene, first))
  mustTakeSome(look, bench, first === null ? pending : [first])
  const next: CheckInWork = {
    procedure: 'check-in',
    list: list.code,
    unit: list.unit,
    officer: null,
    keeper: null,
    first,
    lines: pending.map((item) => ({
      item,
      name: itemOf(look.scene, item).name,
      state: 'waiting',
      weighed: null,
      sealNumber: null,
      photoMatches: false,
      location: null,
      reason: null,
    })),
    hand: null,
    confirmed: false,
  }
  const say = accepted(
    'custody.list-opened',
    words(`清单 ${list.code}，${pending.length} 件待移交`, `List ${list.code}: ${pending.length} to check in`),
  )
  return { next, say }
}

/**
 * One of these can be taken in as far as is known now: a list is opened whatever else on it is frozen or has to be sealed again.
 * @throws Refusal as the first of them is refused
 */
function mustTakeSome(look: BenchLook, bench: Bench, items: readonly string[]): void {
  const refusals: Refusal[] = []
  for (const item of items) {
    try {
      return rehearseLine(look, bench, { item }, { notYet: NOT_SIGNED })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refusals.push(error)
    }
  }
  const [why] = refusals
  if (why !== undefined) throw why
}

/** Items whose state this step needs. */
export function namedInCheckIn({ first, hand, officer }: CheckInWork): string[] {
  if (hand !== null) return [hand.view.code]
  return first === null || officer !== null ? [] : [first]
}

export function stepCheckIn(
  work: CheckInWork,
  input: ProcedureInput,
  look: BenchLook,
  bench: Bench,
): Step<CheckInWork> {
  const stage = stageOf(work)
  switch (input.kind) {
    case 'badge':
      if (stage === 'officer') return officerSeen(work, input.holder, bench)
      if (stage === 'keeper' && work.hand !== null) return keeperAtHand(work, work.hand, input.holder, look, bench)
      if (stage === 'officer-confirm' && input.holder.id === work.officer?.id) return signAtEnd(work, input.holder)
      break
    case 'signed': {
      if (stage === 'officer-confirm') return commit(work, look, bench)
      if (stage === 'keeper') return keeperHasSigned(work, input.person)
      const signed = { ...work, officer: input.person }
      if (work.first !== null) return takeInHand({ ...signed, first: null }, work.first, look, bench)
      return {
        next: signed,
        say: accepted(
          'custody.officer-signed',
          words(`移交人 ${input.person.name}`, `Handed over by ${input.person.name}`),
        ),
      }
    }
    case 'scan':
      if (input.scanned.kind === 'item' && (stage === 'item' || stage === 'confirm'))
        return takeInHand(work, input.scanned.code, look, bench)
      if (isPlace(input.scanned) && stage === 'shelf') return putOnShelf(work, input.scanned.code, look, bench)
      if (input.scanned.kind === 'text' && stage === 'compare' && isSealed(work.hand))
        return sealScanned(work, work.hand, input.scanned.text)
      break
    case 'weight':
      return weighed(work, input, look, bench)
    case 'command':
      return commanded(work, stage, input.word)
    case 'choose':
      if (stage === 'refuse') return chosen(work, input.option, input.text)
      throw notAsked('选择', 'choose', askOf(work))
  }
  throw wantedInstead(askOf(work), input)
}

function officerSeen(work: CheckInWork, holder: BadgeHolder, bench: Bench): Step<CheckInWork> {
  const keeps = holder.posts.some(({ post, place }) => post === 'custodian' && place === bench.station.place)
  const gives = holder.posts.some(({ post, place }) => post === 'officer' && place === work.unit)
  if (holder.id === bench.custodian.id || (gives && keeps))
    throw new Refusal('custody.same-person', { person: holder.name, role: '保管人员', roleEn: 'custodian' })
  if (!gives) throw new Refusal('custody.not-your-unit', { unit: work.unit })
  const say = asked(
    'stations.pin',
    words(`${holder.name}，请输入 PIN 作为移交人签名`, `${holder.name}, sign the hand-over with your PIN`),
  )
  return { next: work, say, sign: holder }
}

/** @throws Refusal in words at the badge, not at the end */
function keeperAtHand(
  work: CheckInWork,
  { view: { code } }: Hand,
  holder: BadgeHolder,
  look: BenchLook,
  bench: Bench,
): Step<CheckInWork> {
  const item = itemOf(look.scene, code)
  const others = [work.officer?.id ?? null, item.submittedBy].map((id) => ({ id, role: GIVER }))
  const step = keeperSeen(work, holder, { items: [item], others }, look, bench)
  rehearseLine(look, bench, { item: code }, { signers: [...signedBy(work), holder.id] })
  return step
}

function keeperHasSigned(work: CheckInWork, person: PersonView): Step<CheckInWork> {
  const next = { ...work, keeper: person }
  return { next, say: accepted('custody.keeper-signed', keeperSigned(person, askOf(next).words)) }
}

/** What the officer signs at the end is what the custodian has found: a badge alone would sign for whoever holds it. */
function signAtEnd(work: CheckInWork, holder: BadgeHolder): Step<CheckInWork> {
  const say = asked(
    'stations.pin',
    words(`${holder.name}，请输入 PIN，确认移交`, `${holder.name}, confirm the hand-over with your PIN`),
  )
  return { next: work, say, sign: holder }
}

const NOT_YET = ['custody.weight-missing', 'custody.seal-not-checked', 'custody.location-needed'] as const
/** Before the second custodian has been asked for. */
const NOT_SIGNED = [...NOT_YET, 'custody.second-person-needed'] as const
type NotYet = readonly (typeof NOT_SIGNED)[number][]

function rehearseLine(
  look: BenchLook,
  bench: Bench,
  line: CheckIn['items'][number],
  { signers = [] as readonly string[], notYet = NOT_YET as NotYet, scene = look.scene as Scene } = {} as {
    signers?: readonly string[]
    notYet?: NotYet
    scene?: Scene
  },
): void {
  const command: CheckIn = { type: 'custody.check-in', items: [line] }
  rehearse(look, bench, signers, (circumstances) => checkIn(scene, command, circumstances), notYet)
}

function takeInHand(work: CheckInWork, code: string, look: BenchLook, bench: Bench): Step<CheckInWork> {
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
    unlike: null,
    sealSeen: null,
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

function weighed(
  work: CheckInWork,
  { weight_mg, reading }: BenchWeight,
  look: BenchLook,
  bench: Bench,
): Step<CheckInWork> {
  const { hand } = work
  if (hand === null) throw notAsked('称重', 'weigh', askOf(work))
  try {
    const notYet = ['custody.seal-not-checked', 'custody.location-needed'] as const
    rehearseLine(look, bench, { item: hand.view.code, weight_mg }, { signers: signedBy(work), notYet })
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'custody.weight-differs') throw error
    const say = refusedBy(error)
    const { zh, en } = say.words
    // The same words a second time would look as if nothing had happened.
    const told = hand.unlike === null ? say : { ...say, words: words(`再次称重：${zh}`, `Weighed again: ${en}`) }
    return { next: { ...work, hand: { ...hand, refusing: 0, unlike: { weight_mg, reading } } }, say: told }
  }
  const next = { ...work, hand: { ...hand, weighed: { weight_mg, reading } } }
  const found = grams(weight_mg)
  return { next, say: accepted('custody.weighed', words(`重量 ${found.zh}，相符`, `${found.en}, as registered`)) }
}

type SealedHand = Hand & { readonly view: { readonly sealNumber: string } }

function isSealed(hand: Hand | null): hand is SealedHand {
  return hand !== null && hand.view.sealNumber !== null
}

/** @throws Refusal `custody.seal-unlike` */
function mustNotBeUnlike({ view: { code, sealNumber }, sealSeen }: Hand): void {
  if (sealNumber !== null && sealSeen !== null && sealSeen !== sealNumber)
    throw new Refusal('custody.seal-unlike', { item: code, expected: sealNumber, found: sealSeen })
}

/** Every text that is scanned now is taken for the number on the seal: another one is a seal that is not the registered one. */
function sealScanned(work: CheckInWork, hand: SealedHand, text: string): Step<CheckInWork> {
  const { sealNumber } = hand.view
  const next = { ...work, hand: { ...hand, sealSeen: text } }
  if (text !== sealNumber)
    return { next, say: refused('custody.seal-unlike', { item: hand.view.code, expected: sealNumber, found: text }) }
  const say = asked(
    'custody.seal-same',
    words('封条编号相符，请核对照片后确认', 'The seal number agrees; compare the photo and confirm'),
  )
  return { next, say }
}

function putOnShelf(work: CheckInWork, code: string, look: BenchLook, bench: Bench): Step<CheckInWork> {
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
  { weighed: found }: Pick<Hand, 'weighed'>,
  location: string,
): Exclude<CheckIn['items'][number], string> {
  return {
    item: view.code,
    location,
    ...(found === null ? {} : { weight_mg: found.weight_mg }),
    ...(view.sealNumber === null ? {} : { sealNumber: view.sealNumber }),
    ...(view.photos.length === 0 ? {} : { photoMatches: true }),
  }
}

function commanded(
  work: CheckInWork,
  stage: Stage,
  word: Extract<ProcedureInput, { kind: 'command' }>['word'],
): Step<CheckInWork> {
  const { hand } = work
  if (word === 'REFUSE' && hand !== null) {
    const refusing = hand.refusing === null ? 0 : (hand.refusing + 1) % REASONS.length
    const reason = REASONS[refusing]?.words ?? words('', '')
    const next = { ...work, hand: { ...hand, refusing } }
    return { next, say: asked('custody.refuse-reason', words(`退回原因：${reason.zh}？`, `Send back: ${reason.en}?`)) }
  }
  if (word === 'WEIGH' && stage === 'refuse') return chosen(work, 'back', null)
  if (word !== 'CONFIRM') throw cardNotAsked(word, askOf(work))
  if (stage === 'refuse' && hand?.refusing !== null)
    return chosen(work, REASONS[hand?.refusing ?? 0]?.id ?? 'back', null)
  if (stage === 'compare' && hand !== null) {
    mustNotBeUnlike(hand)
    const next = { ...work, hand: { ...hand, compared: true } }
    return {
      next,
      say: accepted('custody.compared', words('照片、封条相符，请扫描库位', 'Photo and seal agree; scan the shelf')),
    }
  }
  const done = work.lines.some(({ state }) => state !== 'waiting')
  if ((stage === 'item' || stage === 'confirm') && done) {
    const name = work.officer?.name ?? ''
    const next = { ...work, confirmed: true }
    return {
      next,
      say: asked(
        'custody.officer-confirms',
        words(`请移交人 ${name} 刷工牌，输入 PIN 确认`, `${name} confirms by badge and PIN`),
      ),
    }
  }
  throw cardNotAsked('CONFIRM', askOf(work))
}

function chosen(work: CheckInWork, id: string, text: string | null): Step<CheckInWork> {
  const { hand } = work
  const reason = id === 'other' && text !== null ? text : REASONS.find((one) => one.id === id)?.words.zh
  if (hand === null || reason === undefined) throw notAsked('选择', 'choose', askOf(work))
  if (id === 'back') {
    const again = { ...work, hand: { ...hand, refusing: null, weighed: null, sealSeen: null, compared: false } }
    return { next: again, say: asked('custody.compare-again', words('请重新核对', 'Compare again')) }
  }
  const { code, name } = hand.view
  const lines = work.lines.map((line) => (line.item === code ? { ...line, state: 'refused' as const, reason } : line))
  return {
    next: { ...work, lines, hand: null },
    say: accepted('custody.line-refused', words(`${name} 退回：${reason}`, `${name} is sent back: ${reason}`)),
  }
}
