import { agentModule } from './agents/store.ts'
import { approvalsModule } from './approvals/module.ts'
import { clockModule } from './clock/module.ts'
import { custodyDeeds, custodyModule } from './custody/module.ts'
import { custodyProcedures } from './custody/procedures.ts'
import { custodyTriggers } from './custody/triggers.ts'
import type { Module } from './module.ts'
import { organisationModule } from './org/store.ts'
import type { Procedures } from './stations/procedure.ts'
import { stationModule } from './stations/registry.ts'

/** Every module of the program, one line each. */
export const modules: readonly Module[] = [
  organisationModule,
  stationModule,
  agentModule,
  approvalsModule(custodyDeeds),
  custodyModule,
  clockModule(custodyTriggers),
]

/** What the modules offer at stations. */
export const stationProcedures: readonly Procedures[] = [custodyProcedures]
