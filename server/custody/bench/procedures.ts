import type { Reader } from '../../module.ts'
import { Refusal, type Words } from '../../refusal.ts'
import { type Bench, type ProcedureInput, type Procedures, procedures, type Step } from '../../stations/procedure.ts'
import type { AskView, ItemView, WorkView } from '../../stations/protocol.ts'
import { accepted, asked, type Say } from '../../stations/say.ts'
import { showCheckIn } from './check-in-show.ts'
import type { CheckInWork } from './check-in-work.ts'
import { beginCheckScale, type CheckScaleWork, showCheckScale, stepCheckScale } from './check-scale.ts'
import { type MoveBoxWork, showMoveBox, stepMoveBox } from './box.ts'
import { beginCheckIn, namedInCheckIn, stepCheckIn } from './check-in.ts'
import { beginHandOut, namedInHandOut, stepHandOut } from './hand-out.ts'
import { showHandOut } from './hand-out-show.ts'
import type { HandOutWork } from './hand-out-work.ts'
import { type BenchLook, lookAtBench } from './look.ts'
import { readAtDesk } from './desk-read.ts'
import { beginMove, type MoveWork, namedInMove, newMove, showMove, stepMove, takeToMove } from './move.ts'
import { cardNotAsked, mustBeValidLabel, notAsked, wantedInstead } from './refuse.ts'
import { beginOpenLock, openersIn, type OpenLockWork, showOpenLock, stepOpenLock } from './open-lock.ts'
import { offlineCheckIn } from './offline.ts'
import { beginSeal, namedInSeal, sealGivenBy, type SealWork, showSeal, stepSeal } from './seal.ts'
import { beginStocktake, showStocktake, stepStocktake, type StocktakeWork, sweepingIn } from './stocktake.ts'
import { namedInTakeBackBox, stepTakeBackBox } from './take-back-box.ts'
import { showTakeBackBox } from './take-back-box-show.ts'
import type { TakeBackBoxWork } from './take-back-box-work.ts'
import { showTakeBack } from './take-back-show.ts'
import type { TakeBackWork } from './take-back-work.ts'
import { beginTakeBack, namedInTakeBack, stepTakeBack } from './take-back.ts'
import { beginWithBox, boxesIn } from './with-box.ts'
import { ask, isReserved, MOVE, option, SEAL, UNSEAL, words } from './view.ts'
import { itemOf } from '../scene.ts'
import { seesItem } from '../sight/sees.ts'
import type { LabelScannedBack } from '../schemas.ts'
import { mustNotBeOut } from '../scales/scales.ts'
import { mayMove } from '../transitions.ts'

/** 查询: what an item is and what can be done with it now. */
type LookUpWork = { readonly procedure: 'look-up'; readonly view: ItemView | null }

export type CustodyWork =
  | CheckInWork
  | HandOutWork
  | TakeBackWork
  | TakeBackBoxWork
  | MoveWork
  | MoveBoxWork
  | SealWork
  | StocktakeWork
  | OpenLockWork
  | CheckScaleWork
  | LookUpWork

/** What custody does at stations. What is scanned decides what begins; every step can be taken with the scanner alone. */
export const benchProcedures: Procedures<CustodyWork, BenchLook> = {
  name: 'custody',
  version: 10,
  kinds: ['bench', 'aisle', 'desk'],
  look: (db, work, input, bench) => {
    const begins = work === null || work.procedure === 'look-up'
    const [named, signed] = work === null ? [[], []] : [namedIn(work), signersOf(work)]
    const seals = work?.procedure === 'seal' ? sealGivenBy(work, input) : []
    const opens = work?.procedure === 'open-lock' || (input.kind === 'command' && input.word === 'OPEN')
    const boxes = work === null ? [] : boxesIn(work)
    const counting = work?.procedure === 'stocktake' ? work.code : null
    const wanted = { named, signers: [...signed, ...signerIn(input)], begins, seals, opens, boxes, counting }
    return lookAtBench(db, wanted, input, bench)
  },
  // A paper is told of at any moment, and is never taken for a seal strip or for a thing on a shelf.
  step: (work, input, look, bench) =>
    look.paper === null ? withScanBack(stepOf(work, input, look, bench), input, look) : { next: work, say: look.paper },
  show,
  renew,
  offline: offlineCheckIn,
  sweeping: (work) => (work.procedure === 'stocktake' ? sweepingIn(work) : null),
}

