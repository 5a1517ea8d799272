import type { Circumstances, Decision } from '../module.ts'
import { checkAccount } from './account/account-check.ts'
import { returnFromAppraisal, sendToAppraisal } from './disposal/appraisals.ts'
import { dispose, notCollect, release, writeOff } from './disposal/carrying-out.ts'
import { stateFiling } from './filing/filing.ts'
import { checkMeasure } from './checklist/checklist.ts'
import { type Case, openCase } from './cases/cases.ts'
import { countCash } from './cash/cash.ts'
import { closeCase } from './disposal/closing.ts'
import { depositMoney } from './deposit/deposit.ts'
import { acceptComplaint, decideComplaint, serveComplaintDecision } from './disposal/complaints.ts'
import { addContainer, moveContainer, openContainer, sealContainer } from './keeping/containers.ts'
import { returnContainer } from './loans/box-returns.ts'
import { correctItems } from './correcting/correcting.ts'
import { deliver } from './disposal/delivering.ts'
import { noteDifference, settleDifference } from './incidents/differences.ts'
import { checkIn, handOver, refuseItems } from './intake/handover.ts'
import { noNames } from './in-clear/in-clear.ts'
import { openIncident, resolveIncident } from './incidents/incidents.ts'
import { reprintLabels, scanBackLabels, settleLabels, wantLabels } from './papers/labels.ts'
import { codesOf } from './items/lines.ts'
import { divideMoney } from './lineage/dividing.ts'
import { mergeItems } from './lineage/merging.ts'
import { borrow, giveBack } from './loans/loans.ts'
import { addLocation, moveItems } from './keeping/locations.ts'
import { type DisposalScene, proposeDisposal } from './disposal/proposing.ts'
import { addPhoto, register } from './intake/registering.ts'
import type { RegroupScene } from './lineage/regrouping.ts'
import { numbersGiven, renumberCase } from './renumbering/renumbering.ts'
import { joinOfficers } from './officers/officers.ts'
import { recuse } from './recusal/recusal.ts'
import { stateRelevance } from './relevance/relevance.ts'
import { sealItems, unsealItems } from './seals/sealing.ts'
import { sign } from './signing/signing.ts'
import { splitItem } from './lineage/splitting.ts'
import { settleTag, wantTag } from './papers/tags.ts'
import { Approving } from './testing-approvals.ts'
import { dispatchItems, takeInArrivals } from './transit/transit.ts'
import type { CustodyCommand } from './testing-commands.ts'
import { payCompensation, recoverCompensation } from './recourse/recourse.ts'
import { answerRetention, askRetention } from './retention/retention.ts'
import { noteVideo } from './videos/videos.ts'
import { openAccountNumber } from './account-number/account-number.ts'
import { withSeals } from './testing-seals.ts'
import { openIdentity } from './identity/identity.ts'
import { stateTarget } from './worth/worth.ts'
import { actorOf, officersOf, people, UNIT_NUMBERS } from './testing-people.ts'

export interface ActOptions {
  readonly at?: string
  readonly with?: readonly string[]
  readonly station?: string
  /** Unless it says otherwise, whoever hands out what is sealed says that its seal is intact. */
  readonly seals?: 'unsaid'
}

