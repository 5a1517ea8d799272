import type { Module } from './module.ts'
import { organisationModule } from './org/store.ts'

/** Every module of the program, one line each. */
export const modules: readonly Module[] = [organisationModule]
