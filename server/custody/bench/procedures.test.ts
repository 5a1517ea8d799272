import { describe, expect, it } from 'vitest'
import { makeCode } from '../../../labels/item-code.ts'
import { Refusal } from '../../refusal.ts'
import type { Bench, ProcedureInput, Step } from '../../stations/procedure.ts'
import type { BadgeHolder } from '../../stations/identify.ts'
import { accepted, type Say } from '../../stations/say.ts'
import { wantedOf } from '../../stations/wanted.ts'
import type { BenchLook } from './look.ts'
import { itemView } from './view.ts'
import { benchProcedures, type CustodyWork } from './procedures.ts'
import { emptyScene } from '../scene.ts'
import type { Item } from '../items/item.ts'
import type { NewItem } from '../schemas.ts'
import { isSealed } from '../seals/seals.ts'
import { blind, type Sight } from '../sight/sees.ts'
import { asked, codeFrom, general, gold, lent, officeWith, stored, submitted } from '../testing.ts'
import type { CustodyCommand } from '../testing-commands.ts'
import type { Office } from '../testing-office.ts'
import { actorOf, people } from '../testing-people.ts'

const item = (code: string, issue = 1): ProcedureInput => ({ kind: 'scan', scanned: { kind: 'item', code, issue } })
const shelf = (code: string): ProcedureInput => ({ kind: 'scan', scanned: { kind: 'location', code, issue: 1 } })
const box = (code: string): ProcedureInput => ({ kind: 'scan', scanned: { kind: 'container', code, issue: 1 } })
const list = (code: string): ProcedureInput => ({ kind: 'scan', scanned: { kind: 'document', code, issue: 1 } })
const text = (of: string): ProcedureInput => ({ kind: 'scan', scanned: { kind: 'text', text: of } })
const card = (word: Extract<ProcedureInput, { kind: 'command' }>['word']): ProcedureInput => ({ kind: 'command', word })
/** The one reading of the scale that the bench has kept. */
/** What the scale said of this weight. */
const readingOf = (weight_mg: number): string => `r ${weight_mg}`
const weight = (weight_mg: number): ProcedureInput => ({ kind: 'weight', weight_mg, reading: readingOf(weight_mg) })
const holder = (id: string): BadgeHolder => ({ id, name: id, badge: `B-${id}`, posts: people[id]?.appointments ?? [] })
const badge = (id: string): ProcedureInput => ({ kind: 'badge', holder: holder(id) })
const signed = (id: string): ProcedureInput => ({ kind: 'signed', person: { id, name: id } })

/** What somebody can be told to do: it has a verb of the hand. */
const WANTED = /扫描|刷|输入|放上|选/

/** A bench over the custody in memory: the same pure steps, with the acts carried out by the same decisions. */
function sealedWith(its: Iterable<Item>, number: string): string[] {
  return [...its].filter((one) => isSealed(one) && one.seal?.number === number).map(({ code }) => code)
}

class TestBench {
  work: CustodyWork | null = null
  /** Whether the bench has a label printer. */
  printer = true
  /** What the symbol of an issued paper that is scanned next says. */
  paper: Say | null = null
  said = ''
  remedy = ''
  readonly #office: Office
  readonly #custodian: string
  readonly #bench: Partial<Bench>

  constructor(office: Office, custodian = 'li', bench: Partial<Bench> = {}) {
    this.#office = office
    this.#custodian = custodian
    this.#bench = bench
  }

