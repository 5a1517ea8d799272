import { Refusal, type Words } from '../../refusal.ts'
import type { BadgeHolder } from '../../stations/identify.ts'
import type { Bench, ProcedureInput, Step } from '../../stations/procedure.ts'
import type { ItemView, PersonView } from '../../stations/protocol.ts'
import { accepted, asked } from '../../stations/say.ts'
import { commit } from './check-in-commit.ts'
import { isSealed, mustNotBeUnlike, putOnShelf, sealScanned, takeInHand, weighed } from './check-in-hand.ts'
import { mustTakeSome, rehearseLine } from './check-in-rehearse.ts'
import { askOf, mayBag, netOf } from './check-in-show.ts'
import {
  type CheckInWork,
  type Hand,
  readingsBefore,
  reasonsFor,
  signedBy,
  type Stage,
  stageOf,
} from './check-in-work.ts'
import { GIVER, keeperSeen, keeperSigned } from './keeper.ts'
import type { BenchLook } from './look.ts'
import { cardNotAsked, isPlace, mustBeOnList, notAsked, wantedInstead } from './refuse.ts'
import { words } from './view.ts'
import { mustBeCounted } from '../cash/cash.ts'
import { itemOf } from '../scene.ts'
import { BAGS } from '../weighing/tare.ts'

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
      ...{ before: [], bag: null },
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

/** Items whose state this step needs. */
export function namedInCheckIn({ first, hand, officer }: CheckInWork): string[] {
  if (hand !== null) return [hand.view.code]
  return first === null || officer !== null ? [] : [first]
}

/**
 * Officer's badge and PIN; then item by item scan, second custodian, weight, comparison, shelf, or sending back; at the end the custodian
 * confirms and the officer signs once more, and only then an act is wanted.
 *
 * @throws Refusal what the register would refuse, at the input that brings it about; or that something else was asked
 */
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
      if ((stage === 'compare' && input.option === 'bag') || stage === 'bag') return bagged(work, input.option)
      throw notAsked('选择', 'choose', askOf(work))
    case 'tags':
      break
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

function commanded(
  work: CheckInWork,
  stage: Stage,
  word: Extract<ProcedureInput, { kind: 'command' }>['word'],
): Step<CheckInWork> {
  const { hand } = work
  if (word === 'REFUSE' && hand !== null) {
    const reasons = reasonsFor(hand)
    const refusing = hand.refusing === null ? 0 : (hand.refusing + 1) % reasons.length
    const reason = reasons[refusing]?.words ?? words('', '')
    const next = { ...work, hand: { ...hand, refusing } }
    return { next, say: asked('custody.refuse-reason', words(`退回原因：${reason.zh}？`, `Send back: ${reason.en}?`)) }
  }
  if (word === 'WEIGH' && stage === 'refuse') return chosen(work, 'back', null)
  if (word !== 'CONFIRM') throw cardNotAsked(word, askOf(work))
  if (stage === 'refuse' && hand !== null) return chosen(work, reasonsFor(hand)[hand.refusing ?? 0]?.id ?? 'back', null)
  if (stage === 'compare' && hand !== null) {
    mustNotBeUnlike(hand)
    const next = { ...work, hand: { ...hand, compared: true } }
    return {
      next,
      say: accepted('custody.compared', agreed(hand.view)),
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

/** Not everything is sealed, nor pictured. */
function agreed({ sealNumber, photos }: ItemView): Words {
  const [zh, en] =
    sealNumber === null
      ? ['照片相符', 'The photo agrees']
      : photos.length === 0
        ? ['封条相符', 'The seal agrees']
        : ['照片、封条相符', 'Photo and seal agree']
  return words(`${zh}，请扫描库位`, `${en}; scan the shelf`)
}

/** 皮重: the size of the sealed bag, from which the net weight follows. */
function bagged(work: CheckInWork, id: string): Step<CheckInWork> {
  const { hand } = work
  if (hand === null || hand.weighed === null || !mayBag(hand)) throw notAsked('选择', 'choose', askOf(work))
  if (!hand.bagging) {
    const next = { ...work, hand: { ...hand, bagging: true } }
    return { next, say: asked('custody.bag-asked', askOf(next).words) }
  }
  const bag = BAGS.find((one) => id === `bag-${one}`)
  if (bag === undefined) throw notAsked('选择', 'choose', askOf(work))
  const say = accepted('custody.bag-noted', netOf(hand.weighed.weight_mg, bag))
  return { next: { ...work, hand: { ...hand, bag, bagging: false } }, say }
}

function chosen(work: CheckInWork, id: string, text: string | null): Step<CheckInWork> {
  const { hand } = work
  if (hand === null) throw notAsked('选择', 'choose', askOf(work))
  const reason = id === 'other' && text !== null ? text : reasonsFor(hand).find((one) => one.id === id)?.words.zh
  if (reason === undefined) throw notAsked('选择', 'choose', askOf(work))
  if (id === 'back') {
    const again = {
      ...work,
      hand: { ...hand, refusing: null, weighed: null, bag: null, bagging: false, sealSeen: null, compared: false },
    }
    return { next: again, say: asked('custody.compare-again', words('请重新核对', 'Compare again')) }
  }
  const { code, name } = hand.view
  // What the scale and the seal said goes into the register with the reason: it is what the reason is known by.
  const weight = hand.weighed ?? hand.unlike
  const found = { weighed: weight, before: readingsBefore(hand, weight), sealNumber: hand.sealSeen }
  const lines = work.lines.map((line) =>
    line.item === code ? { ...line, ...found, state: 'refused' as const, reason } : line,
  )
  return {
    next: { ...work, lines, hand: null },
    say: accepted('custody.line-refused', words(`${name} 退回：${reason}`, `${name} is sent back: ${reason}`)),
  }
}
