import { canonicalText } from '../ledger/entry.ts'
import type { Circumstances, Decision, Fact, FactDraft, Json, Mint, Sealed } from '../module.ts'
import { textOf } from '../names.ts'
import {
  type Approval,
  ask,
  conclude,
  type DeedData,
  type Dropping,
  evolveApproval,
  withdraw,
} from '../approvals/approvals.ts'
import { returnFromAppraisal, sendToAppraisal } from './appraisals.ts'
import { countCash } from './cash.ts'
import { type Case, evolveCase, openCase } from './cases.ts'
import { correctItems, type CorrectionScene, type Told } from './correcting.ts'
import type { CorrectedField } from './corrections.ts'
import {
  addContainer,
  type Container,
  evolveContainer,
  moveContainer,
  openContainer,
  sealContainer,
} from './containers.ts'
import { noteDifference, settleDifference } from './differences.ts'
import { checkIn, handOver, refuseItems } from './handover.ts'
import { openIncident, resolveIncident } from './incidents.ts'
import { type CaseNames, noNames } from './in-clear.ts'
import { evolveItem, type Item } from './items.ts'
import { evolveLabel, type Label, reprintLabels, scanBackLabel, settleLabel, wantLabels } from './labels.ts'
import { dispose, release, writeOff } from './carrying-out.ts'
import { askKeepingOpen, askReopening, closeCase, keepOpen, reopen } from './closing.ts'
import { deliver } from './delivering.ts'
import { acceptComplaint, decideComplaint } from './complaints.ts'
import { checkAccount } from './account-check.ts'
import { type Disposal, evolveDisposal } from './disposal.ts'
import {
  type AgreeDeed,
  agreeToDisposal,
  askAgreement,
  type DisposalScene,
  dropDisposal,
  proposeDisposal,
} from './proposing.ts'
import type * as disposing from './schemas-disposal.ts'
import { codesOf } from './lines.ts'
import { evolveList, type HandoverList } from './lists.ts'
import { evolveLoan, type Loan } from './loan.ts'
import { askLoan, borrow, giveBack, grantLoan } from './loans.ts'
import { addLocation, evolveLocation, type Location, moveItems } from './locations.ts'
import { evolveNotice, type Notice } from './notices.ts'
import { addPhoto, register } from './registering.ts'
import type * as commands from './schemas.ts'
import type * as keeping from './schemas-keeping.ts'
import { sealItems, unsealItems } from './sealing.ts'
import { isSealed } from './seals.ts'

import { actorOf, officersOf, UNIT_NUMBERS } from './testing-people.ts'
import { settleTag, wantTag } from './tags.ts'
import type { WeighingFrame } from './weights.ts'

export type CustodyCommand =
  | commands.OpenCase
  | commands.Register
  | commands.AddPhoto
  | commands.CountCash
  | commands.HandOver
  | commands.CheckIn
  | commands.RefuseItem
  | commands.MoveItems
  | commands.Borrow
  | commands.GiveBack
  | commands.NoteDifference
  | commands.SettleDifference
  | commands.OpenIncident
  | commands.ResolveIncident
  | commands.AddLocation
  | commands.WantLabel
  | commands.ReprintLabel
  | commands.LabelOutcome
  | commands.LabelScannedBack
  | commands.WantTag
  | commands.TagOutcome
  | keeping.Appraise
  | keeping.Appraised
  | keeping.Unseal
  | keeping.SealItems
  | keeping.Correct
  | keeping.AddContainer
  | keeping.MoveContainer
  | keeping.SealContainer
  | keeping.OpenContainer
  | disposing.ProposeDisposal
  | disposing.Release
  | disposing.Dispose
  | disposing.Deliver
  | disposing.WriteOff
  | disposing.Complain
  | disposing.DecideComplaint
  | disposing.CloseCase
  | (disposing.CheckAccount & { readonly wrong: readonly string[] })
  | { readonly type: 'approvals.ask'; readonly deed: AskedDeed; readonly reason: string }
  | { readonly type: 'approvals.withdraw'; readonly approval: string }
  | { readonly type: 'approvals.grant' | 'approvals.refuse'; readonly approval: string; readonly opinion?: string }

type AskedDeed = commands.BorrowDeed | AgreeDeed | disposing.KeepOpenDeed | disposing.ReopenDeed

export interface ActOptions {
  readonly at?: string
  readonly with?: readonly string[]
  readonly station?: string
}