export const custodyProcedures: Procedures = procedures(benchProcedures)

/** An item that is looked up, as it is now; nothing of it when it has left the custodian's sight. */
async function renew(db: Reader, work: CustodyWork, bench: Bench): Promise<CustodyWork> {
  if (work.procedure !== 'look-up' || work.view === null) return work
  const { code } = work.view
  const scan: ProcedureInput = { kind: 'scan', scanned: { kind: 'item', code, issue: null } }
  const { scene, views } = await lookAtBench(db, { named: [], signers: [], begins: false, seals: [] }, scan, bench)
  const item = scene.items.get(code)
  return { ...work, view: item !== undefined && seesItem(scene.sight, item) ? (views.get(code) ?? null) : null }
}

function namedIn(work: CustodyWork): string[] {
  switch (work.procedure) {
    case 'check-in':
      return namedInCheckIn(work)
    case 'hand-out':
      return namedInHandOut(work)
    case 'take-back':
      return namedInTakeBack(work)
    case 'take-back-box':
      return namedInTakeBackBox(work)
    case 'move':
      return namedInMove(work)
    case 'move-box':
      return [...work.items]
    case 'seal':
      return [...namedInSeal(work)]
    case 'stocktake':
    case 'open-lock':
    case 'check-scale':
      return []
    case 'look-up':
      return work.view === null ? [] : [work.view.code]
  }
}

/** Who has signed the work so far, beside the custodian. */
function signersOf(work: CustodyWork): string[] {
  switch (work.procedure) {
    case 'check-in':
      return idsOf(work.officer, work.keeper)
    case 'hand-out':
      return idsOf(work.borrower, work.keeper)
    case 'take-back':
    case 'take-back-box':
      return idsOf(work.returner, work.keeper)
    case 'seal':
      return work.signers.map(({ id }) => id)
    case 'open-lock':
      return openersIn(work)
    case 'move':
    case 'move-box':
      return idsOf(work.keeper)
    case 'stocktake':
    case 'check-scale':
    case 'look-up':
      return []
  }
}

function idsOf(...people: readonly ({ readonly id: string } | null)[]): string[] {
  return people.flatMap((one) => one?.id ?? [])
}

function signerIn(input: ProcedureInput): string[] {
  if (input.kind === 'badge') return [input.holder.id]
  return input.kind === 'signed' ? [input.person.id] : []
}

function stepOf(work: CustodyWork | null, input: ProcedureInput, look: BenchLook, bench: Bench): Step<CustodyWork> {
  // Whoever counts writes down what is there, also what he may not know of and what should not be there.
  if (work?.procedure === 'stocktake') return stepStocktake(work, input, look, bench)
  // Said when it is weighed, not when all is done.
  if (input.kind === 'weight' && work?.procedure !== 'check-scale') mustNotBeOut(look.scale?.check ?? null)
  if (input.kind === 'scan' && input.scanned.kind === 'item') {
    const { code, issue } = input.scanned
    const label = look.labels.get(code)
    const item = look.scene.items.get(code)
    if (item === undefined || !seesItem(look.scene.sight, item)) {
      // Whoever printed a label may read it back anywhere; what the item is stays with those who may know.
      if (issue === null || label === undefined || label.scannedBack)
        throw new Refusal('custody.unknown-item', { item: code })
      mustBeValidLabel(label, code, issue)
      return { next: work, say: accepted('custody.label-read', words(`${code}`, `${code}`)) }
    }
    if (issue !== null) mustBeValidLabel(label, code, issue)
  }
  switch (work?.procedure) {
    case undefined:
      return begin(input, look, bench)
    case 'check-in':
      return stepCheckIn(work, input, look, bench)
    case 'hand-out':
      return stepHandOut(work, input, look, bench)
    case 'take-back':
      return stepTakeBack(work, input, look, bench)
    case 'take-back-box':
      return stepTakeBackBox(work, input, look, bench)
    case 'move':
      return stepMove(work, input, look, bench)
    case 'move-box':
      return stepMoveBox(work, input, look, bench)
    case 'seal':
      return stepSeal(work, input, look, bench)
    case 'check-scale':
      return stepCheckScale(work, input, bench)
    case 'open-lock':
      return stepOpenLock(work, input, look, bench)
    case 'look-up':
      return stepLookUp(work, input, look, bench)
  }
}