/** Custody in memory, driven by the same decisions and reducers as the real one: given facts, when command, then facts or refusal. */
export class Office extends Approving {
  /** Runs one command and applies what it decides. A second passes before each. */
  act(person: string, command: CustodyCommand, options: ActOptions = {}): Decision {
    this.pass(1_000)
    const whole = options.seals === 'unsaid' ? command : withSeals(command, this.items)
    const circumstances: Circumstances = {
      actor: actorOf(person),
      with: options.with ?? this.#signersOf(command),
      station: options.station === undefined ? null : { id: 'bench', place: options.station },
      at: options.at ?? this.now,
      mint: this.mint(),
    }
    const decision = this.#decide(whole, circumstances)
    this.apply(decision.facts, circumstances)
    return decision
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
    const scene = this.scene(circumstances.with)
    switch (command.type) {
      case 'custody.open-case':
        return openCase(
          {
            taken: [...this.cases.values()].some((of) => numbersOf(of).includes(command.number)),
            unitKnown: command.unit in UNIT_NUMBERS,
            officers: new Set(officersOf(command.unit)),
          },
          command,
          circumstances,
        )
      case 'custody.register':
        return register(
          { ...{ cases: this.cases, sight: 'all', seals: this.seals() }, ...this.numbersOf(command.case) },
          command,
          circumstances,
        )
      case 'custody.dispatch':
        return dispatchItems(scene, command, circumstances)
      case 'custody.arrive':
        return takeInArrivals(scene, command, circumstances)
      case 'custody.deposit':
        return depositMoney({ ...scene, vouchers: this.vouchers(command.account) }, command, circumstances)
      case 'custody.sign':
        return sign({ ...scene, sides: this.sides(command), owners: new Map() }, command, circumstances)
      case 'custody.note-video':
        return noteVideo({ ...scene, names: this.names() }, command, circumstances)
      case 'custody.recuse':
        return recuse(
          { ...scene, known: new Set(Object.keys(people)), officers: new Set(officersOf('dept-1')) },
          command,
          circumstances,
        )
      case 'custody.join-officers':
        return joinOfficers({ ...scene, officers: new Set(officersOf('dept-1')) }, command, circumstances)
      case 'custody.open-identity':
        return openIdentity(scene, command, circumstances)
      case 'custody.open-account-number':
        return openAccountNumber(scene, command, circumstances)
      case 'custody.state-target':
        return stateTarget({ ...scene, names: noNames }, command, circumstances)
      case 'custody.state-filing':
        return stateFiling({ cases: this.cases, sight: 'all', names: noNames }, command, circumstances)
      case 'custody.check-measure': {
        const its = [...this.items.values()].filter((item) => item.case === command.case)
        const notices = new Set(its.map(({ measure }) => measure.noticeNumber))
        return checkMeasure({ ...scene, notices }, command, circumstances)
      }
      case 'custody.renumber-case': {
        const holder = [...this.cases.values()].find((of) => numbersOf(of).includes(command.number))
        const told = this.facts.findLast(
          ({ type, body }) => body.subject === `case/${command.case}` && NUMBERING.has(type),
        )
        return renumberCase(
          {
            ...{ ...scene, holder: holder?.number ?? null, names: this.numbersOf(command.case).names },
            told: { register: told?.register ?? '', seq: told?.seq ?? 0, hash: told?.hash ?? '' },
          },
          command,
          circumstances,
        )
      }
      case 'custody.state-relevance':
        return stateRelevance(scene, command, circumstances)
      case 'custody.divide-money':
        return divideMoney({ ...this.#regrouping(scene, command), sales: scene.sales }, command, circumstances)
      case 'custody.split':
        return splitItem(this.#regrouping(scene, command), command, circumstances)
      case 'custody.merge':
        return mergeItems(this.#regrouping(scene, command), command, circumstances)
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
      case 'custody.return-container':
        return returnContainer(scene, command, circumstances)
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
      case 'custody.add-location': {
        const before = [...this.locations.values()].filter(({ store }) => store === command.store).length
        return addLocation(
          {
            storeKnown: scene.stores.has(command.store),
            storeNumber: UNIT_NUMBERS[command.store] ?? '',
            nextSerial: before + 1,
            opens: before === 0 ? (scene.stores.get(command.store) ?? null) : null,
          },
          command,
          circumstances,
        )
      }
      case 'custody.want-label':
        return wantLabels({ ...scene, labels: this.issues() }, command, circumstances)
      case 'custody.reprint':
        return reprintLabels({ ...scene, labels: this.issues() }, command, circumstances)
      case 'custody.label-printed':
      case 'custody.label-failed':
      case 'custody.label-unknown':
        return settleLabels({ ...scene, labels: this.issues() }, command, circumstances)
      case 'custody.label-scanned-back': {
        const known = new Set(command.labels.map(({ code }) => code))
        return scanBackLabels({ labels: this.issues(), known }, command, circumstances)
      }
      case 'custody.want-tag':
        return wantTag(scene, command, circumstances)
      case 'custody.unseal':
        return unsealItems(scene, command, circumstances)
      case 'custody.seal':
        return sealItems(scene, command, circumstances)
      case 'custody.correct':
        return correctItems({ ...scene, ...this.told(), names: this.names() }, command, circumstances)
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
      case 'custody.not-collect':
        return notCollect(scene, command, circumstances)
      case 'custody.dispose':
        return dispose(scene, command, circumstances)
      case 'custody.deliver':
        return deliver(scene, command, circumstances)
      case 'custody.write-off':
        return writeOff(scene, command, circumstances)
      case 'custody.ask-retention':
        return askRetention(scene, command, circumstances)
      case 'custody.pay-compensation':
        return payCompensation({ ...scene, names: this.names() }, command, circumstances)
      case 'custody.recover-compensation':
        return recoverCompensation({ ...scene, names: this.names() }, command, circumstances)
      case 'custody.answer-retention':
        return answerRetention(scene, command, circumstances)
      case 'custody.complain':
        return acceptComplaint(scene, command, circumstances)
      case 'custody.decide-complaint':
        return decideComplaint(scene, command, circumstances)
      case 'custody.serve-complaint-decision':
        return serveComplaintDecision(scene, command, circumstances)
      case 'custody.close-case': {
        const items = [...this.items.values()].filter((item) => item.case === command.case)
        return closeCase({ ...scene, items, wrong: this.wrong, inbounds: [] }, command, circumstances)
      }
      case 'custody.check-account':
        return checkAccount({ of: this.cases.get(command.case), wrong: command.wrong }, command)
      case 'approvals.ask':
      case 'approvals.grant':
      case 'approvals.refuse':
      case 'approvals.withdraw':
        return this.decideApproval(scene, command, circumstances)
    }
  }

  #regrouping(scene: DisposalScene, { items }: { items: Parameters<typeof codesOf>[0] }): RegroupScene {
    const [first = ''] = codesOf(items)
    return { ...scene, ...this.numbersOf(this.items.get(first)?.case ?? ''), labels: this.issues() }
  }
}

const NUMBERING: ReadonlySet<string> = new Set(['custody.case-opened', 'custody.case-renumbered'])

/** Every number that a case has or had. */
function numbersOf(of: Case): string[] {
  return [of.number, ...numbersGiven(of).map(({ number }) => number)]
}
