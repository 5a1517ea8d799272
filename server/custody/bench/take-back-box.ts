import { Refusal } from '../../refusal.ts'
import type { BadgeHolder } from '../../stations/identify.ts'
import type { Bench, ProcedureInput, Step } from '../../stations/procedure.ts'
import { accepted, asked, refused } from '../../stations/say.ts'
import { itemsLentIn } from '../keeping/containers.ts'
import type { ReturnContainer } from '../keeping/schemas.ts'
import { mustBeUnopened, returnContainer } from '../loans/box-returns.ts'
import { caseOf, containerOf, itemOf, locationOf } from '../scene.ts'
import { mayBringBack } from '../separation.ts'
import { keeperSeen, keeperSigned, RETURNER, takesTwo } from './keeper.ts'
import { type BenchLook, rehearse } from './look.ts'
import { cardNotAsked, notAsked, wantedInstead } from './refuse.ts'
import { askOfBox } from './take-back-box-show.ts'
import { stageOfBox, type TakeBackBoxWork } from './take-back-box-work.ts'
import { beginTakeBack, namedInTakeBack, stepTakeBack } from './take-back.ts'
import { signedBy, type TakeBackWork } from './take-back-work.ts'
import { words } from './view.ts'

const NOTHING = words('', '')

/** @throws Refusal `custody.unknown-container`, `custody.location-elsewhere` for a box of another store */
export function beginTakeBackBox(code: string, look: BenchLook, { station, custodian }: Bench): Step<TakeBackBoxWork> {
  const { store, location, name, seal, lent } = containerOf(look.scene, code)
  if (lent === undefined) throw new Error(`${code} is not out on loan`)
  if (store !== station.place) throw new Refusal('custody.location-elsewhere', { location, store })
  const out = itemsLentIn(look.scene, code)
  const borrower = out.flatMap((one) => look.views.get(one)?.borrower ?? [])[0] ?? { id: lent.borrower, name: '' }
  if (borrower.id === custodian.id)
    throw new Refusal('custody.same-person', { person: borrower.name, role: '保管人员', roleEn: 'custodian' })
  const work: TakeBackBoxWork = {
    ...{ procedure: 'take-back-box', code, name, sealNumber: seal?.number ?? null, borrower, out },
    ...{ returner: null, pair: out.some((one) => takesTwo(itemOf(look.scene, one))), keeper: null },
    ...{ seal: null, unlike: null, back: false, now: null },
  }
  const { zh, en } = askOfBox(work).words
  const say = asked(
    'custody.box-to-return',
    words(
      `整箱归还：${name}，在外 ${out.length} 件。${zh}`,
      `${name} comes back, ${out.length} items out with it. ${en}`,
    ),
  )
  return { next: work, say }
}

/** Items whose state this step needs. */
export function namedInTakeBackBox({ out, now }: TakeBackBoxWork): string[] {
  return now === null ? [...out] : [...new Set([...out, ...namedInTakeBack(now)])]
}

/**
 * Returner, second custodian, seal, shelf. Under a seal that is whole everything in it is back with it; else each thing is compared as if it
 * came alone, and what is left out stays lent.
 *
 * @throws Refusal those of {@link stepTakeBack} for the thing in hand, `custody.returner`, `custody.same-person`, and those of the seal and
 * the shelf
 */