/** Whether the scale of the station is one that is checked. */
function hasTestWeight({ scale }: BenchLook): boolean {
  return scale !== null && scale.test !== null
}

/** Nothing is in work: list or pending item, lent item, granted item, shelf, box, each begins its own. */
function begin(input: ProcedureInput, look: BenchLook, bench: Bench): Step<CustodyWork> {
  if (input.kind === 'command') {
    if (input.word === 'MOVE') return beginMove(null, look, bench)
    if (input.word === 'LOOKUP')
      return {
        next: { procedure: 'look-up', view: null },
        say: asked('custody.look-up', words('查询：请扫描物品', 'Look up: scan an item')),
      }
    if (input.word === 'WEIGH' && hasTestWeight(look) && bench.station.kind !== 'desk')
      return beginCheckScale(look, bench)
    if (input.word === 'OPEN' && bench.station.kind !== 'desk') return beginOpenLock(look, bench)
    throw cardNotAsked(input.word, null)
  }
  if (input.kind !== 'scan') throw notAsked('选择', 'choose', null)
  const { scanned } = input
  const read = readAtDesk(scanned, look, bench)
  if (read !== null) return { next: null, say: read }
  switch (scanned.kind) {
    case 'item':
      return beginWithItem(scanned.code, look, bench)
    case 'document':
      if (look.stocktake !== null) return beginStocktake(look.stocktake, bench)
      if (look.list === null) throw new Refusal('custody.unknown-list', { list: scanned.code })
      return beginCheckIn(look, null, bench)
    case 'location':
      return beginMove(scanned.code, look, bench)
    case 'text':
      return shownUnder(scanned.text, look)
    case 'container':
      return beginWithBox(scanned.code, look, bench)
  }
}

function beginWithItem(code: string, look: BenchLook, bench: Bench): Step<CustodyWork> {
  const item = itemOf(look.scene, code)
  if (bench.station.kind !== 'desk' && item.incident === null) {
    if (item.custodyStatus === 'PENDING_HANDOVER') return beginCheckIn(look, code, bench)
    if (item.custodyStatus === 'BORROWED' && mayMove(item, 'reseal')) return beginSeal('seal', code, look, bench)
    if (item.custodyStatus === 'BORROWED') return beginTakeBack(code, look, bench)
    if (item.custodyStatus === 'IN_STORE' && isReserved(item, bench.at)) return beginHandOut(code, look, bench)
  }
  return shown(code, look)
}

/** The strip of a seal: what is under it is shown, the first of several; nothing is begun with a thing that nobody has scanned itself. */
function shownUnder(number: string, look: BenchLook): Step<CustodyWork> {
  const [code, ...others] = look.sealed
  if (code === undefined) throw new Refusal('stations.unknown-code', { text: number })
  const { next, say } = shown(code, look)
  if (others.length === 0) return { next, say }
  const more = words(
    `（封条 ${number} 下共 ${look.sealed.length} 件）`,
    ` (${look.sealed.length} under the seal ${number})`,
  )
  return { next, say: { ...say, words: words(`${say.words.zh}${more.zh}`, `${say.words.en}${more.en}`) } }
}

