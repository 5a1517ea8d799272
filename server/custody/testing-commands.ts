import type { AgreeDeed } from './disposal/proposing.ts'
import type * as filing from './filing/schemas.ts'
import type * as disposing from './disposal/schemas.ts'
import type * as keeping from './keeping/schemas.ts'
import type * as checklist from './checklist/schemas.ts'
import type * as deposit from './deposit/schemas.ts'
import type * as measures from './measures/schemas.ts'
import type * as officers from './officers/schemas.ts'
import type * as recusal from './recusal/schemas.ts'
import type * as relevance from './relevance/schemas.ts'
import type * as accountNumber from './account-number/schemas.ts'
import type * as identity from './identity/schemas.ts'
import type * as worth from './worth/schemas.ts'
import type * as passing from './case-lineage/schemas.ts'
import type * as renumbering from './renumbering/schemas.ts'
import type * as signing from './signing/schemas.ts'
import type * as recourse from './recourse/schemas.ts'
import type * as retention from './retention/schemas.ts'
import type * as videos from './videos/schemas.ts'
import type * as lineage from './lineage/schemas.ts'
import type * as transit from './transit/schemas.ts'
import type * as commands from './schemas.ts'

/** Everything that can be done in an office in memory. */
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
  | transit.Dispatch
  | transit.Arrive
  | deposit.DepositMoney
  | signing.Sign
  | recourse.PayCompensation
  | recourse.RecoverCompensation
  | retention.AskRetention
  | retention.AnswerRetention
  | checklist.CheckMeasure
  | filing.StateFiling
  | officers.JoinOfficers
  | recusal.Recuse
  | renumbering.RenumberCase
  | relevance.StateRelevance
  | worth.StateTarget
  | identity.OpenIdentity
  | accountNumber.OpenAccountNumber
  | videos.NoteVideo
  | lineage.Split
  | lineage.DivideMoney
  | lineage.Merge
  | keeping.AddContainer
  | keeping.MoveContainer
  | keeping.SealContainer
  | keeping.OpenContainer
  | keeping.ReturnContainer
  | disposing.ProposeDisposal
  | disposing.Release
  | disposing.NotCollect
  | disposing.Dispose
  | disposing.Deliver
  | disposing.WriteOff
  | disposing.Complain
  | disposing.DecideComplaint
  | disposing.ServeComplaintDecision
  | disposing.CloseCase
  | (disposing.CheckAccount & { readonly wrong: readonly string[] })
  | { readonly type: 'approvals.ask'; readonly deed: AskedDeed; readonly reason: string }
  | { readonly type: 'approvals.withdraw'; readonly approval: string }
  | { readonly type: 'approvals.grant' | 'approvals.refuse'; readonly approval: string; readonly opinion?: string }

/** What may be asked of an approver. */
export type AskedDeed =
  | commands.BorrowDeed
  | AgreeDeed
  | disposing.KeepOpenDeed
  | disposing.ReopenDeed
  | measures.MeasureDeed
  | measures.ConfirmDeed
  | measures.ConvertDeed
  | videos.UnfilmedDeed
  | passing.MergeCasesDeed
  | passing.SplitCaseDeed