export function stepTakeBackBox(
  work: TakeBackBoxWork,
  input: ProcedureInput,
  look: BenchLook,
  bench: Bench,
): Step<TakeBackBoxWork> {
  if (work.now !== null) return within(work, work.now, stepTakeBack(work.now, input, look, bench))
  const stage = stageOfBox(work)
  switch (input.kind) {
    case 'badge':
      if (stage === 'badge') return returnerSeen(work, input.holder, look, bench)
      if (stage === 'keeper') return keeperOfBox(work, input.holder, look, bench)
      break
    case 'signed': {
      const { person } = input
      const next = stage === 'keeper' ? { ...work, keeper: person } : { ...work, returner: person }
      const wanted = askOfBox(next).words
      const say =
        stage === 'keeper'
          ? accepted('custody.keeper-signed', keeperSigned(person, wanted))
          : accepted(
              'custody.returner-signed',
              words(`归还人 ${person.name} 已签名，${wanted.zh}`, `${person.name} returns it; ${wanted.en}`),
            )
      return { next, say }
    }
    case 'scan': {
      const { scanned } = input
      if (stage === 'seal' && scanned.kind === 'text') return sealScanned(work, work.sealNumber ?? '', scanned.text)
      if (stage === 'shelf' && scanned.kind === 'location') return putBack(work, scanned.code, look, bench)
      if (stage === 'items' && scanned.kind === 'item') return compareNext(work, scanned.code, look, bench)
      break
    }
    case 'command': {
      const { word } = input
      if (stage === 'seal' && word === 'CONFIRM') return sealWhole(work, look)
      if (stage === 'seal' && word === 'REFUSE') return sealBroken(work)
      if (stage === 'items' && word === 'CONFIRM') return leaveRest(work)
      throw cardNotAsked(word, askOfBox(work))
    }
    case 'choose':
      throw notAsked('选择', 'choose', askOfBox(work))
    case 'weight':
    case 'tags':
      break
  }
  throw wantedInstead(askOfBox(work), input)
}

/** @throws Refusal `custody.returner` for who neither borrowed it nor handles each case of what is in it */
function returnerSeen(
  work: TakeBackBoxWork,
  holder: BadgeHolder,
  { scene }: BenchLook,
  { custodian }: Bench,
): Step<TakeBackBoxWork> {
  const { id, name } = holder
  if (id === custodian.id)
    throw new Refusal('custody.same-person', { person: name, role: '保管人员', roleEn: 'custodian' })
  for (const code of work.out) {
    const item = itemOf(scene, code)
    const [signer, of] = [scene.signers.get(id), caseOf(scene, item.case)]
    if (signer === undefined || !mayBringBack(signer, item.loan?.borrower ?? '', of))
      throw new Refusal('custody.returner', { person: name, case: of.number })
  }
  const say = asked(
    'stations.pin',
    words(`${name}，请输入 PIN 作为归还人签名`, `${name}, sign the return with your PIN`),
  )
  return { next: work, say, sign: holder }
}

function keeperOfBox(work: TakeBackBoxWork, holder: BadgeHolder, look: BenchLook, bench: Bench): Step<TakeBackBoxWork> {
  const items = work.out.map((code) => itemOf(look.scene, code))
  const others = [work.returner, work.borrower].map((one) => ({ id: one?.id ?? null, role: RETURNER }))
  return keeperSeen(work, holder, { items, others }, look, bench)
}

function sealScanned(work: TakeBackBoxWork, expected: string, found: string): Step<TakeBackBoxWork> {
  if (found !== expected)
    return {
      next: { ...work, unlike: found },
      say: refused('custody.returned-seal-unlike', { item: work.code, expected, found }),
    }
  const say = asked(
    'custody.seal-same',
    words('封条编号相符，请查看封条是否完好后确认', 'The seal number agrees; see that the seal is whole and confirm'),
  )
  return { next: { ...work, unlike: null }, say }
}

/** @throws Refusal `custody.returned-seal-unlike` where another number was scanned from it, `custody.container-seal-opened` */
function sealWhole(work: TakeBackBoxWork, { scene }: BenchLook): Step<TakeBackBoxWork> {
  const { code, sealNumber, unlike } = work
  mustBeUnopened(scene, containerOf(scene, code))
  if (unlike !== null)
    throw new Refusal('custody.returned-seal-unlike', { item: code, expected: sealNumber ?? '', found: unlike })
  const say = accepted(
    'custody.box-seal-same',
    words(
      '容器封条完好，箱内物品随封接收，请扫描库位',
      'The seal is whole: what is in it is taken back with it; scan the shelf',
    ),
  )
  return { next: { ...work, seal: 'intact' }, say }
}

