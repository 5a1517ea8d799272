import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../database/connect.ts'
import '../org/tables.ts'
import { Refusal } from '../refusal.ts'
import { hashSecret, secretMatches } from './secret.ts'
import './tables.ts'

/** GB/T 22239-2019 8.1.4.1 asks for a limit; the figures are the house's. */
const TRIES_BEFORE_PAUSE = 5
const PAUSE_MINUTES = 15
const SESSION_IDLE_MINUTES = 15
const SESSION_HOURS = 8
const TOKEN_BYTES = 32
/** A session's last use is written down at most this often. */
const SEEN_GRAIN_SECONDS = 30
/** Sign-ins on one name that may wait for their turn. */
const WAITING_MAX = 200

export type Credentials =
  { readonly login: string; readonly password: string } | { readonly badge: string; readonly pin: string }

export interface SessionPerson {
  readonly person: string
  readonly means: 'password' | 'badge'
}

export interface SignIn {
  /** Whose credentials these are. Unknown names and wrong secrets get the same answer in the same time. */
  authenticate(credentials: Credentials): Promise<SessionPerson>
  /** Authenticates and opens a session; the token is shown once and stored only as its hash. */
  open(credentials: Credentials): Promise<SessionPerson & { token: string }>
  /** Who a token belongs to, or null when it is unknown, idle for too long, ended, or its person is no longer active. */
  find(token: string): Promise<SessionPerson | null>
  /** The same for a line that stays open by itself: asking is no use of the session. */
  isOpen(token: string): Promise<boolean>
  close(token: string): Promise<void>
}

export function signIn(db: Db, pepper: Uint8Array): SignIn {
  /** Verified when the name is unknown, so that the answer takes as long. */
  const decoy = hashSecret(pepper, { person: '', kind: 'password' }, randomBytes(16).toString('hex'))
  const tokenHash = (token: string): Buffer => createHmac('sha256', pepper).update(`session ${token}`, 'utf8').digest()
  const inTurn = openTurns()

  const authenticate = async (credentials: Credentials): Promise<SessionPerson> => {
    const means = 'login' in credentials ? 'password' : 'badge'
    const name = 'login' in credentials ? credentials.login : credentials.badge
    const secret = 'login' in credentials ? credentials.password : credentials.pin
    const subject = `${means} ${name}`
    return inTurn(subject, () => tryOnce(means, name, secret, subject))
  }

  const tryOnce = async (
    means: SessionPerson['means'],
    name: string,
    secret: string,
    subject: string,
  ): Promise<SessionPerson> => {
    await refusePaused(db, subject)
    const kind = means === 'password' ? 'password' : 'pin'
    const found = await sql<{ person: string; hash: string; active: boolean }>`
      select p.id as person, c.hash, p.active
      from people p
      join credentials c on c.person = p.id and c.kind = ${kind}
      where ${means === 'password' ? sql`p.login = ${name}` : sql`p.id = (select person from badges where badge = ${name} and active)`}
    `.execute(db)
    const known = found.rows[0]
    const of = { person: known?.person ?? '', kind } as const
    const matches = await secretMatches(pepper, of, secret, known?.hash ?? (await decoy))
    if (known === undefined || !known.active || !matches) {
      await sql`insert into sign_in_failures (subject, at) values (${subject}, clock_timestamp())`.execute(db)
      await refusePaused(db, subject)
      throw new Refusal('access.wrong-secret')
    }
    await sql`delete from sign_in_failures where subject = ${subject}`.execute(db)
    return { person: known.person, means }
  }

  const open = async (token: string): Promise<(SessionPerson & { stale: boolean }) | null> => {
    const found = await sql<SessionPerson & { stale: boolean }>`
      select s.person, s.means, s.seen_at < now() - make_interval(secs => ${SEEN_GRAIN_SECONDS}) as stale
      from sessions s join people p on p.id = s.person and p.active
      where s.token_hash = ${tokenHash(token)} and s.ends_at > now()
        and s.seen_at > now() - make_interval(mins => ${SESSION_IDLE_MINUTES})
    `.execute(db)
    return found.rows[0] ?? null
  }

  return {
    authenticate,
    open: async (credentials) => {
      const who = await authenticate(credentials)
      const token = randomBytes(TOKEN_BYTES).toString('base64url')
      await sql`
        insert into sessions (token_hash, person, means, created_at, seen_at, ends_at)
        values (${tokenHash(token)}, ${who.person}, ${who.means}, now(), now(), now() + make_interval(hours => ${SESSION_HOURS}))
      `.execute(db)
      return { ...who, token }
    },
    find: async (token) => {
      const session = await open(token)
      if (session === null) return null
      if (session.stale)
        await sql`update sessions set seen_at = now() where token_hash = ${tokenHash(token)}`.execute(db)
      return { person: session.person, means: session.means }
    },
    isOpen: async (token) => (await open(token)) !== null,
    close: async (token) => {
      await sql`delete from sessions where token_hash = ${tokenHash(token)}`.execute(db)
    },
  }
}

/** Counters live in the database: they survive a restart and hold on every server process. */
async function refusePaused(db: Db, subject: string): Promise<void> {
  const found = await sql<{ tries: number }>`
    select count(*)::int as tries from sign_in_failures
    where subject = ${subject} and at > now() - make_interval(mins => ${PAUSE_MINUTES})
  `.execute(db)
  const tries = found.rows[0]?.tries ?? 0
  if (tries >= TRIES_BEFORE_PAUSE) throw new Refusal('access.locked-out', { tries, minutes: PAUSE_MINUTES })
}

/** Tries on one name go one after another: none begins before those before it are counted. */
function openTurns(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const lines = new Map<string, { waiting: number; last: Promise<unknown> }>()
  return async (name, work) => {
    const line = lines.get(name) ?? { waiting: 0, last: Promise.resolve() }
    if (line.waiting >= WAITING_MAX) throw new Refusal('access.too-many')
    lines.set(name, line)
    line.waiting += 1
    const turn = line.last.then(work)
    line.last = turn.catch(() => undefined)
    try {
      return await turn
    } finally {
      line.waiting -= 1
      if (line.waiting === 0) lines.delete(name)
    }
  }
}
