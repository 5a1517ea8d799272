import type { Approval } from '../approvals/approvals.ts'
import { evolveApproval } from '../approvals/evolve.ts'
import { canonicalText } from '../ledger/entry.ts'
import type { Circumstances, Fact, FactDraft, Json, Mint, Sealed } from '../module.ts'
import { textOf } from '../names.ts'
import { type Case, evolveCase } from './cases/cases.ts'
import { type Container, evolveContainer } from './keeping/containers.ts'
import type { CorrectionScene, Told } from './correcting/correcting.ts'
import type { CorrectedField } from './correcting/corrections.ts'
import { type Disposal, evolveDisposal } from './disposal/disposal.ts'
import type { CaseNames } from './in-clear/in-clear.ts'
import { evolveItem } from './items/items.ts'
import type { Item } from './items/item.ts'
import { evolveLabel, type Label } from './papers/labels.ts'
import { evolveList, type HandoverList } from './intake/lists.ts'
import { evolveLoan, type Loan } from './loans/loan.ts'
import { evolveLocation, type Location } from './keeping/locations.ts'
import { noNotices } from './disposal/issued-notices.ts'
import { evolveNotice, type Notice } from './disposal/notices.ts'
import type { ItemNumbers } from './disposal/proceeds.ts'
import type { DisposalScene } from './disposal/proposing.ts'
import { isSealed } from './seals/seals.ts'
import { LOAN_ACTS, sidesOfLoan } from './signing/loan-sides.ts'
import { noSides, sidesOfAct, sidesOfList, type SidesOf } from './signing/sides.ts'
import { holdsPost } from './separation.ts'
import { holdsRolesApart, relativesOf, type TaxParts, taxPartsOf } from './tax-roles/roles.ts'
import { actorOf, UNIT_NUMBERS } from './testing-people.ts'
import type { WeighingFrame } from './weighing/weights.ts'
import { isSaleMoney } from './worth/surplus.ts'

/** How many items lie at each location, or in each box. */
function countedBy(items: ReadonlyMap<string, Item>, place: 'location' | 'container'): Map<string, number> {
  const lying = Map.groupBy(
    [...items.values()].filter((item) => typeof item[place] === 'string'),
    (item) => item[place] ?? '',
  )
  return new Map([...lying].map(([code, its]) => [code, its.length]))
}

/** The books of a house in memory: what its registers hold, and what that adds up to by the reducers of the real ones. */
export class Books {
  readonly items = new Map<string, Item>()
  readonly cases = new Map<string, Case>()
  readonly lists = new Map<string, HandoverList>()
  readonly locations = new Map<string, Location>()
  readonly containers = new Map<string, Container>()
  readonly loans = new Map<string, Loan>()
  readonly disposals = new Map<string, Disposal>()
  readonly labels = new Map<string, Label>()
  readonly notices = new Map<string, Notice>()
  readonly approvals = new Map<string, Approval>()
  /** Special accounts that the organ has named. */
  readonly accounts = new Set<string>()
  readonly facts: Fact[] = []
  /** What the trial of the account finds wrong. */
  wrong: readonly string[] = []
  /** What stands beside the registers, by the reference in its seal. */
  readonly contents = new Map<string, Json>()
  /** What the scale of the bench has said, by reading. */
  readonly frames = new Map<string, WeighingFrame>()
  #minted = 0
  #now = Date.parse('2026-03-02T01:00:00.000Z')
  readonly #counts = new Map<string, number>()

  get now(): string {
    return new Date(this.#now).toISOString()
  }

  /** Time passes. */
  wait(hours: number): void {
    this.pass(hours * 3_600_000)
  }

  protected pass(ms: number): void {
    this.#now += ms
  }

  item(code: string): Item {
    const item = this.items.get(code)
    if (item === undefined) throw new Error(`no ${code}`)
    return item
  }

  /** Boxes that are out on loan of which something was brought back by itself since. */
  unpacked(): ReadonlySet<string> {
    const isBack = (loan: string): boolean =>
      this.loans.get(loan)?.lines.some(({ returnedAt }) => returnedAt !== null) === true
    return new Set([...this.containers.values()].flatMap(({ code, lent }) => (isBack(lent?.loan ?? '') ? code : [])))
  }

  protected scene(signers: readonly string[]): DisposalScene {
    return {
      sight: 'all',
      items: this.items,
      cases: this.cases,
      locations: this.locations,
      containers: this.containers,
      packed: countedBy(this.items, 'container'),
      unpacked: this.unpacked(),
      lists: this.lists,
      occupied: countedBy(this.items, 'location'),
      stores: new Map([
        ['store-1', 'keeping'],
        ['store-2', 'keeping'],
      ]),
      signers: new Map(signers.map((person) => [person, actorOf(person)])),
      frames: this.frames,
      disposals: this.disposals,
      approving: new Set(['dept-1', 'dept-2', 'organ']),
      numbers: this.nextNumbers('一案'),
      names: this.names(),
      became: new Set([...this.items.values()].flatMap(({ disposed }) => disposed?.becomes ?? [])),
      holders: this.#holders(),
      holderNames: this.#holderNames(),
      accounts: this.accounts,
      sales: this.sales(),
      notices: noNotices,
      roles: this.roles(),
      seals: this.seals(),
      bags: this.#bags(),
      heads: new Map([['dept-1', ['zhao']]]),
      lineage: new Map([
        ['dept-1', ['dept-1', 'organ']],
        ['dept-2', ['dept-2', 'organ']],
      ]),
    }
  }

  #holders(): Map<string, string> {
    return new Map(
      [...this.items.values()].flatMap(({ code, holder: { person, reason } }): [string, string][] => {
        const said = textOf(this.contents.get((person ?? reason)?.ref ?? '') ?? null)
        return said === null ? [] : [[code, said]]
      }),
    )
  }