/** How many items lie at each location, or in each box. */
function countedBy(items: ReadonlyMap<string, Item>, place: 'location' | 'container'): Map<string, number> {
  const lying = Map.groupBy(
    [...items.values()].filter((item) => typeof item[place] === 'string'),
    (item) => item[place] ?? '',
  )
  return new Map([...lying].map(([code, its]) => [code, its.length]))
}

/** Custody in memory, driven by the same decisions and reducers as the real one: given facts, when command, then facts or refusal. */
export class Office {
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
    this.#now += hours * 3_600_000
  }

  /** Runs one command and applies what it decides. A second passes before each. */
  act(person: string, command: CustodyCommand, options: ActOptions = {}): Decision {
    this.#now += 1_000
    const circumstances: Circumstances = {
      actor: actorOf(person),
      with: options.with ?? this.#signersOf(command),
      station: options.station === undefined ? null : { id: 'bench', place: options.station },
      at: options.at ?? this.now,
      mint: this.#mint(),
    }
    const decision = this.#decide(command, circumstances)
    this.#apply(decision.facts, circumstances)
    return decision
  }

  item(code: string): Item {
    const item = this.items.get(code)
    if (item === undefined) throw new Error(`no ${code}`)
    return item
  }

  /** Unless a test says who signs, whoever hands over, fetches or brings an item does. */
  #signersOf(command: CustodyCommand): string[] {
    if (command.type === 'custody.check-in')
      return [...new Set(codesOf(command.items).flatMap((code) => this.items.get(code)?.submittedBy ?? []))]
    if (command.type !== 'custody.borrow' && command.type !== 'custody.give-back') return []
    const items = command.items.map((line) => this.items.get(typeof line === 'string' ? line : line.item))
    const named = command.type === 'custody.borrow' ? command.borrower : undefined
    return [...new Set(items.flatMap((item) => named ?? item?.loan?.borrower ?? item?.reservation?.requester ?? []))]
  }

  #decide(command: CustodyCommand, circumstances: Circumstances): Decision {
    const scene = this.#scene(circumstances.with)
    switch (command.type) {
      case 'custody.open-case':
        return openCase(
          {
            taken: this.cases.has(command.number),
            unitKnown: command.unit in UNIT_NUMBERS,
            officers: new Set(officersOf(command.unit)),
          },
          command,
          circumstances,
        )
      case 'custody.register': {
        const of = this.cases.get(command.case)
        const own = [...this.items.values()].filter((item) => item.unit === of?.unit)
        return register(
          {
            ...{ cases: this.cases, sight: 'all', seals: this.#seals() },
            unitNumber: UNIT_NUMBERS[of?.unit ?? ''] ?? '',
            nextSerial: own.length + 1,
            nextOrdinal: own.filter((item) => item.case === command.case).length + 1,
            names: of === undefined ? noNames : this.#namesOf(of),
          },
          command,
          circumstances,
        )
      }
      case 'custody.add-photo':
        return addPhoto(scene, command, circumstances)
      case 'custody.count-cash':
        return countCash({ ...scene, contents: this.contents }, command, circumstances)
      case 'custody.hand-over':
        return handOver(
          { ...scene, numbering: { unitNumber: '01', nextSerial: this.lists.size + 1 } },
          command,
          circumstances,
        )
      case 'custody.check-in':
        return checkIn(scene, command, circumstances)
      case 'custody.refuse-item':
        return refuseItems(scene, command, circumstances)
      case 'custody.move':
        return moveItems(scene, command, circumstances)
      case 'custody.add-container':
        return addContainer(
          {
            ...{ locations: this.locations, storeKnown: scene.stores.has(command.store) },
            storeNumber: UNIT_NUMBERS[command.store] ?? '',
            nextSerial: [...this.containers.values()].filter(({ store }) => store === command.store).length + 1,
          },
          command,
          circumstances,
        )
      case 'custody.move-container':
        return moveContainer(scene, command, circumstances)
      case 'custody.seal-container':
        return sealContainer(scene, command, circumstances)
      case 'custody.open-container':
        return openContainer(scene, command, circumstances)
      case 'custody.borrow':
        return borrow(scene, command, circumstances)
      case 'custody.note-difference':
        return noteDifference(scene, command, circumstances)
      case 'custody.appraise':
        return sendToAppraisal(scene, command, circumstances)
      case 'custody.appraised':
        return returnFromAppraisal(scene, command, circumstances)
      case 'custody.settle-difference':
        return settleDifference(scene, command, circumstances)
      case 'custody.give-back':
        return giveBack(scene, command, circumstances)
      case 'custody.incident':
        return openIncident(scene, command, circumstances)
      case 'custody.resolve':
        return resolveIncident(scene, command, circumstances)
      case 'custody.add-location':
        return addLocation(
          {
            storeKnown: scene.stores.has(command.store),
            storeNumber: UNIT_NUMBERS[command.store] ?? '',
            nextSerial: [...this.locations.values()].filter(({ store }) => store === command.store).length + 1,
          },
          command,
          circumstances,
        )
      case 'custody.want-label':
        return wantLabels({ ...scene, labels: this.#issues() }, command, circumstances)
      case 'custody.reprint':
        return reprintLabels({ ...scene, labels: this.#issues() }, command, circumstances)
      case 'custody.label-printed':
      case 'custody.label-failed':
      case 'custody.label-unknown':
        return settleLabel({ ...scene, ...this.#outcomeOf(this.labels.get(command.label)) }, command, circumstances)
      case 'custody.label-scanned-back': {
        const label = [...this.labels.values()].find(
          ({ code, issue }) => code === command.code && issue === command.issue,
        )
        return scanBackLabel({ ...this.#outcomeOf(label), known: true }, command, circumstances)
      }
      case 'custody.want-tag':
        return wantTag(scene, command, circumstances)
      case 'custody.unseal':
        return unsealItems(scene, command, circumstances)
      case 'custody.seal':
        return sealItems(scene, command, circumstances)
      case 'custody.correct':
        return correctItems({ ...scene, ...this.#told(), names: this.#names() }, command, circumstances)
      case 'custody.tag-bound':
      case 'custody.tag-not-written':
        return settleTag(scene, command, circumstances)
      case 'custody.propose-disposal':
        return proposeDisposal(
          { ...scene, numbering: { unitNumber: '01', nextSerial: this.lists.size + this.disposals.size + 1 } },
          command,
          circumstances,
        )
      case 'custody.release':
        return release(scene, command, circumstances)
      case 'custody.dispose':
        return dispose(scene, command, circumstances)
      case 'custody.deliver':
        return deliver(scene, command, circumstances)
      case 'custody.write-off':
        return writeOff(scene, command, circumstances)
      case 'custody.complain':
        return acceptComplaint(scene, command, circumstances)
      case 'custody.decide-complaint':
        return decideComplaint(scene, command, circumstances)
      case 'custody.close-case': {
        const items = [...this.items.values()].filter((item) => item.case === command.case)
        return closeCase({ ...scene, items, wrong: this.wrong }, command, circumstances)
      }
      case 'custody.check-account':
        return checkAccount({ of: this.cases.get(command.case), wrong: command.wrong }, command)
      case 'approvals.ask': {
        const { unit } = this.#asked(scene, command.deed, circumstances)
        const { reason, deed } = command
        return ask({ unit, register: 'unit.dept-1' }, { deed: deed as DeedData, reason }, circumstances)
      }
      case 'approvals.grant':
      case 'approvals.refuse': {
        const found = this.approvals.get(command.approval)
        const lineage = found === undefined ? [] : [...new Set([found.unit, 'organ'])]
        const verdict = command.type === 'approvals.grant' ? 'granted' : 'refused'
        const { approval, fact } = conclude({ approval: found, lineage }, command, verdict, circumstances)
        const of = { approval: approval.id, requester: approval.requester }
        const deed = approval.deed as unknown as AskedDeed
        const brought =
          verdict === 'granted'
            ? this.#granted(scene, deed, of, circumstances)
            : this.#dropped(scene, deed, { ...of, verdict }, circumstances)
        return { facts: [fact, ...brought] }
      }
      case 'approvals.withdraw': {
        const found = this.approvals.get(command.approval)
        const deed = found?.deed as unknown as AskedDeed | undefined
        const asker = deed !== undefined && 'disposal' in deed ? this.disposals.get(deed.disposal)?.proposer : undefined
        const { approval, fact } = withdraw(found, command, asker ?? null, circumstances)
        const of = { approval: approval.id, verdict: 'withdrawn' } as const
        return { facts: [fact, ...(deed === undefined ? [] : this.#dropped(scene, deed, of, circumstances))] }
      }
    }
  }

  #asked(scene: DisposalScene, deed: AskedDeed, circumstances: Circumstances): { readonly unit: string } {
    switch (deed.command) {
      case 'borrow':
        return askLoan(scene, deed, circumstances)
      case 'review-disposal':
      case 'approve-disposal':
        return askAgreement(scene, deed, circumstances)
      case 'keep-open':
        return askKeepingOpen(scene, deed, circumstances)
      case 'reopen-case':
        return askReopening(scene, deed, circumstances)
    }
  }

  #granted(
    scene: DisposalScene,
    deed: AskedDeed,
    of: { readonly approval: string; readonly requester: string },
    circumstances: Circumstances,
  ): readonly FactDraft[] {
    switch (deed.command) {
      case 'borrow':
        return grantLoan(scene, deed, of, circumstances)
      case 'review-disposal':
      case 'approve-disposal':
        return agreeToDisposal(scene, deed, of, circumstances)
      case 'keep-open':
        return keepOpen(scene, deed, of, circumstances)
      case 'reopen-case':
        return reopen(scene, deed, of, circumstances)
    }
  }

  #dropped(
    scene: DisposalScene,
    deed: AskedDeed,
    of: { readonly approval: string; readonly verdict: Dropping },
    circumstances: Circumstances,
  ): readonly FactDraft[] {
    return 'disposal' in deed ? dropDisposal(scene, deed, of, circumstances) : []
  }

  #scene(signers: readonly string[]): DisposalScene {
    return {
      sight: 'all',
      items: this.items,
      cases: this.cases,
      locations: this.locations,
      containers: this.containers,
      packed: countedBy(this.items, 'container'),
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
      seals: this.#seals(),
      bags: this.#bags(),
      heads: new Map([['dept-1', ['zhao']]]),
      lineage: new Map([
        ['dept-1', ['dept-1', 'organ']],
        ['dept-2', ['dept-2', 'organ']],
      ]),
    }
  }

  #outcomeOf(label: Label | undefined): { label: Label | undefined; earlier: Label[] } {
    const issues = this.#issues().get(label?.code ?? '') ?? []
    return { label, earlier: issues.filter(({ issue }) => issue < (label?.issue ?? 0)) }
  }

  #seals(): Set<string> {
    const worn = [...this.items.values(), ...this.containers.values()].flatMap(({ seal, retiredSeals = [] }) =>
      [seal ?? [], retiredSeals].flat(),
    )
    return new Set(worn.map(({ number }) => number))
  }

  #names(): Map<string, CaseNames> {
    return new Map([...this.cases].map(([number, of]) => [number, this.#namesOf(of)]))
  }

  #namesOf({ number, title, officers }: Case): CaseNames {
    const its = [...this.items.values()].filter((item) => item.case === number)
    const texts = (sealed: readonly (Sealed | null)[]): string[] =>
      sealed.flatMap((one) => textOf(this.contents.get(one?.ref ?? '') ?? null) ?? [])
    return {
      titles: texts([title]),
      officers: new Map(officers.map((person) => [person, person])),
      holders: texts(its.map(({ holder }) => holder.person)),
      witnesses: texts(its.map(({ witness }) => witness.person)),
      keepers: [],
    }
  }

  #told(): Pick<CorrectionScene, 'told' | 'registrars'> {
    const saying = new Set<string>(['custody.registered', 'custody.sealed', 'custody.corrected'])
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

  #bags(): Map<string, string[]> {
    const closed = [...this.items.values()].filter(isSealed)
    const bags = Map.groupBy(closed, ({ seal }) => seal?.number ?? '')
    return new Map([...bags].map(([number, its]) => [number, its.map(({ code }) => code)]))
  }

  #issues(): Map<string, Label[]> {
    return Map.groupBy(
      [...this.labels.values()].sort((a, b) => a.issue - b.issue),
      ({ code }) => code,
    )
  }

  #mint(): Mint {
    const next = (): string => (this.#minted += 1).toString(16)
    return {
      id: () => `00000000-0000-7000-8000-${next().padStart(12, '0')}`,
      epc: () => `D4${next().toUpperCase().padStart(22, '0')}`,
      seal: (content) => {
        const ref = next()
        this.contents.set(ref, content)
        return { ref, commitment: Buffer.from(canonicalText(content)).toString('hex').padEnd(64, '0') }
      },
    }
  }

  #apply(drafts: readonly FactDraft[], { actor, at, with: others }: Circumstances): void {
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
