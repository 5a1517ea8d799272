declare module '../database/database.ts' {
  interface Database {
    credentials: { person: string; kind: 'password' | 'pin'; hash: string; set_at: string }
    sign_in_failures: { subject: string; at: string }
    sessions: {
      token_hash: Buffer
      person: string
      means: 'password' | 'badge'
      created_at: string
      seen_at: string
      ends_at: string
    }
  }
}

export {}