function sealBroken(work: TakeBackBoxWork): Step<TakeBackBoxWork> {
  const say = {
    ...({ outcome: 'refused', code: 'custody.box-seal-different' } as const),
    words: words(
      '容器封条破损或编号不符：箱内物品须逐件核对',
      'The seal is broken or another: what is in it is compared thing by thing',
    ),
    rule: words('本系统内部规则（周转箱）', 'House rule (containers)'),
    remedy: words('请扫描容器的库位，再逐件扫描核对', 'Scan the shelf for the container, then each thing in it'),
  }
  return { next: { ...work, seal: 'broken' }, say }
}

function putBack(work: TakeBackBoxWork, location: string, look: BenchLook, bench: Bench): Step<TakeBackBoxWork> {
  const seal = work.seal === null ? {} : { seal: work.seal }
  const command: ReturnContainer = { type: 'custody.return-container', container: work.code, location, ...seal }
  const signers = signedBy(work)
  rehearse(look, bench, signers, (circumstances) => returnContainer(look.scene, command, circumstances))
  const { name } = locationOf(look.scene, location)
  const isAll = work.seal === 'intact' || work.out.length === 0
  const frozen = work.out.filter((code) => itemOf(look.scene, code).incident !== null).length
  const also =
    frozen === 0
      ? NOTHING
      : words(
          `；其中 ${frozen} 件有未了结的异常，仍予冻结`,
          `; ${frozen} of them under an open incident ${frozen === 1 ? 'stays' : 'stay'} frozen`,
        )
  const say = isAll
    ? accepted(
        'custody.box-returned',
        words(
          `${work.name} 连同 ${work.out.length} 件物品已归还，存 ${name}${also.zh}`,
          `${work.name} is back with ${work.out.length} items, at ${name}${also.en}`,
        ),
      )
    : accepted(
        'custody.box-back',
        words(
          `${work.name} 已归还，存 ${name}。请逐件扫描箱内 ${work.out.length} 件物品`,
          `${work.name} is back, at ${name}. Scan the ${work.out.length} items in it one by one`,
        ),
      )
  return { next: isAll ? null : { ...work, back: true }, say, acts: { commands: [command], with: signers } }
}

/** @throws Refusal `stations.not-in-work` for what did not go out in it */
function compareNext(work: TakeBackBoxWork, code: string, look: BenchLook, bench: Bench): Step<TakeBackBoxWork> {
  if (!work.out.includes(code)) throw new Refusal('stations.not-in-work', { what: code, work: work.name })
  const { next, say } = beginTakeBack(code, look, bench)
  if (next === null) throw new Error('a return begins with work')
  const { returner, keeper } = work
  const now = { ...next, returner, keeper: next.pair ? keeper : null }
  const wanted = askOfBox({ ...work, now }).words
  const { name } = now.view
  return {
    next: { ...work, now },
    say: { ...say, words: words(`${name}：${wanted.zh}`, `${name}: ${wanted.en}`) },
  }
}

/** What became of the thing that is compared is what becomes of the work: with the last of them it ends. */
function within(
  work: TakeBackBoxWork,
  now: TakeBackWork,
  { next, acts, ...step }: Step<TakeBackWork>,
): Step<TakeBackBoxWork> {
  const out = work.out.filter((one) => one !== now.view.code)
  const after = (one: TakeBackWork | null): TakeBackBoxWork | null => {
    if (one !== null) return { ...work, now: one }
    return out.length === 0 ? null : { ...work, out, now: null }
  }
  if (acts === undefined) return { ...step, next: after(next) }
  const { then, ...what } = acts
  const last: NonNullable<Step<TakeBackBoxWork>['acts']> = {
    ...what,
    ...(then === undefined
      ? {}
      : {
          then: (answers) => {
            const end = then(answers)
            return { next: after(end.next), say: end.say }
          },
        }),
  }
  return { ...step, next: after(next), acts: last }
}

/** What is not there stays out on its loan, with who has it. */
function leaveRest(work: TakeBackBoxWork): Step<TakeBackBoxWork> {
  const count = work.out.length
  const say = accepted(
    'custody.box-rest-out',
    words(
      `${work.name} 归还结束，仍有 ${count} 件在外，由 ${work.borrower.name} 继续保管至归还`,
      `${work.name} is done; ${count} stay out with ${work.borrower.name} until they are brought back`,
    ),
  )
  return { next: null, say }
}
