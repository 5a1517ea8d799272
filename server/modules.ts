import { agentModule } from './agents/store.ts'
import type { Deed } from './approvals/approvals.ts'
import { approvalCalls } from './approvals/calls.ts'
import { approvalsModule } from './approvals/module.ts'
import { approvalWork } from './approvals/work.ts'
import { clockCalls } from './clock/calls.ts'
import { clockDeeds } from './clock/deeds.ts'
import { clockModule } from './clock/module.ts'
import { together } from './clock/triggers.ts'
import { deadlineWork, ruleChangeWork } from './clock/work.ts'
import { alarmCalls } from './custody/door/alarm-calls.ts'
import { accountWork } from './custody/account/account-check.ts'
import { officersOfMatter, unitsConcerned } from './custody/people/matters.ts'
import { intakeWork } from './custody/intake/work.ts'
import { appraisedTerms } from './custody/disposal/appraised-terms.ts'
import { exceptionWork } from './custody/disposal/exceptions.ts'
import { releaseWork } from './custody/disposal/release-work.ts'
import { complaintWork, disposalWork, proposingWork } from './custody/disposal/work.ts'
import { custodyDeeds, custodyModule } from './custody/module.ts'
import { custodyProcedures } from './custody/bench/procedures.ts'
import { custodyTriggers } from './custody/triggers.ts'
import { stocktakeTriggers } from './custody/stocktake/triggers.ts'
import { reconcilingWork } from './custody/reconciling/reads.ts'
import { urgingsApart } from './custody/recusal/apart.ts'
import { custodyAside } from './custody/recusal/aside.ts'
import { retentionWork } from './custody/retention/work.ts'
import { searchWork, stocktakeWork } from './custody/stocktake/work.ts'
import { cashWork } from './custody/cash/work.ts'
import type { HintSight } from './custody/sight/hints.ts'
import { itemNamesInSight } from './custody/sight/sight.ts'
import { alarmWork, appraisalWork, conflictWork, incidentWork, transitWork } from './custody/work.ts'
import type { WorkSource } from './inbox/work.ts'
import type { Module } from './module.ts'
import type { CallSource } from './outbox/calls.ts'
import { outboxModule } from './outbox/addresses.ts'
import { organisationModule } from './org/store.ts'
import { papersOfThingsInSight } from './custody/papers/paper-hints.ts'
import type { PaperSources } from './paper-source.ts'
import { followUpPeople } from './rating/follow-up-deadlines.ts'
import { followUpPaper } from './rating/follow-up-paper.ts'
import { decisionWork } from './rating/decision-work.ts'
import { followUpWork } from './rating/follow-up-work.ts'
import { paperBoxWork } from './rating/paper-boxes/work.ts'
import { ratingSubjectsInSight } from './rating/hints.ts'
import { ratingModule } from './rating/module.ts'
import { silenceWork } from './rating/silence/work.ts'
import { ratingTriggers } from './rating/triggers.ts'
import type { Procedures } from './stations/procedure.ts'
import { stationModule } from './stations/registry.ts'
import { leakModule } from './leaks/module.ts'
import { leakWork } from './leaks/work.ts'
import { urgingCalls } from './urging/calls.ts'
import { urgingDeeds, urgingModule } from './urging/module.ts'
import { urgingPaper } from './urging/paper.ts'
import { urgingTriggers } from './urging/triggers.ts'
import { urgingWork } from './urging/work.ts'

/** What facts mean to the clocks. */
export const triggers = together([custodyTriggers, ratingTriggers, stocktakeTriggers, urgingTriggers])

/** What an approver may grant. */
export const deeds: readonly Deed[] = [
  ...custodyDeeds,
  ...clockDeeds(triggers, { officersOf: officersOfMatter, ...followUpPeople, aside: custodyAside }),
  ...urgingDeeds(unitsConcerned),
]

/** What modules have numbered papers about, beside custody. */
export const paperSources: PaperSources = { urging: urgingPaper(urgingsApart), 'follow-up': followUpPaper }

/** Every module of the program, one line each. */
export const modules: readonly Module[] = [
  organisationModule,
  stationModule,
  agentModule,
  approvalsModule(deeds),
  custodyModule(paperSources),
  ratingModule,
  clockModule(triggers, custodyAside),
  urgingModule(urgingsApart),
  leakModule,
  outboxModule,
]

/** Which facts call whom to the program, where he is reached outside it. */
export const callSources: readonly CallSource[] = [clockCalls, approvalCalls, alarmCalls, urgingCalls]

/** What the modules offer at stations. */
export const stationProcedures: readonly Procedures[] = [custodyProcedures]

/** What the modules have waiting for a person. */
export const workSources: readonly WorkSource[] = [
  deadlineWork({ names: itemNamesInSight, aside: custodyAside }),
  ruleChangeWork,
  approvalWork(deeds),
  incidentWork,
  conflictWork,
  alarmWork,
  accountWork,
  disposalWork,
  proposingWork,
  complaintWork,
  intakeWork,
  appraisalWork,
  transitWork,
  retentionWork,
  reconcilingWork,
  releaseWork,
  exceptionWork,
  appraisedTerms,
  cashWork,
  stocktakeWork,
  searchWork,
  urgingWork(urgingsApart),
  leakWork,
  followUpWork,
  decisionWork,
  paperBoxWork,
  silenceWork,
]

/** Whom hints of the modules beside custody are told. */
export const hintSights: readonly HintSight[] = [ratingSubjectsInSight, papersOfThingsInSight(paperSources)]