  #holderNames(): Map<string, string[]> {
    return new Map(
      [...this.items.values()].map(({ code, holder: { person, identity } }) => [
        code,
        [person, identity].flatMap((sealed) => textOf(this.contents.get(sealed?.ref ?? '') ?? null) ?? []),
      ]),
    )
  }

  /** The money of sales that each case was ever given. */
  protected sales(): Map<string, readonly Item[]> {
    const money = [...this.items.values()].filter(isSaleMoney)
    return new Map(
      [...this.cases.keys()].map((number) => [
        number,
        money.filter((item) => item.case === number || (item.passed ?? []).some(({ from }) => from === number)),
      ]),
    )
  }

  /** Who had which role in each tax case. */
  protected roles(): Map<string, TaxParts> {
    const standing = new Map(
      [...this.approvals].flatMap(([id, { decidedFor: of }]) => (of === undefined ? [] : [[id, of]])),
    )
    const apart = [...this.cases.values()].filter(({ track }) => holdsRolesApart(track))
    return new Map(
      apart.map((of) => {
        const family = new Set([of.number])
        for (const number of family) for (const one of relativesOf(this.cases.get(number) ?? of)) family.add(one)
        const its = [...this.items.values()].filter((item) => family.has(item.case))
        const taken = its.flatMap(({ measure }) => measure.officers.map((person) => ({ person, at: measure.takenAt })))
        const disposals = [...this.disposals.values()].filter((paper) => family.has(paper.case))
        const cases = [...family].flatMap((number) => this.cases.get(number) ?? [])
        return [of.number, taxPartsOf({ cases, joined: [], taken, disposals, standing, refusedFor: new Map() })]
      }),
    )
  }

  /** The next numbers of a case's department. */
  protected nextNumbers(number: string): ItemNumbers {
    const of = this.cases.get(number)
    const own = [...this.items.values()].filter((item) => item.unit === of?.unit)
    return {
      unitNumber: UNIT_NUMBERS[of?.unit ?? ''] ?? '',
      nextSerial: own.length + 1,
      nextOrdinal: Math.max(0, ...own.flatMap((item) => ordinalsIn(item, number))) + 1,
    }
  }

  protected seals(): Set<string> {
    const worn = [...this.items.values(), ...this.containers.values()].flatMap(({ seal, retiredSeals = [] }) =>
      [seal ?? [], retiredSeals].flat(),
    )
    return new Set(worn.map(({ number }) => number))
  }

  /** Receipts of what lies in this account. */
  protected vouchers(account: string): Set<string> {
    const paid = [...this.items.values()].flatMap(({ deposit, proceeds }) => deposit ?? proceeds ?? [])
    return new Set(paid.filter((one) => one.account === account).map(({ voucher }) => voucher))
  }

  protected names(): Map<string, CaseNames> {
    return new Map([...this.cases].map(([number, of]) => [number, this.namesOf(of)]))
  }

  protected namesOf({ number, title, officers }: Case): CaseNames {
    const its = [...this.items.values()].filter((item) => item.case === number)
    const texts = (sealed: readonly (Sealed | null)[]): string[] =>
      sealed.flatMap((one) => textOf(this.contents.get(one?.ref ?? '') ?? null) ?? [])
    return {
      titles: texts([title]),
      officers: new Map(officers.map((person) => [person, person])),
      holders: texts(its.map(({ holder }) => holder.person)),
      witnesses: texts(its.map(({ witness }) => witness.person)),
      ...{ keepers: [], owners: [] },
      receivers: texts(
        [...this.disposals.values()].flatMap((paper) =>
          paper.case === number ? paper.acts.map(({ receiver }) => receiver?.name ?? null) : [],
        ),
      ),
    }
  }

  protected told(): Pick<CorrectionScene, 'told' | 'registrars'> {
    const saying = new Set<string>(['custody.registered', 'custody.formed', 'custody.sealed', 'custody.corrected'])
    const facts = this.facts.filter(({ type }) => saying.has(type))
    const told = Map.groupBy(facts, ({ body }) => body.subject.slice('item/'.length))
    return {
      told: new Map(
        [...told].map(([code, its]) => [
          code,
          its.map(({ register, seq, hash, type, actor, body }) => ({
            ...{ register, seq, hash, type: type as Told['type'], actor },
            field: (body['field'] as CorrectedField | undefined) ?? null,
          })),
        ]),
      ),
      registrars: new Map(facts.map(({ actor }) => [actor, actorOf(actor)])),
    }
  }

  /** Who has a place on the paper that a command signs. */
  protected sides({ paper = '', act = 0 }: { readonly paper?: string; readonly act?: number }): SidesOf {
    const [list, disposal] = [this.lists.get(paper), this.disposals.get(paper)]
    if (disposal !== undefined) return sidesOfAct(disposal, act)
    const loan = this.loans.get(paper)
    if (loan !== undefined) {
      const type = act === LOAN_ACTS.out ? 'custody.lent' : 'custody.returned'
      const moves = this.facts
        .filter((fact) => fact.type === type && fact.body['loan'] === paper)
        .map(({ actor, at, with: others, body }) => ({
          ...{ item: body.subject.slice('item/'.length), at, by: actor, with: others },
        }))
      return sidesOfLoan(loan, act, moves, (person) => holdsPost(actorOf(person), 'custodian', loan.store))
    }
    if (list === undefined) return noSides
    const received = this.facts
      .filter(({ type, body }) => type === 'custody.checked-in' && body['list'] === list.code)
      .map(
        ({ actor, with: givers, body }) => [body.subject.slice('item/'.length), { receiver: actor, givers }] as const,
      )
    return sidesOfList(list, new Map(received))
  }

  #bags(): Map<string, string[]> {
    const closed = [...this.items.values()].filter(isSealed)
    const bags = Map.groupBy(closed, ({ seal }) => seal?.number ?? '')
    return new Map([...bags].map(([number, its]) => [number, its.map(({ code }) => code)]))
  }

  protected issues(): Map<string, Label[]> {
    return Map.groupBy(
      [...this.labels.values()].sort((a, b) => a.issue - b.issue),
      ({ code }) => code,
    )
  }

  protected mint(): Mint {
    const next = (): string => (this.#minted += 1).toString(16)
    return {
      id: () => `00000000-0000-7000-8000-${next().padStart(12, '0')}`,
      seed: () => next().padStart(64, '0'),
      epc: () => `D4${next().toUpperCase().padStart(22, '0')}`,
      seal: (content) => {
        const ref = next()
        this.contents.set(ref, content)
        return { ref, commitment: Buffer.from(canonicalText(content)).toString('hex').padEnd(64, '0') }
      },
    }
  }

  protected apply(drafts: readonly FactDraft[], { actor, at, with: others }: Circumstances): void {
    for (const { register: book, type, subject, body } of drafts) {
      const n = (this.#counts.get(subject) ?? 0) + 1
      this.#counts.set(subject, n)
      const seq = this.facts.filter((fact) => fact.register === book).length + 1
      const fact: Fact = {
        ...{
          register: book,
          seq,
          at,
          recordedAt: at,
          actor: actor.person,
          with: others,
          station: null,
          cause: 'test',
          type,
        },
        body: { ...body, subject, n },
        hash: '',
      }
      this.facts.push(fact)
      this.#fold(subject, fact)
    }
  }

  #fold(subject: string, fact: Fact): void {
    const [kind, id] = [subject.slice(0, subject.indexOf('/')), subject.slice(subject.indexOf('/') + 1)]
    const into = <S>(map: Map<string, S>, evolve: (state: S | null, fact: Fact) => S | null): void => {
      const state = evolve(map.get(id) ?? null, fact)
      if (state === null) throw new Error(`${subject} does not begin with ${fact.type}`)
      map.set(id, state)
    }
    const folds: Record<string, () => void> = {
      item: () => into(this.items, evolveItem),
      case: () => into(this.cases, evolveCase),
      list: () => into(this.lists, evolveList),
      location: () => into(this.locations, evolveLocation),
      container: () => into(this.containers, evolveContainer),
      loan: () => into(this.loans, evolveLoan),
      disposal: () => into(this.disposals, evolveDisposal),
      label: () => into(this.labels, evolveLabel),
      notice: () => into(this.notices, evolveNotice),
      approval: () => into(this.approvals, evolveApproval),
    }
    const fold = folds[kind]
    if (fold === undefined) throw new Error(`nobody folds ${subject}`)
    fold()
  }
}

/** The numbers that an item has or had in a case. */
function ordinalsIn(item: Item, number: string): number[] {
  const before = (item.passed ?? []).filter(({ from }) => from === number).map(({ was }) => was)
  return item.case === number ? [...before, item.ordinal] : before
}
