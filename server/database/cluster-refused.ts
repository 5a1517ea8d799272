import { DatabaseRefused } from './refused.ts'

export type ClusterRefusedCode =
  | 'in-use'
  | 'no-store'
  | 'no-account'
  | 'no-binaries'
  | 'binaries-unusable'
  | 'place-gone'
  | 'place-shared'
  | 'place-closed'
  | 'not-lasting'
  | 'wrong-version'
  | 'damaged'
  | 'secret-missing'
  | 'secret-wrong'
  | 'create-failed'
  | 'orphan-stuck'
  | 'start-failed'
  | 'stop-failed'

/** Why our own PostgreSQL is not running, and what to do about it. */
export class ClusterRefused extends DatabaseRefused<ClusterRefusedCode> {}