function shown(code: string, look: BenchLook): Step<CustodyWork> {
  const view = look.views.get(code)
  if (view === undefined) throw new Error(`${code} was read without its view`)
  return { next: { procedure: 'look-up', view }, say: sayShown(view) }
}

function sayShown({ name, custody, frozen, disposal }: ItemView): Say {
  if (frozen !== null)
    return asked(
      'custody.shown-frozen',
      words(`${name}：有未了结的异常（${frozen.zh}）`, `${name}: an incident is open (${frozen.en})`),
    )
  if (disposal !== null)
    return asked('custody.shown', words(`${name}：${disposal.words.zh}`, `${name}: ${disposal.words.en}`))
  return accepted('custody.shown', words(`${name}：${custody.zh}`, `${name}: ${custody.en}`))
}

/** An item on the screen holds nobody up: the next scan begins as if nothing were there. */
function stepLookUp(work: LookUpWork, input: ProcedureInput, look: BenchLook, bench: Bench): Step<CustodyWork> {
  if (input.kind === 'scan' && input.scanned.kind === 'item' && work.view === null)
    return shown(input.scanned.code, look)
  if (input.kind === 'command' && input.word === 'MOVE' && work.view !== null)
    return takeToMove(newMove(null), work.view.code, look, bench)
  if (input.kind === 'choose' && work.view !== null && (input.option === 'seal' || input.option === 'unseal'))
    return beginSeal(input.option, work.view.code, look, bench)
  if (input.kind === 'badge') throw wantedInstead(showLookUp(work).ask, input)
  return begin(input, look, bench)
}

/**
 * A fresh label that is read is proof that it is there: taken down with whatever else the scan does. A scan that is refused proves it too,
 * but writes nothing.
 */
function withScanBack(step: Step<CustodyWork>, input: ProcedureInput, look: BenchLook): Step<CustodyWork> {
  if (input.kind !== 'scan' || input.scanned.kind !== 'item') return step
  const { code, issue } = input.scanned
  const label = look.labels.get(code)
  if (issue === null || label === undefined || label.scannedBack) return step
  const command: LabelScannedBack = { type: 'custody.label-scanned-back', labels: [{ code, issue }] }
  const acts = step.acts ?? { commands: [], with: [] }
  const { say } = step
  const told = words(`标签已回扫确认。${say.words.zh}`, `The label reads back. ${say.words.en}`)
  return { ...step, say: { ...say, words: told }, acts: { ...acts, commands: [command, ...acts.commands] } }
}

function show(work: CustodyWork): { work: WorkView; ask: AskView } {
  switch (work.procedure) {
    case 'check-in':
      return showCheckIn(work)
    case 'hand-out':
      return showHandOut(work)
    case 'take-back':
      return showTakeBack(work)
    case 'take-back-box':
      return showTakeBackBox(work)
    case 'move':
      return showMove(work)
    case 'move-box':
      return showMoveBox(work)
    case 'seal':
      return showSeal(work)
    case 'check-scale':
      return showCheckScale(work)
    case 'open-lock':
      return showOpenLock(work)
    case 'stocktake':
      return showStocktake(work)
    case 'look-up':
      return showLookUp(work)
  }
}

function showLookUp({ view }: LookUpWork): { work: WorkView; ask: AskView } {
  const can = (name: Words): boolean => view?.can.some(({ en }) => en === name.en) === true
  const options = [
    ...(can(MOVE) ? [option('move', MOVE, 'MOVE')] : []),
    ...(can(UNSEAL) ? [option('unseal', UNSEAL, null)] : []),
    ...(can(SEAL) ? [option('seal', SEAL, null)] : []),
  ]
  const work: WorkView = {
    procedure: 'look-up',
    words: words('查询', 'Look up'),
    document: null,
    steps: [],
    item: view,
    points: [],
    lines: [],
    second: null,
    keeper: null,
  }
  if (view === null) return { work, ask: ask('scan-item', words('请扫描要查询的物品', 'Scan the item to look up')) }
  return { work, ask: ask('scan-anything', words('请扫描下一件', 'Scan the next'), options) }
}
