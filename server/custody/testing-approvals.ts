import { type ApprovalLevel, ask, conclude, type DeedData, type Dropping, withdraw } from '../approvals/approvals.ts'
import type { Circumstances, Decision, FactDraft } from '../module.ts'
import { askPassing, type PassingScene, passItems } from './case-lineage/passing.ts'
import type { MergeCasesDeed, SplitCaseDeed } from './case-lineage/schemas.ts'
import { askKeepingOpen, askReopening, keepOpen, reopen } from './disposal/closing.ts'
import { noNames } from './in-clear/in-clear.ts'
import { askLoan, grantLoan } from './loans/granting.ts'
import { agreeToDisposal, askAgreement, type DisposalScene, dropDisposal } from './disposal/proposing.ts'
import { askMeasure, grantMeasure, measureLevels } from './measures/approving.ts'
import { askConfirming, askConverting, confirmLevels, confirmMeasure, convertSurrender } from './measures/deciding.ts'
import type { RegroupScene } from './lineage/regrouping.ts'
import type { AskedDeed, CustodyCommand } from './testing-commands.ts'
import { allowUnfilmed, askUnfilmed, unfilmedLevels } from './videos/unfilmed.ts'
import { Books } from './testing-books.ts'

type ApprovalCommand = Extract<CustodyCommand, { readonly type: `approvals.${string}` }>

/** What is asked of an approver in memory: granting runs the deed, refusing and withdrawing drop it. */
export class Approving extends Books {
  /** The next numbers of a case's department, and whom the case names. */
  protected numbersOf(number: string): Pick<RegroupScene, 'unitNumber' | 'nextSerial' | 'nextOrdinal' | 'names'> {
    const of = this.cases.get(number)
    return { ...this.nextNumbers(number), names: of === undefined ? noNames : this.namesOf(of) }
  }

  protected decideApproval(scene: DisposalScene, command: ApprovalCommand, circumstances: Circumstances): Decision {
    switch (command.type) {
      case 'approvals.ask': {
        const { unit } = this.#asked(scene, command.deed, circumstances)
        const { reason, deed } = command
        const levels = levelsOf(scene, deed)
        return ask({ unit, register: 'unit.dept-1' }, { deed: deed as DeedData, reason }, circumstances, levels)
      }
      case 'approvals.grant':
      case 'approvals.refuse': {
        const found = this.approvals.get(command.approval)
        const lineage = found === undefined ? [] : [...new Set([found.unit, 'organ'])]
        const verdict = command.type === 'approvals.grant' ? 'granted' : 'refused'
        const { approval, fact, isLast } = conclude(
          { approval: found, lineage, cityOrgans: ['organ'], absent: [] },
          command,
          verdict,
          circumstances,
        )
        const of = { approval: approval.id, requester: approval.requester }
        const deed = approval.deed as unknown as AskedDeed
        const brought =
          verdict === 'granted'
            ? this.#granted(scene, deed, of, circumstances)
            : this.#dropped(scene, deed, { ...of, verdict }, circumstances)
        return { facts: [fact, ...(isLast ? brought : [])] }
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

  #passing(scene: DisposalScene, { case: number, into }: MergeCasesDeed | SplitCaseDeed): PassingScene {
    const { nextOrdinal } = this.nextNumbers(into)
    const items = [...this.items.values()].filter((item) => item.case === number)
    return { ...scene, items, nextOrdinal, names: this.numbersOf(number).names, inbounds: [] }
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
      case 'take-measure':
        return askMeasure(scene, deed, circumstances)
      case 'confirm-measure':
        return askConfirming(scene, deed, circumstances)
      case 'convert-surrender':
        return askConverting(scene, deed, circumstances)
      case 'allow-unfilmed':
        return askUnfilmed(scene, deed, circumstances)
      case 'merge-cases':
      case 'split-case':
        return askPassing(this.#passing(scene, deed), deed, circumstances)
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
      case 'take-measure':
        return grantMeasure(scene, deed, of, circumstances)
      case 'confirm-measure':
        return confirmMeasure(scene, deed, of, circumstances)
      case 'convert-surrender':
        return convertSurrender(scene, deed, of, circumstances)
      case 'allow-unfilmed':
        return allowUnfilmed(scene, deed, of, circumstances)
      case 'merge-cases':
      case 'split-case':
        return passItems(this.#passing(scene, deed), deed, of, circumstances)
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
}

function levelsOf(scene: DisposalScene, deed: AskedDeed): readonly ApprovalLevel[] {
  switch (deed.command) {
    case 'take-measure':
    case 'convert-surrender':
      return measureLevels(scene, deed)
    case 'confirm-measure':
      return confirmLevels(scene, deed)
    case 'allow-unfilmed':
      return unfilmedLevels(scene, deed)
    default:
      return []
  }
}
