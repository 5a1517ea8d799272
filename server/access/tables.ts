import type { SecretKind } from './secret.ts'

declare module '../database/database.ts' {
  interface Database {
    credentials: {
      person: string
      kind: SecretKind
      hash: string
      set_at: string
      good_until: string | null
      used_at: string | null
    }
    second_factors: {
      person: string
      standing: 'pending' | 'active'
      sealed: Buffer
      set_at: string
      last_step: number
      spent: number[]
      last_cause: string | null
    }
    sign_in_tries: { id: string; subject: string; place: string; known: boolean; wrong: boolean; at: string }
    sign_in_places: { person: string; place: string; ok_at: string }
    sessions: {
      token_hash: Buffer
      person: string
      means: 'password' | 'badge' | 'provider'
      must_change: SecretKind | null
      incarnation: string
      created_at: string
      seen_at: string
      ends_at: string
    }
  }
}