  /** One step; the verdict's code, or that of the refusal. */
  do(input: ProcedureInput): string {
    if (input.kind === 'weight')
      this.#office.frames.set(input.reading, {
        raw_sha256: 'ab'.repeat(32),
        weights_mg: new Set([input.weight_mg]),
      })
    const bench: Bench = {
      station: { id: 'bench-1', kind: 'bench', place: 'store-1' },
      custodian: { id: this.#custodian, name: this.#custodian },
      hasScale: true,
      at: this.#office.now,
      ...this.#bench,
    }
    try {
      const step = benchProcedures.step(this.work, input, this.#look(input), bench)
      const { next, say } = this.#carryOut(step)
      this.said = say.words.zh
      this.work = next === null ? null : (JSON.parse(JSON.stringify(next)) as CustodyWork)
      // Wherever the work stands, what it wants can be said after “now”.
      if (this.work !== null) expect(wantedOf(benchProcedures.show(this.work).ask).zh).toMatch(WANTED)
      return say.code
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.said = error.notice().detail.zh
      this.remedy = error.notice().remedy.zh
      return error.code
    }
  }

  all(...inputs: ProcedureInput[]): string[] {
    return inputs.map((input) => this.do(input))
  }

  asking(): string | null {
    return this.work === null ? null : benchProcedures.show(this.work).ask.kind
  }

  steps(): string[] {
    return this.work === null ? [] : benchProcedures.show(this.work).work.steps.map(({ state }) => state)
  }

  points(): string[] {
    return this.work === null ? [] : benchProcedures.show(this.work).work.points.map(({ verdict }) => verdict)
  }

  #carryOut({ next, say, acts }: Step<CustodyWork>): Pick<Step<CustodyWork>, 'next' | 'say'> {
    if (acts === undefined) return { next, say }
    const answers = acts.commands.map((command) => {
      const { result } = this.#office.act(this.#custodian, command as unknown as CustodyCommand, {
        with: acts.with,
        station: 'store-1',
      })
      return { facts: [], result: result ?? {} }
    })
    return acts.then?.(answers) ?? { next, say }
  }

  /** Whoever has signed so far, and whose badge or PIN comes in now. */
  #signers(input: ProcedureInput): string[] {
    const nobody = { officer: null, borrower: null, returner: null, keeper: null }
    const { officer, borrower, returner, keeper } = { ...nobody, ...this.work }
    const sealers = this.work?.procedure === 'seal' ? this.work.signers : []
    const now = input.kind === 'badge' ? [input.holder] : input.kind === 'signed' ? [input.person] : []
    return [officer, borrower, returner, keeper, ...sealers, ...now].flatMap((one) => one?.id ?? [])
  }

  #look(input: ProcedureInput): BenchLook {
    const { items, cases, locations, containers, lists, labels } = this.#office
    const code = input.kind === 'scan' && 'code' in input.scanned ? input.scanned.code : ''
    const issue = input.kind === 'scan' && 'issue' in input.scanned ? input.scanned.issue : 0
    const lying = Map.groupBy(items.values(), ({ location }) => location ?? '')
    return {
      actor: { person: this.#custodian, ...(people[this.#custodian] ?? { unit: null, appointments: [] }) },
      scene: {
        ...emptyScene,
        sight: sightOfPosts(this.#custodian),
        items,
        cases,
        locations,
        containers,
        signers: new Map(this.#signers(input).map((person) => [person, actorOf(person)])),
        seals: new Set(
          [...items.values()]
            .flatMap(({ seal, retiredSeals = [] }) => [seal ?? [], retiredSeals].flat())
            .map(({ number }) => number),
        ),
        bags: Map.groupBy(
          [...items.values()].filter(isSealed).map(({ code: of }) => of),
          (of) => items.get(of)?.seal?.number ?? '',
        ),
        occupied: new Map([...lying].map(([location, its]) => [location, its.length])),
        unpacked: this.#office.unpacked(),
        packed: new Map(
          [...Map.groupBy(items.values(), ({ container }) => container ?? '')].map(([one, its]) => [one, its.length]),
        ),
      },
      list: lists.get(code) ?? lists.get(items.get(code)?.list ?? '') ?? null,
      stocktake: null,
      sealed:
        input.kind === 'scan' && input.scanned.kind === 'text' ? sealedWith(items.values(), input.scanned.text) : [],
      paper: this.paper,
      tagged: new Map(),
      scale: null,
      locks: { locks: [], keeping: null, signers: new Map() },
      printer: this.printer,
      labels: new Map(
        [...labels.values()].filter((label) => label.issue === issue).map((label) => [label.code, label]),
      ),
      views: new Map(
        [...items].map(([one, state]) => [
          one,
          itemView(state, { number: state.case, features: '', location: null, borrower: null, at: this.#office.now }),
        ]),
      ),
    }
  }
}

function sightOfPosts(person: string): Sight {
  const held = people[person]?.appointments ?? []
  const placesOf = (post: string): string[] => held.filter((one) => one.post === post).map(({ place }) => place)
  return { ...blind(person), units: placesOf('officer'), stores: placesOf('custodian') }
}

const GOLD_MG = gold.weight_mg ?? 0
const UNKNOWN_ITEM = makeCode({ kind: 'item', unit: '01', year: 2026, serial: 999 })

/** The only list of an office. */
function listOf({ lists }: Office): string {
  const [code = ''] = [...lists.keys()]
  return code
}

describe('check in', () => {
  it('opens a list whatever its first item waits for; one of which nothing may be taken in is refused in words', () => {
    const { office, codes } = submitted(general, gold)
    const [phone = '', bar = ''] = codes
    const freeze = (one: string) =>
      office.act('li', { type: 'custody.incident', items: [one], kind: 'damage', note: '屏幕破裂' })
    freeze(phone)
    const bench = new TestBench(office)
    expect(bench.all(list(listOf(office)), badge('ou'), signed('ou'), item(bar))).toEqual([
      ...['custody.list-opened', 'stations.pin', 'custody.officer-signed', 'custody.item-in-hand'],
    ])
    expect(new TestBench(office).do(item(bar))).toBe('custody.list-opened')
    freeze(bar)
    expect(new TestBench(office).do(list(listOf(office)))).toBe('custody.item-frozen')
  })

  it('takes a list in with the scanner alone: list, officer, item, weight, look, shelf, both confirm', () => {
    const { office, codes, safe } = submitted(gold, general)
    const bench = new TestBench(office)
    const [bar = '', phone = ''] = codes
    expect(bench.all(list(listOf(office)), badge('ou'), signed('ou'))).toEqual([
      'custody.list-opened',
      'stations.pin',
      'custody.officer-signed',
    ])
    expect(bench.do(item(bar))).toBe('custody.item-in-hand')
    expect(bench.asking()).toBe('weigh')
    expect(bench.points()).toEqual(['now', 'waiting', 'waiting'])
    expect(bench.steps()).toEqual(['done', 'done', 'now', 'todo', 'todo', 'todo'])
    expect(bench.all(weight(GOLD_MG), card('CONFIRM'), shelf(safe))).toEqual([
      'custody.weighed',
      'custody.compared',
      'custody.line-accepted',
    ])
    expect(bench.do(item(phone))).toBe('custody.item-in-hand')
    // What is not weighed is not shown as weighed.
    expect(bench.steps()).toEqual(['done', 'done', 'needless', 'now', 'todo', 'todo'])
    expect(bench.all(card('CONFIRM'), shelf(safe))).toEqual(['custody.compared', 'custody.line-accepted'])
    expect(office.item(bar).custodyStatus).toBe('PENDING_HANDOVER')
    expect(bench.all(card('CONFIRM'), badge('ou'))).toEqual(['custody.officer-confirms', 'stations.pin'])
    expect(bench.do(signed('ou'))).toBe('custody.checked-in')
    expect(bench.work).toBeNull()
    expect(codes.map((code) => office.item(code).custodyStatus)).toEqual(['IN_STORE', 'IN_STORE'])
    expect(office.item(bar).weights.at(-1)?.weighing).toMatchObject({ by: 'scale', reading: readingOf(GOLD_MG) })
    expect(office.facts.filter(({ body }) => 'weighedBefore' in body)).toEqual([])
    expect(office.facts.filter(({ type }) => type === 'custody.checked-in').map((fact) => fact.with)).toEqual([
      ['ou'],
      ['ou'],
    ])
  })

  it('prints the entry slip at the end, a later one in the place of the first; without a printer it says where', () => {
    const { office, codes, shelf: at } = submitted(general, general)
    const [one = '', other = ''] = codes
    const takeIn = (code: string, printer: boolean): string => {
      const bench = new TestBench(office)
      bench.printer = printer
      bench.all(item(code), badge('ou'), signed('ou'), card('CONFIRM'), shelf(at))
      bench.all(card('CONFIRM'), badge('ou'), signed('ou'))
      return bench.said
    }
    expect(takeIn(one, true)).toBe('入库 1 件，退回 0 件；入库单小票已送打印')
    expect([...office.labels.values()]).toMatchObject([
      {
        code: listOf(office),
        template: 'entry-slip',
        station: 'bench-1',
        issue: 1,
        register: 'store.store-1',
        void: false,
      },
    ])
    expect(takeIn(other, true)).toBe('入库 1 件，退回 0 件；入库单小票已送打印')
    expect([...office.labels.values()].map((label) => [label.issue, label.void])).toEqual([
      [1, true],
      [2, false],
    ])
    const { office: bare, codes: more, shelf: there } = submitted(general)
    const bench = new TestBench(bare)
    bench.printer = false
    bench.all(
      item(more[0] ?? ''),
      badge('ou'),
      signed('ou'),
      card('CONFIRM'),
      shelf(there),
      card('CONFIRM'),
      badge('ou'),
      signed('ou'),
    )
    expect(bench.said).toBe(`入库 1 件，退回 0 件；入库单请在办案桌面按清单 ${listOf(bare)} 打印`)
    expect(bare.labels.size).toBe(0)
  })

  it('begins with the first item of a list, which is in hand once the officer has signed', () => {
    const { office, codes } = submitted(general)
    const bench = new TestBench(office)
    expect(bench.all(item(codes[0] ?? ''), badge('ou'), signed('ou'))).toEqual([
      'custody.list-opened',
      'stations.pin',
      'custody.item-in-hand',
    ])
    expect(bench.asking()).toBe('confirm')
  })

  it('sends a single item back with a reason and takes the rest, in one go', () => {
    const { office, codes, shelf: at } = submitted(general, general)
    const bench = new TestBench(office)
    const [one = '', other = ''] = codes
    bench.all(item(one), badge('ou'), signed('ou'))
    expect(bench.all(card('REFUSE'), card('REFUSE'), card('CONFIRM'))).toEqual([
      'custody.refuse-reason',
      'custody.refuse-reason',
      'custody.line-refused',
    ])
    bench.all(item(other), card('CONFIRM'), shelf(at), card('CONFIRM'))
    expect(bench.all(badge('ou'), signed('ou'))).toEqual(['stations.pin', 'custody.checked-in'])
    expect(office.item(one).custodyStatus).toBe('WITH_CASE_DEPT')
    expect(office.item(other).custodyStatus).toBe('IN_STORE')
  })

  it('stops at a weight that differs, and asks why it is sent back', () => {
    const { office, codes } = submitted(gold)
    const bench = new TestBench(office)
    bench.all(item(codes[0] ?? ''), badge('ou'), signed('ou'))
    expect(bench.do(weight(GOLD_MG - 2_000))).toBe('custody.weight-differs')
    expect(bench.asking()).toBe('choose')
    expect(bench.do({ kind: 'choose', option: 'back', text: null })).toBe('custody.compare-again')
    expect(bench.do(weight(-5))).toBe('custody.weight-absurd')
    expect(bench.asking()).toBe('weigh')
    expect(bench.do(weight(GOLD_MG))).toBe('custody.weighed')
    expect(bench.do(card('REFUSE'))).toBe('custody.refuse-reason')
    expect(bench.do({ kind: 'choose', option: 'other', text: '包装破损' })).toBe('custody.line-refused')
  })

  it('sends nothing back for a weight that agreed or was not asked for, by card or by choice', () => {
    const { office, codes } = submitted(gold, general)
    const [bar = '', phone = ''] = codes
    const bench = new TestBench(office)
    const offered = () => benchProcedures.show(bench.work as CustodyWork).ask.options.map(({ id }) => id)
    bench.all(item(bar), badge('ou'), signed('ou'), card('REFUSE'))
    expect(offered()).toContain('weight')
    bench.all(card('WEIGH'), weight(GOLD_MG), card('REFUSE'))
    expect(offered().slice(0, 2)).toEqual(['seal', 'photo'])
    expect(bench.do({ kind: 'choose', option: 'weight', text: null })).toBe('stations.not-asked')
    expect(bench.do(card('CONFIRM'))).toBe('custody.line-refused')
    expect(bench.said).toContain('封条破损或编号不符')
    bench.all(item(phone), card('REFUSE'))
    expect(offered()).not.toContain('weight')
  })

  it('what the scale said before it was weighed again stands in the record, of what is taken in and of what is not', () => {
    const { office, codes, safe } = submitted(gold, gold)
    const [bar = '', other = ''] = codes
    const bench = new TestBench(office)
    bench.all(item(bar), badge('ou'), signed('ou'), weight(GOLD_MG - 2_000), card('WEIGH'), weight(GOLD_MG))
    bench.all(card('CONFIRM'), shelf(safe), item(other), weight(GOLD_MG + 3_000), card('WEIGH'))
    bench.all(weight(GOLD_MG + 2_000), card('CONFIRM'), card('CONFIRM'), badge('ou'), signed('ou'))
    const said = (weight_mg: number) => ({ weight_mg, weighing: { by: 'scale', reading: readingOf(weight_mg) } })
    const bodyOf = (type: string) => office.facts.find((fact) => fact.type === type)?.body
    expect(bodyOf('custody.checked-in')).toMatchObject({
      ...said(GOLD_MG),
      weighedBefore: [said(GOLD_MG - 2_000)],
    })
    expect(bodyOf('custody.handover-refused')).toMatchObject({
      ...said(GOLD_MG + 2_000),
      weighedBefore: [said(GOLD_MG + 3_000)],
    })
    expect(office.item(bar).weights.at(-1)?.weight_mg).toBe(GOLD_MG)
  })

  it('shows the weight that differs at its step, and says that it was weighed once more', () => {
    const { office, codes } = submitted(gold)
    const bench = new TestBench(office)
    const shown = () => benchProcedures.show(bench.work as CustodyWork)
    bench.all(item(codes[0] ?? ''), badge('ou'), signed('ou'), weight(GOLD_MG - 2_000))
    expect(bench.steps()).toEqual(['done', 'done', 'now', 'todo', 'todo', 'todo'])
    expect(shown().work.points[0]).toMatchObject({ found: { zh: '98.000 克' }, verdict: 'different' })
    expect(shown().ask.options.find(({ id }) => id === 'back')?.word).toBe('WEIGH')
    expect(bench.do(card('WEIGH'))).toBe('custody.compare-again')
    expect(bench.asking()).toBe('weigh')
    expect(shown().work.points[0]).toMatchObject({ found: null, verdict: 'now' })
    expect(bench.do(weight(GOLD_MG - 2_000))).toBe('custody.weight-differs')
    expect(bench.said).toMatch(/^再次称重：/)
  })

  it('a paper that is scanned in the middle of it is told of, and taken for no seal', () => {
    const { office, codes } = submitted(gold)
    const bench = new TestBench(office)
    bench.all(item(codes[0] ?? ''), badge('ou'), signed('ou'), weight(GOLD_MG))
    const before = bench.work
    bench.paper = accepted('custody.paper-known', { zh: '通〔2026〕01-0001号', en: '通〔2026〕01-0001号' })
    expect(bench.do(text('F-01.2026.01.0001.0123456789ABCDEF'))).toBe('custody.paper-known')
    expect(bench.work).toEqual(before)
    bench.paper = null
    expect(bench.do(text('F-001'))).toBe('custody.seal-same')
  })

  it('a seal that is scanned is the registered one or another, and shown as what it is', () => {
    const { office, codes } = submitted(gold)
    const bench = new TestBench(office)
    const seal = () => benchProcedures.show(bench.work as CustodyWork).work.points[1]
    bench.all(item(codes[0] ?? ''), badge('ou'), signed('ou'), weight(GOLD_MG))
    expect(bench.do(text('F-004'))).toBe('custody.seal-unlike')
    expect(bench.said).toBe(`${codes[0] ?? ''} 封条编号不符：登记 F-001，扫到 F-004`)
    expect(seal()).toMatchObject({ found: { zh: 'F-004' }, verdict: 'different' })
    expect(bench.do(card('CONFIRM'))).toBe('custody.seal-unlike')
    expect(bench.do(text('F-001'))).toBe('custody.seal-same')
    expect(seal()).toMatchObject({ found: { zh: 'F-001' }, verdict: 'same' })
    expect(bench.do(card('CONFIRM'))).toBe('custody.compared')
  })

  const atOfficer = (office: Office, bench = new TestBench(office)): TestBench => {
    bench.do(list(listOf(office)))
    return bench
  }
  const atItem = (office: Office): TestBench => {
    const bench = atOfficer(office)
    bench.do(signed('ou'))
    return bench
  }

  it('refuses the wrong people at once', () => {
    const { office } = submitted(general)
    expect(atOfficer(office).do(badge('li'))).toBe('custody.same-person')
    expect(atOfficer(office).do(badge('sun'))).toBe('custody.not-your-unit')
    expect(atOfficer(office).do(badge('han'))).toBe('custody.not-your-unit')
    expect(atOfficer(office).do(badge('everything'))).toBe('custody.same-person')
    expect(new TestBench(office, 'insider').do(list(listOf(office)))).toBe('custody.same-department')
    expect(new TestBench(office, 'everything').do(list(listOf(office)))).toBe('custody.officer-keeps')
    const elsewhere = { station: { id: 'b', kind: 'bench', place: 'store-2' } } as const
    expect(new TestBench(office, 'everything', elsewhere).do(list(listOf(office)))).toBe('custody.wrong-station')
    expect(new TestBench(office, 'far', elsewhere).do(list(listOf(office)))).toBe('custody.unknown-list')
  })

  it('refuses the wrong order', () => {
    const { office, codes, shelf: at, safe } = submitted(general, general)
    const [one = '', other = ''] = codes
    const bench = atItem(office)
    expect(bench.all(shelf(at), card('CONFIRM'), badge('ou'), card('MOVE'))).toEqual([
      'stations.wrong-kind',
      'stations.not-asked',
      'stations.wrong-kind',
      'stations.not-asked',
    ])
    bench.do(item(one))
    expect(bench.all(item(other), shelf(at))).toEqual(['stations.wrong-kind', 'stations.wrong-kind'])
    bench.all(card('CONFIRM'), shelf(safe))
    expect(bench.do(item(one))).toBe('stations.done-already')
    bench.do(card('CONFIRM'))
    expect(bench.all(badge('wei'), item(other))).toEqual(['stations.wrong-kind', 'stations.wrong-kind'])
  })

  it('refuses what is not on the list, not known, or not asked for', () => {
    const { office } = submitted(general)
    const bench = atItem(office)
    expect(bench.do(item(UNKNOWN_ITEM))).toBe('custody.unknown-item')
    const { office: empty } = submitted(general)
    expect(new TestBench(empty).do(list(makeCode({ kind: 'document', unit: '01', year: 2026, serial: 77 })))).toBe(
      'custody.unknown-list',
    )
    const [code = ''] = [...office.items.keys()]
    const again = new TestBench(office)
    again.all(item(code), badge('ou'), signed('ou'), card('CONFIRM'))
    const [location = ''] = [...office.locations.keys()]
    again.all(shelf(location), card('CONFIRM'), badge('ou'), signed('ou'))
    expect(new TestBench(office).do(list(listOf(office)))).toBe('stations.nothing-left')
  })

  it('refuses a shelf that will not do, counting what this very act puts there', () => {
    const { office, codes, shelf: at } = submitted(gold, general, general, general)
    const [bar = '', ...phones] = codes
    const bench = atItem(office)
    bench.all(item(bar), weight(GOLD_MG), card('CONFIRM'))
    expect(bench.do(shelf(at))).toBe('custody.class-not-allowed')
    bench.do(card('REFUSE'))
    bench.do(card('CONFIRM'))
    const verdicts = phones.map((phone) => bench.all(item(phone), card('CONFIRM'), shelf(at))[2])
    expect(verdicts).toEqual(['custody.line-accepted', 'custody.line-accepted', 'custody.location-full'])
  })

  it('needs a scale for what must be weighed', () => {
    const { office, codes } = submitted(gold)
    const bench = atOfficer(office, new TestBench(office, 'li', { hasScale: false }))
    bench.do(signed('ou'))
    expect(bench.do(item(codes[0] ?? ''))).toBe('stations.no-scale')
  })

  it('drops a line that somebody else has dealt with meanwhile', () => {
    const { office, codes, shelf: at } = submitted(general, general)
    const [one = '', other = ''] = codes
    const bench = atItem(office)
    bench.all(item(one), card('CONFIRM'), shelf(at))
    office.act('sun', { type: 'custody.check-in', items: [{ item: other, location: at }] })
    expect(bench.do(item(other))).toBe('custody.line-gone')
    expect(bench.all(card('CONFIRM'), badge('ou'))).toEqual(['custody.officer-confirms', 'stations.pin'])
    expect(bench.do(signed('ou'))).toBe('custody.checked-in')
  })

  it('two custodians race for one item: the second is refused and nothing of it is written', () => {
    const { office, codes, shelf: at } = submitted(general)
    const [one = ''] = codes
    const [first, second] = [new TestBench(office), new TestBench(office, 'sun')]
    for (const bench of [first, second])
      bench.all(item(one), badge('ou'), signed('ou'), card('CONFIRM'), shelf(at), card('CONFIRM'))
    for (const bench of [first, second]) expect(bench.do(badge('ou'))).toBe('stations.pin')
    expect(first.do(signed('ou'))).toBe('custody.checked-in')
    const before = office.facts.length
    expect(second.do(signed('ou'))).toBe('custody.wrong-order')
    expect(office.facts).toHaveLength(before)
    expect(second.work).not.toBeNull()
  })
})

describe('hand out', () => {
  it('takes the item, the signature of who fetches it, and a confirmation', () => {
    const { office, codes } = stored(general)
    const [code = ''] = codes
    office.act('zhao', { type: 'approvals.grant', approval: asked(office, codes) })
    const bench = new TestBench(office)
    expect(bench.all(item(code), badge('ou'), signed('ou'), card('CONFIRM'))).toEqual([
      'custody.item-to-lend',
      'stations.pin',
      'custody.borrower-signed',
      'custody.lent',
    ])
    expect(office.item(code)).toMatchObject({ custodyStatus: 'BORROWED', loan: { borrower: 'ou', custodian: 'li' } })
  })

  const granted = (...lines: NewItem[]): ReturnType<typeof stored> & { bench: TestBench } => {
    const made = stored(...lines)
    made.office.act('zhao', { type: 'approvals.grant', approval: asked(made.office, made.codes) })
    return { ...made, bench: new TestBench(made.office) }
  }

  it('weighs what its class has weighed at every hand-over, each in its turn, and the loan keeps weight and frame', () => {
    const second = { ...gold, name: '金块', seal: { number: 'F-2', signers: ['ou', 'wei'] } }
    const { office, codes, bench } = granted(gold, second, general)
    expect(bench.all(...codes.map((code) => item(code)), badge('ou'), signed('ou')).at(-1)).toBe(
      'custody.borrower-signed',
    )
    expect(bench.said).toBe('ou 已签收，请把 金条 放上电子秤')
    expect(bench.do(card('CONFIRM'))).toBe('stations.not-asked')
    expect(bench.do(weight(GOLD_MG + 50))).toBe('custody.weighed')
    expect(bench.said).toBe('重量 100.050 克，相符；请把 金块 放上电子秤')
    expect(bench.points()).toEqual(['now'])
    expect(bench.all(weight(GOLD_MG), card('CONFIRM'))).toEqual(['custody.weighed', 'custody.lent'])
    const bodies = office.facts.filter(({ type }) => type === 'custody.lent').map(({ body }) => body)
    expect(bodies).toMatchObject([
      { weight_mg: GOLD_MG + 50, weighedNow: true, weighing: { by: 'scale', reading: readingOf(GOLD_MG + 50) } },
      { weight_mg: GOLD_MG, weighedNow: true, weighing: { by: 'scale', reading: readingOf(GOLD_MG) } },
      { weight_mg: null, weighing: null },
    ])
    expect(bodies[2]).not.toHaveProperty('weighedNow')
    expect(office.item(codes[0] ?? '').weights.at(-1)).toMatchObject({ weight_mg: GOLD_MG + 50 })
  })

  it('a weight that differs stops it: weighed again or an incident while the store answers for it, and no way out beside', () => {
    const { office, codes, bench } = granted(gold, general)
    bench.all(...codes.map((code) => item(code)), badge('ou'), signed('ou'))
    expect(bench.do(weight(GOLD_MG - 2_000))).toBe('custody.weight-found-different')
    expect(bench.said).toBe('重量不符：上次称重 100.000 克，现为 98.000 克，少 2.000 克，不能出库')
    expect(bench.points()).toEqual(['different'])
    expect(bench.all(card('CANCEL'), card('UNDO'), card('CONFIRM'))).toEqual([
      'custody.hand-out-differs',
      'custody.hand-out-differs',
      'stations.not-asked',
    ])
    expect(bench.all(card('WEIGH'), card('CANCEL'), weight(GOLD_MG - 2_000))).toEqual([
      'custody.weigh-again',
      'custody.hand-out-differs',
      'custody.weight-found-different',
    ])
    expect(bench.said).toBe('再次称重，重量不符：上次称重 100.000 克，现为 98.000 克，少 2.000 克，不能出库')
    expect(bench.all(card('REFUSE'), card('CONFIRM'))).toEqual(['custody.incident-asked', 'custody.hand-out-stopped'])
    const [bar = '', phone = ''] = codes
    expect(office.item(bar)).toMatchObject({
      ...{ custodyStatus: 'IN_STORE', loan: null, store: 'store-1' },
      incident: { kind: 'shortage', opener: 'li', foundWeight_mg: GOLD_MG - 2_000 },
    })
    expect(office.facts.find(({ type }) => type === 'custody.incident-opened')?.register).toBe('store.store-1')
    expect(bench.do(card('CONFIRM'))).toBe('custody.lent')
    expect(office.item(phone)).toMatchObject({ custodyStatus: 'BORROWED' })
  })

  it('a weighing that fits after one that did not goes on, and may be cancelled again', () => {
    const { codes, bench } = granted(gold)
    bench.all(item(codes[0] ?? ''), badge('ou'), signed('ou'), weight(GOLD_MG - 2_000), card('WEIGH'))
    expect(bench.do(weight(GOLD_MG))).toBe('custody.weighed')
    expect(benchProcedures.show(bench.work as CustodyWork).ask.options.map(({ word }) => word)).toContain('CANCEL')
    expect(bench.do(card('CONFIRM'))).toBe('custody.lent')
  })

  it('what is to be weighed needs a scale', () => {
    const { office, codes } = granted(gold)
    expect(new TestBench(office, 'li', { hasScale: false }).do(item(codes[0] ?? ''))).toBe('stations.no-scale')
  })

  it('refuses who may not: the custodian, an officer of another case, the approver', () => {
    const { office, codes } = stored(general)
    office.act('zhao', { type: 'approvals.grant', approval: asked(office, codes) })
    const bench = new TestBench(office)
    bench.do(item(codes[0] ?? ''))
    expect(bench.all(badge('li'), badge('han'), badge('zhao'))).toEqual([
      'custody.same-person',
      'custody.borrower',
      'custody.same-person',
    ])
    expect(bench.said).toBe('zhao 已作为审批人参与此事，不得再经办')
    expect(bench.all(card('CONFIRM'), item(codes[0] ?? ''))).toEqual(['stations.not-asked', 'stations.done-already'])
  })

  it('goes to another officer of the case when who asked has left it', () => {
    const { office, codes } = stored(general)
    office.act('zhao', { type: 'approvals.grant', approval: asked(office, codes) })
    for (const [number, of] of office.cases)
      office.cases.set(number, { ...of, officers: of.officers.filter((person) => person !== 'ou') })
    const bench = new TestBench(office)
    expect(bench.all(item(codes[0] ?? ''), badge('ou'), badge('wei'), signed('wei'), card('CONFIRM'))).toEqual([
      'custody.item-to-lend',
      'custody.borrower',
      'stations.pin',
      'custody.borrower-signed',
      'custody.lent',
    ])
    expect(office.item(codes[0] ?? '').loan).toMatchObject({ borrower: 'wei' })
  })

  it('is not begun without a grant: the item is only shown', () => {
    const { office, codes } = stored(general)
    const bench = new TestBench(office)
    expect(bench.do(item(codes[0] ?? ''))).toBe('custody.shown')
  })
})

describe('take back', () => {
  it('takes the number on the seal from the scanner; another one is told, and noted when the custodian says so', () => {
    const { office, codes } = lent(gold)
    const bench = new TestBench(office)
    bench.all(item(codes[0] ?? ''), badge('ou'), signed('ou'), weight(GOLD_MG))
    expect(bench.all(text('F-009'), card('CONFIRM'))).toEqual([
      'custody.returned-seal-unlike',
      'custody.returned-seal-unlike',
    ])
    expect(bench.said).toBe(`${codes[0]} 封条编号不符：借出时 F-001，扫到 F-009`)
    expect(bench.all(text('F-001'), card('CONFIRM'))).toEqual(['custody.seal-same', 'custody.seal-same'])
    expect(bench.points()).toEqual(['same', 'same', 'now'])
    const other = new TestBench(office)
    other.all(item(codes[0] ?? ''), badge('ou'), signed('ou'), weight(GOLD_MG), text('F-009'))
    expect(other.do(card('REFUSE'))).toBe('custody.seal-different')
    expect(office.facts.at(-1)).toMatchObject({
      type: 'custody.difference-found',
      body: { points: [{ point: 'seal' }] },
    })
  })

  it('while a difference is open, a wrong scan is told how it ends, not to cancel', () => {
    const { office, codes, shelf: at } = lent(gold)
    const bench = new TestBench(office)
    bench.all(item(codes[0] ?? ''), badge('ou'), signed('ou'))
    expect(bench.do(shelf(at))).toBe('stations.wrong-kind')
    expect(bench.remedy).toContain('先扫“取消”卡')
    bench.do(weight(GOLD_MG - 2_000))
    expect(bench.all(card('CANCEL'), shelf(at))).toEqual(['custody.difference-open', 'stations.wrong-kind'])
    expect(bench.remedy).toContain('不能取消')
    expect(bench.remedy).not.toContain('先扫“取消”卡')
  })

  it('compares point by point and puts it on a shelf', () => {
    const { office, codes, safe } = lent(gold)
    const [bar = ''] = codes
    const bench = new TestBench(office)
    expect(
      bench.all(item(bar), badge('ou'), signed('ou'), weight(GOLD_MG), card('CONFIRM'), card('CONFIRM'), shelf(safe)),
    ).toEqual([
      'custody.item-to-return',
      'stations.pin',
      'custody.returner-signed',
      'custody.weighed',
      'custody.seal-same',
      'custody.condition-same',
      'custody.returned',
    ])
    expect(office.item(bar)).toMatchObject({ custodyStatus: 'IN_STORE', location: safe })
  })

  it('two grams short: shows which point, stops the return and opens the incident', () => {
    const { office, codes } = lent(gold)
    const [bar = ''] = codes
    const bench = new TestBench(office)
    bench.all(item(bar), badge('ou'), signed('ou'))
    expect(bench.do(weight(GOLD_MG - 2_000))).toBe('custody.weight-found-different')
    bench.all(card('CONFIRM'), card('CONFIRM'))
    expect(bench.points()).toEqual(['different', 'same', 'same'])
    // Who scans the last card once more does not open an incident by it.
    expect(bench.all(card('CONFIRM'), card('REFUSE'))).toEqual(['stations.not-asked', 'custody.incident-asked'])
    expect(office.item(bar).incident).toBeNull()
    expect(bench.do(card('CONFIRM'))).toBe('custody.return-stopped')
    expect(office.item(bar)).toMatchObject({ custodyStatus: 'BORROWED', incident: { kind: 'shortage' } })
    expect(bench.work).toBeNull()
    expect(bench.do(item(bar))).toBe('custody.shown-frozen')
  })

  it('keeps a difference in the register, whatever becomes of the return: it is neither cancelled nor taken back', () => {
    const { office, codes, safe } = lent(gold)
    const [bar = ''] = codes
    const bench = new TestBench(office)
    const options = (): (string | null)[] =>
      bench.work === null ? [] : benchProcedures.show(bench.work).ask.options.map(({ word }) => word)
    const found = () => office.facts.filter(({ type }) => type === 'custody.difference-found')
    bench.all(item(bar), badge('ou'), signed('ou'))
    expect(options()).toEqual(['WEIGH', 'UNDO', 'CANCEL'])
    bench.do(weight(GOLD_MG - 2_000))
    expect(found()).toMatchObject([
      {
        actor: 'li',
        with: ['ou'],
        body: {
          weight_mg: GOLD_MG - 2_000,
          weighing: { by: 'scale', reading: readingOf(GOLD_MG - 2_000) },
          points: [{ point: 'weight', expected: '100000 mg', found: '98000 mg', verdict: 'different' }],
        },
      },
    ])
    expect(bench.all(card('CANCEL'), card('UNDO'))).toEqual(['custody.difference-open', 'custody.difference-open'])
    bench.all(card('REFUSE'), card('REFUSE'))
    expect(found().map(({ body }) => (body as { points?: unknown }).points)).toMatchObject([
      [{ point: 'weight' }],
      [{ point: 'seal', found: 'broken' }],
      [{ point: 'condition', found: 'different' }],
    ])
    expect(options()).toEqual(['REFUSE', 'WEIGH'])
    expect(bench.do(card('CANCEL'))).toBe('custody.difference-open')
    expect(bench.do(card('WEIGH'))).toBe('custody.compare-again')
    expect(options()).toEqual(['WEIGH'])
    expect(bench.do(card('CANCEL'))).toBe('custody.difference-open')
    bench.do(weight(GOLD_MG - 2_000))
    expect(bench.said).toBe('再次称重，重量不符：借出时 100.000 克，现为 98.000 克，少 2.000 克')
    bench.all(card('CONFIRM'), card('CONFIRM'), card('WEIGH'))
    expect(bench.all(weight(GOLD_MG), card('CONFIRM'), card('CONFIRM'), shelf(safe)).at(-1)).toBe('custody.returned')
    expect(found()).toHaveLength(4)
    expect(office.item(bar).incident).toBeNull()
  })

  it('a return with a difference ends when the item was dealt with elsewhere', () => {
    const { office, codes } = lent(gold)
    const bench = new TestBench(office)
    bench.all(item(codes[0] ?? ''), badge('ou'), signed('ou'), weight(GOLD_MG - 2_000))
    office.act('li', { type: 'custody.incident', items: codes, kind: 'shortage', note: '少 2 克' })
    expect(bench.do(card('CANCEL'))).toBe('custody.settled-elsewhere')
    expect(bench.work).toBeNull()
  })

  it('notes no difference where there is none', () => {
    const { office, codes } = lent(gold)
    const note = (line: object) =>
      office.act(
        'li',
        { type: 'custody.note-difference', items: [{ item: codes[0] ?? '', ...line }] },
        { with: ['ou'] },
      )
    expect(() => note({ weight_mg: GOLD_MG, seal: 'intact', condition: 'same' })).toThrow('custody.no-difference')
    expect(() => note({})).toThrow('custody.no-difference')
    note({ seal: 'broken' })
  })

  it('says both weights and what is between them, and compares all anew when asked to', () => {
    const { office, codes, safe } = lent(gold)
    const bench = new TestBench(office)
    bench.all(item(codes[0] ?? ''), badge('ou'), signed('ou'), weight(GOLD_MG - 2_000))
    expect(bench.said).toBe('重量不符：借出时 100.000 克，现为 98.000 克，少 2.000 克')
    bench.all(card('CONFIRM'), card('CONFIRM'), card('REFUSE'))
    expect(bench.do({ kind: 'choose', option: 'again', text: null })).toBe('custody.compare-again')
    expect(bench.points()).toEqual(['now', 'waiting', 'waiting'])
    expect(bench.all(weight(GOLD_MG), card('CONFIRM'), card('CONFIRM'), shelf(safe)).at(-1)).toBe('custody.returned')
  })

  it('a broken seal is the REFUSE card', () => {
    const { office, codes, safe } = lent(gold)
    const bench = new TestBench(office)
    bench.all(item(codes[0] ?? ''), badge('ou'), signed('ou'), weight(GOLD_MG))
    expect(bench.all(card('REFUSE'), card('CONFIRM'), shelf(safe), card('REFUSE'), card('CONFIRM'))).toEqual([
      'custody.seal-different',
      'custody.condition-same',
      'stations.wrong-kind',
      'custody.incident-asked',
      'custody.return-stopped',
    ])
    expect(office.item(codes[0] ?? '').incident?.kind).toBe('damage')
  })

  it('refuses who has nothing to do with it, and the custodian himself', () => {
    const { office, codes } = lent(general)
    const bench = new TestBench(office)
    bench.do(item(codes[0] ?? ''))
    expect(bench.said).toBe('手机：请归还人刷工牌：ou，或本案其他承办人员')
    expect(bench.all(badge('han'), badge('li'))).toEqual(['custody.returner', 'custody.same-person'])
  })

  it('takes another officer of the case with his own signature, and it is his that the register holds', () => {
    const { office, codes, safe } = lent(gold)
    const bench = new TestBench(office)
    const look = [weight(GOLD_MG), card('CONFIRM'), card('CONFIRM'), shelf(safe)]
    expect(bench.all(item(codes[0] ?? ''), badge('wei'), signed('wei'), ...look).at(-1)).toBe('custody.returned')
    const [handed] = office.facts.filter(({ type }) => type === 'custody.handed-back')
    expect(handed).toMatchObject({ with: ['wei'], body: { borrower: 'ou' } })
  })

  it('says at the badge, not at the end, that who is on the case still is no officer of its department any more', () => {
    const { office, codes } = lent(gold)
    for (const [number, of] of office.cases) office.cases.set(number, { ...of, officers: [...of.officers, 'han'] })
    const bench = new TestBench(office)
    expect(bench.all(item(codes[0] ?? ''), badge('han'))).toEqual(['custody.item-to-return', 'custody.returner'])
  })
})

describe('move and look up', () => {
  it('moves by card or shelf, then item, then new shelf', () => {
    const { office, codes, shelf: at, safe } = stored(general)
    const [code = ''] = codes
    const bench = new TestBench(office)
    expect(bench.all(card('MOVE'), item(code), shelf(at), shelf(safe))).toEqual([
      'custody.moving',
      'custody.item-to-move',
      'custody.already-there',
      'custody.moved',
    ])
    expect(office.item(code).location).toBe(safe)
    expect(bench.all(shelf(at), item(code))).toEqual(['custody.moving', 'stations.not-there'])
  })

  it('shows an item and lets the next scan begin anew', () => {
    const { office, codes, shelf: at } = stored(general, general)
    const [one = '', other = ''] = codes
    const bench = new TestBench(office)
    expect(bench.all(item(one), item(other), card('MOVE'), shelf(at))).toEqual([
      'custody.shown',
      'custody.shown',
      'custody.item-to-move',
      'custody.already-there',
    ])
  })

  it('shows nothing of an item that the custodian has no business with, but reads its fresh label back', () => {
    const { office, codes } = officeWith(general)
    const [code = ''] = codes
    const bench = new TestBench(office)
    expect(bench.do(item(code))).toBe('custody.unknown-item')
    const { result } = office.act('ou', {
      type: 'custody.want-label',
      codes,
      template: 'item-card',
      station: 'bench-1',
    })
    const [job] = (result as unknown as { jobs: { job: string }[] }).jobs
    office.act('ou', { type: 'custody.label-printed', labels: [job?.job ?? ''] })
    expect(bench.do(item(code))).toBe('custody.label-read')
    expect(office.labels.get(job?.job ?? '')?.scannedBack).toBe(true)
    expect(bench.work).toBeNull()
    expect(bench.do(item(code))).toBe('custody.unknown-item')
  })

  it('puts an item into a box where a shelf is asked for, and carries the box with it from shelf to shelf', () => {
    const { office, codes, shelf: at, safe } = stored(general)
    const [code = ''] = codes
    const place = { store: 'store-1', name: '证物箱', location: at, capacity: 9 }
    const container = codeFrom(office.act('li', { type: 'custody.add-container', ...place }))
    const bench = new TestBench(office)
    expect(bench.all(card('MOVE'), item(code), box(container))).toEqual([
      'custody.moving',
      'custody.item-to-move',
      'custody.moved',
    ])
    expect(bench.said).toBe('手机 已移到 证物箱')
    expect(office.item(code)).toMatchObject({ location: at, container })
    expect(bench.do(box(container))).toBe('custody.moving-box')
    expect(bench.said).toBe('移箱：证物箱，内有 1 件，现在 一号架。请扫描容器的新库位')
    expect(bench.all(item(code), box(container), shelf(at), shelf(safe))).toEqual([
      'stations.wrong-kind',
      'stations.wrong-kind',
      'custody.container-there',
      'custody.box-moved',
    ])
    expect(office.item(code)).toMatchObject({ location: safe, container })
    expect(bench.work).toBeNull()
  })

  it('LOOKUP shows an item that would begin something', () => {
    const { office, codes } = lent(general)
    const bench = new TestBench(office)
    expect(bench.all(card('LOOKUP'), item(codes[0] ?? ''))).toEqual(['custody.look-up', 'custody.shown'])
  })

  it('refuses what is no code of ours, and a container that is none of the store', () => {
    const { office } = stored(general)
    const bench = new TestBench(office)
    expect(bench.do({ kind: 'scan', scanned: { kind: 'text', text: '6901234567892' } })).toBe('stations.unknown-code')
    expect(bench.do(box(makeCode({ kind: 'container', unit: '01', year: 2026, serial: 1 })))).toBe(
      'custody.unknown-container',
    )
  })
})

describe('at the registration desk of a department', () => {
  it('a list, a shelf and a box are told by their codes, and nothing is begun with them', () => {
    const { office, codes, safe } = submitted(general)
    const paper = office.item(codes[0] ?? '').list ?? ''
    const bench = new TestBench(office, 'ou', { station: { id: 'desk-1', kind: 'desk', place: 'dept-1' } })
    expect(bench.all(list(paper), shelf(safe), item(codes[0] ?? ''))).toEqual([
      'custody.code-read',
      'custody.code-read',
      'custody.shown',
    ])
    expect(bench.do(box(makeCode({ kind: 'container', unit: '01', year: 2026, serial: 1 })))).toBe(
      'custody.unknown-container',
    )
  })
})

describe('what two custodians do together', () => {
  const SEAL = 'F-200'
  const passbook: NewItem = {
    ...{ name: '存折', quantity: 1, unit: '本', features: '红色封皮' },
    category: 'cards-securities',
    details: { issuer: '某银行', account: '6222 0000' },
    seal: { number: SEAL, signers: ['ou', 'wei'] },
  }
  const keptPassbook = (): ReturnType<typeof submitted> => {
    const made = submitted(passbook)
    const items = made.codes.map((code) => ({ item: code, location: made.safe, sealNumber: SEAL }))
    made.office.act('li', { type: 'custody.check-in', items }, { with: ['ou', 'sun'] })
    return made
  }
  const grantedPassbook = (): ReturnType<typeof submitted> => {
    const made = keptPassbook()
    made.office.act('zhao', { type: 'approvals.grant', approval: asked(made.office, made.codes) })
    return made
  }
  const lentPassbook = (): ReturnType<typeof submitted> => {
    const made = grantedPassbook()
    const approval = made.office.item(made.codes[0] ?? '').reservation?.approval ?? ''
    made.office.act('li', { type: 'custody.borrow', items: made.codes, approval }, { with: ['ou', 'sun'] })
    return made
  }
  /** Everybody whom the second place is not for: who works here, the officer, another store's, no custodian, of the case, of its department. */
  const STRANGERS = ['li', 'ou', 'far', 'han', 'everything', 'insider']
  const REFUSED = [
    'custody.same-person',
    'custody.same-person',
    'custody.not-your-store',
    'custody.not-your-store',
    'custody.officer-keeps',
    'custody.same-department',
  ]
  const withOf = (office: Office, type: string): unknown =>
    office.facts.filter((fact) => fact.type === type).at(-1)?.with

  it('is taken in with the badge and PIN of both, asked when the item is in hand and not before', () => {
    const { office, codes, shelf: at, safe } = submitted(general, passbook)
    const [phone = '', book = ''] = codes
    const bench = new TestBench(office)
    bench.all(list(listOf(office)), badge('ou'), signed('ou'), item(phone))
    expect(bench.steps()).toHaveLength(6)
    bench.all(card('CONFIRM'), shelf(at))
    expect(bench.do(item(book))).toBe('custody.item-in-hand')
    expect(bench.said).toBe('存折：须两名保管人员共同办理：请另一名保管人员刷工牌')
    expect(bench.asking()).toBe('scan-badge')
    expect(bench.steps()).toEqual(['done', 'done', 'now', 'needless', 'todo', 'todo', 'todo'])
    expect(bench.all(card('CONFIRM'), shelf(safe))).toEqual(['stations.not-asked', 'stations.wrong-kind'])
    expect(bench.all(...STRANGERS.map(badge))).toEqual(REFUSED)
    expect(bench.all(badge('sun'), signed('sun'))).toEqual(['stations.pin', 'custody.keeper-signed'])
    expect(bench.said).toBe('第二名保管人 sun 已签名。请核对封条编号和照片')
    expect(bench.steps()).toEqual(['done', 'done', 'done', 'needless', 'now', 'todo', 'todo'])
    bench.all(text(SEAL), card('CONFIRM'), shelf(safe), card('CONFIRM'), badge('ou'))
    expect(bench.do(signed('ou'))).toBe('custody.checked-in')
    expect(office.item(book).custodyStatus).toBe('IN_STORE')
    expect(withOf(office, 'custody.checked-in')).toEqual(['ou', 'sun'])
  })

  it('one signature of the second custodian does for all of a list', () => {
    const { office, codes, safe } = submitted(passbook, {
      ...passbook,
      seal: { number: 'F-201', signers: ['ou', 'wei'] },
    })
    const [one = '', other = ''] = codes
    const bench = new TestBench(office)
    bench.all(item(one), badge('ou'), signed('ou'), badge('sun'), signed('sun'), card('CONFIRM'), shelf(safe))
    expect(bench.do(item(other))).toBe('custody.item-in-hand')
    expect(bench.asking()).toBe('confirm')
    expect(bench.all(card('CONFIRM'), shelf(safe), card('CONFIRM'), badge('ou'), signed('ou')).at(-1)).toBe(
      'custody.checked-in',
    )
  })

  it('it is sent back without a second custodian', () => {
    const { office, codes } = submitted(passbook)
    const bench = new TestBench(office)
    bench.all(item(codes[0] ?? ''), badge('ou'), signed('ou'))
    expect(bench.all(card('REFUSE'), card('WEIGH'))).toEqual(['custody.refuse-reason', 'custody.compare-again'])
    expect(bench.asking()).toBe('scan-badge')
    bench.all(card('REFUSE'), card('CONFIRM'), card('CONFIRM'), badge('ou'))
    expect(bench.do(signed('ou'))).toBe('custody.checked-in')
    expect(office.item(codes[0] ?? '').custodyStatus).toBe('WITH_CASE_DEPT')
  })

  it('cash that was not counted is refused at the scan', () => {
    const { office, codes } = submitted(general)
    for (const code of codes) office.items.set(code, { ...office.item(code), category: 'cash' })
    expect(new TestBench(office).do(item(codes[0] ?? ''))).toBe('custody.cash-not-counted')
  })

  it('is handed out by both', () => {
    const { office, codes } = grantedPassbook()
    const bench = new TestBench(office)
    expect(bench.all(item(codes[0] ?? ''), badge('han'), badge('ou'), signed('ou'))).toEqual([
      'custody.item-to-lend',
      'custody.borrower',
      'stations.pin',
      'custody.borrower-signed',
    ])
    expect(bench.steps()).toEqual(['done', 'done', 'now', 'needless', 'todo'])
    expect(bench.do(card('CONFIRM'))).toBe('stations.not-asked')
    expect(bench.all(...STRANGERS.map(badge))).toEqual(REFUSED)
    expect(bench.do(badge('zhao'))).toBe('custody.same-person')
    expect(bench.all(badge('sun'), signed('sun'), card('CONFIRM'))).toEqual([
      'stations.pin',
      'custody.keeper-signed',
      'custody.lent',
    ])
    expect(withOf(office, 'custody.lent')).toEqual(['ou', 'sun'])
  })

  it('is taken back by both, and what differs is noted by both', () => {
    const { office, codes, safe } = lentPassbook()
    const bench = new TestBench(office)
    bench.all(item(codes[0] ?? ''), badge('ou'), signed('ou'))
    expect(bench.steps()).toEqual(['done', 'now', 'needless', 'todo', 'todo', 'todo'])
    expect(bench.points()).toEqual(['not-compared', 'waiting', 'waiting'])
    expect(bench.do(card('CONFIRM'))).toBe('stations.not-asked')
    expect(bench.all(...STRANGERS.map(badge))).toEqual(REFUSED)
    bench.all(badge('sun'), signed('sun'))
    expect(bench.points()).toEqual(['not-compared', 'now', 'waiting'])
    expect(bench.do(card('REFUSE'))).toBe('custody.seal-different')
    expect(withOf(office, 'custody.difference-found')).toEqual(['ou', 'sun'])
    bench.all(card('CONFIRM'), { kind: 'choose', option: 'again', text: null }, card('CONFIRM'), card('CONFIRM'))
    expect(bench.do(shelf(safe))).toBe('custody.returned')
    expect(withOf(office, 'custody.returned')).toEqual(['ou', 'sun'])
  })

  it('a box with something of the kind in it is carried by both', () => {
    const { office, codes, shelf: at, safe } = keptPassbook()
    const place = { store: 'store-1', name: '证物箱', location: safe, capacity: 9 }
    const container = codeFrom(office.act('li', { type: 'custody.add-container', ...place }))
    office.act('li', { type: 'custody.move', items: codes, location: container }, { with: ['sun'] })
    const other = codeFrom(
      office.act('li', {
        ...{ type: 'custody.add-location', store: 'store-1', name: '二号保险柜' },
        ...{ storageClass: 'precious', capacity: 2 },
      }),
    )
    const bench = new TestBench(office)
    expect(bench.all(box(container), shelf(other), badge('li'), badge('sun'), signed('sun'), shelf(at))).toEqual([
      'custody.moving-box',
      'stations.wrong-kind',
      'custody.same-person',
      'stations.pin',
      'custody.keeper-signed',
      'custody.class-not-allowed',
    ])
    expect(bench.do(shelf(other))).toBe('custody.box-moved')
    for (const code of codes) expect(office.item(code)).toMatchObject({ location: other, container })
  })

  it('is moved by both', () => {
    const { office, codes, shelf: at, safe } = keptPassbook()
    const other = codeFrom(
      office.act('li', {
        ...{ type: 'custody.add-location', store: 'store-1', name: '二号保险柜' },
        ...{ storageClass: 'precious', capacity: 2 },
      }),
    )
    const bench = new TestBench(office)
    expect(bench.all(card('MOVE'), item(codes[0] ?? ''), shelf(other))).toEqual([
      'custody.moving',
      'custody.item-to-move',
      'stations.wrong-kind',
    ])
    expect(bench.steps()).toEqual(['done', 'now', 'todo'])
    expect(bench.all(...STRANGERS.filter((id) => id !== 'ou').map(badge))).toEqual(
      REFUSED.filter((_, index) => STRANGERS[index] !== 'ou'),
    )
    expect(bench.all(badge('ou'), badge('sun'), signed('sun'), shelf(at), shelf(safe), shelf(other))).toEqual([
      'custody.not-your-store',
      'stations.pin',
      'custody.keeper-signed',
      'custody.class-not-allowed',
      'custody.already-there',
      'custody.moved',
    ])
    expect(withOf(office, 'custody.moved')).toEqual(['sun'])
  })
})

describe('labels', () => {
  const printed = (
    office: Office,
    codes: string[],
    type: 'custody.want-label' | 'custody.reprint' = 'custody.want-label',
  ) => {
    const wanted = { codes, template: 'item-card', station: 'bench-1' } as const
    const command = type === 'custody.reprint' ? { type, ...wanted, reason: '破损' } : { type, ...wanted }
    const { result } = office.act('ou', command)
    const [job] = (result as unknown as { jobs: { job: string }[] }).jobs
    office.act('ou', { type: 'custody.label-printed', labels: [job?.job ?? ''] })
    return office.labels.get(job?.job ?? '')
  }
  const job = (office: Office, issue: number) => [...office.labels.values()].find((label) => label.issue === issue)

  it('a fresh label that is scanned is confirmed, whatever else the scan does', () => {
    const { office, codes } = submitted(general)
    printed(office, codes)
    const bench = new TestBench(office, 'li', { station: { id: 'desk-1', kind: 'desk', place: 'store-1' } })
    expect(bench.do(item(codes[0] ?? ''))).toBe('custody.shown')
    expect(job(office, 1)?.scannedBack).toBe(true)
  })

  it('a label that a reprint has voided is refused by name', () => {
    const { office, codes } = submitted(general)
    printed(office, codes)
    printed(office, codes, 'custody.reprint')
    const bench = new TestBench(office)
    expect(bench.do(item(codes[0] ?? '', 1))).toBe('custody.label-void')
    expect(bench.do(item(codes[0] ?? '', 2))).toBe('custody.list-opened')
    expect(bench.do(item(codes[0] ?? '', 3))).toBe('custody.label-void')
    expect(job(office, 1)?.scannedBack).toBe(false)
  })
})

describe('seals', () => {
  const choose = (option: string, text: string | null = null): ProcedureInput => ({ kind: 'choose', option, text })
  const strip = (text: string): ProcedureInput => ({ kind: 'scan', scanned: { kind: 'text', text } })

  it('are opened over the whole bag, with a reason and two officers of the case', () => {
    const { office, codes } = stored(gold, gold)
    const bench = new TestBench(office)
    expect(bench.all(item(codes[0] ?? ''), choose('unseal'), choose('testing'))).toEqual([
      'custody.shown',
      'custody.to-unseal',
      'custody.first-sealer',
    ])
    expect(bench.all(badge('li'), badge('han'), badge('ou'), signed('ou'), badge('ou'))).toEqual([
      'access.signature-same',
      'custody.not-case-officer',
      'stations.pin',
      'custody.next-sealer',
      'access.signature-same',
    ])
    expect(bench.steps()).toEqual(['done', 'done', 'now'])
    expect(bench.all(badge('wei'), signed('wei'))).toEqual(['stations.pin', 'custody.unsealed'])
    expect(codes.map((code) => office.item(code).sealStatus)).toEqual(['OPENED', 'OPENED'])
    expect(office.facts.at(-1)).toMatchObject({ type: 'custody.unsealed', with: ['ou', 'wei'] })
  })

  it('are looked up by their strip: what is under one is shown, and nothing begins with it', () => {
    const { office, codes } = stored(gold, gold)
    const bench = new TestBench(office)
    const { number = '' } = office.item(codes[0] ?? '').seal ?? {}
    expect(bench.do(strip(number))).toBe('custody.shown')
    expect(bench.said).toContain(`封条 ${number} 下共 2 件`)
    expect(bench.asking()).toBe('scan-anything')
    expect(bench.do(strip('F-404'))).toBe('stations.unknown-code')
  })

  it('an item that was opened while it was out is sealed anew at its return before it is compared', () => {
    const { office, codes } = lent(gold)
    const [code = ''] = codes
    office.act('ou', { type: 'custody.unseal', items: codes, reason: '辨认' }, { with: ['wei'] })
    const bench = new TestBench(office)
    expect(bench.all(item(code), card('CONFIRM'), strip('F-001'), strip('F-002'))).toEqual([
      'custody.to-seal',
      'stations.not-asked',
      'custody.seal-taken',
      'custody.first-sealer',
    ])
    expect(bench.all(badge('ou'), signed('ou'), badge('wei'), signed('wei'))).toEqual([
      'stations.pin',
      'custody.next-sealer',
      'stations.pin',
      'custody.sealed',
    ])
    expect(office.item(code)).toMatchObject({
      sealStatus: 'RESEALED',
      seal: { number: 'F-002', signers: ['ou', 'wei'] },
    })
    expect(bench.do(item(code))).toBe('custody.item-to-return')
  })

  it('an item in the store is sealed for the first time with a number that was typed', () => {
    const { office, codes } = stored(general)
    const bench = new TestBench(office)
    bench.all(item(codes[0] ?? ''), choose('seal'), choose('other', ' F-010 '))
    bench.all(badge('ou'), signed('ou'), badge('wei'))
    expect(bench.do(signed('wei'))).toBe('custody.sealed')
    expect(office.item(codes[0] ?? '')).toMatchObject({ sealStatus: 'SEALED', seal: { number: 'F-010' } })
  })
})

describe('a whole container', () => {
  /** Two things in a box on the shelf, its loan granted; under a seal where one is named. */
  function boxGranted(seal?: string) {
    const made = stored(general, general)
    const { office, codes, shelf: location } = made
    const place = { store: 'store-1', name: '证物箱', location, capacity: 9 }
    const container = codeFrom(office.act('li', { type: 'custody.add-container', ...place }))
    office.act('li', { type: 'custody.move', items: codes, location: container })
    if (seal !== undefined)
      office.act('li', { type: 'custody.seal-container', container, number: seal }, { with: ['sun'] })
    const dueAt = new Date(Date.parse(office.now) + 48 * 3_600_000).toISOString()
    const deed = { command: 'borrow', items: codes, container, dueAt, purpose: 'COURT' } as const
    const { id: approval } = office.act('ou', { type: 'approvals.ask', deed, reason: '庭审' }).result as { id: string }
    office.act('zhao', { type: 'approvals.grant', approval })
    return { ...made, container, location }
  }
  const inStore = (office: Office, codes: readonly string[]) => codes.map((code) => office.item(code).custodyStatus)

  it('goes out by one scan of its label and comes back by one, under its seal', () => {
    const { office, codes, container, location } = boxGranted('箱封9')
    const bench = new TestBench(office)
    expect(bench.do(item(codes[0] ?? ''))).toBe('custody.container-granted')
    expect(bench.all(box(container), badge('ou'), signed('ou'), card('CONFIRM'))).toEqual([
      ...['custody.box-to-lend', 'stations.pin', 'custody.borrower-signed', 'custody.box-lent'],
    ])
    expect(inStore(office, codes)).toEqual(['BORROWED', 'BORROWED'])
    expect(bench.all(box(container), badge('ou'), signed('ou'))).toEqual([
      ...['custody.box-to-return', 'stations.pin', 'custody.returner-signed'],
    ])
    expect(bench.steps()).toEqual(['done', 'now', 'todo', 'todo'])
    expect(bench.all(text('别的封条'), card('CONFIRM'), text('箱封9'), card('CONFIRM'), shelf(location))).toEqual([
      ...['custody.returned-seal-unlike', 'custody.returned-seal-unlike', 'custody.seal-same'],
      ...['custody.box-seal-same', 'custody.box-returned'],
    ])
    expect(bench.work).toBeNull()
    expect(inStore(office, codes)).toEqual(['IN_STORE', 'IN_STORE'])
  })

  it('is compared thing by thing where its seal is broken; a difference stops that thing, and what is missing stays out', () => {
    const { office, codes, container, location } = boxGranted('箱封9')
    const [one = '', two = ''] = codes
    const bench = new TestBench(office)
    bench.all(box(container), badge('ou'), signed('ou'), card('CONFIRM'))
    bench.all(box(container), badge('ou'), signed('ou'))
    expect(bench.all(card('REFUSE'), shelf(location), box(container))).toEqual([
      ...['custody.box-seal-different', 'custody.box-back', 'stations.wrong-kind'],
    ])
    expect(bench.all(item(UNKNOWN_ITEM), item(one), card('REFUSE'), card('REFUSE'), card('CONFIRM'))).toEqual([
      ...['custody.unknown-item', 'custody.item-to-return', 'custody.condition-different', 'custody.incident-asked'],
      'custody.return-stopped',
    ])
    expect([bench.asking(), office.item(one).incident?.kind]).toEqual(['scan-item', 'damage'])
    expect(bench.do(item(one))).toBe('stations.not-in-work')
    expect(bench.do(card('CONFIRM'))).toBe('custody.box-rest-out')
    expect(inStore(office, [two])).toEqual(['BORROWED'])
    // What was not brought comes later, by itself, into the box that is back.
    bench.all(item(two), badge('ou'), signed('ou'), card('CONFIRM'))
    expect(bench.do(box(container))).toBe('custody.returned')
    expect(office.item(two)).toMatchObject({ container, location })
  })

  it('does not pass for whole under a seal from which a thing was brought by itself before', () => {
    const { office, codes, container, location } = boxGranted('箱封9')
    const [one = '', two = ''] = codes
    const bench = new TestBench(office)
    bench.all(box(container), badge('ou'), signed('ou'), card('CONFIRM'))
    expect(bench.all(item(one), badge('ou'), signed('ou'), card('CONFIRM'), shelf(location)).at(-1)).toBe(
      'custody.returned',
    )
    bench.all(box(container), badge('ou'), signed('ou'))
    expect(bench.all(card('CONFIRM'), card('REFUSE'), shelf(location))).toEqual([
      ...['custody.container-seal-opened', 'custody.box-seal-different', 'custody.box-back'],
    ])
    expect(bench.all(item(two), card('CONFIRM'), box(container)).at(-1)).toBe('custody.returned')
  })

  it('that went open is compared thing by thing, and the work ends with the last', () => {
    const { office, codes, container, location } = boxGranted()
    const bench = new TestBench(office)
    bench.all(box(container), badge('ou'), signed('ou'), card('CONFIRM'))
    bench.all(box(container), badge('ou'), signed('ou'))
    expect(bench.do(shelf(location))).toBe('custody.box-back')
    for (const code of codes)
      expect(bench.all(item(code), card('CONFIRM'), box(container))).toEqual([
        ...['custody.item-to-return', 'custody.condition-same', 'custody.returned'],
      ])
    expect([bench.work, inStore(office, codes)]).toEqual([null, ['IN_STORE', 'IN_STORE']])
  })
})
