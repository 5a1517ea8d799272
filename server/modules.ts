import { approvalsModule } from './approvals/module.ts'
import { custodyDeeds, custodyModule } from './custody/module.ts'
import type { Module } from './module.ts'
import { organisationModule } from './org/store.ts'

/** Every module of the program, one line each. */
export const modules: readonly Module[] = [organisationModule, approvalsModule(custodyDeeds), custodyModule]
