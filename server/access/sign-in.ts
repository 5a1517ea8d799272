import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { ANSWERED, claimCause, earlierAnswer, fingerprintOf, rememberAnswer } from '../causes.ts'
import { type Db, inTransaction, type Trx } from '../database/connect.ts'
import '../org/tables.ts'
import { secondFactorDue } from '../org/sign-in-policy.ts'
import { Refusal } from '../refusal.ts'
import { type Place, SOME_BENCH } from './place.ts'
import { pruneWhenDue, SESSION_IDLE_MINUTES } from './prune.ts'
import { type Spending, secondFactorOf, spendCode, spendingOf } from './second-factor.ts'
import type { Must } from './protocol.ts'
import { hashSecret, type SecretKind, secretMatches } from './secret.ts'
import { beginTry } from './tries.ts'
import { openTurns } from './turns.ts'
import './tables.ts'

/** GB/T 22239-2019 8.1.4.1 asks that sessions end; the figures are the house's. */
const SESSION_HOURS = 8
/** Time enough to think of a new secret. */
const CHANGING_MINUTES = 15
const TOKEN_BYTES = 32
/** A session's last use is written down at most this often. */
const SEEN_GRAIN_SECONDS = 30
/** A session that was used further ahead than this was used before the clock was put back, and nobody knows how long ago: it is over. */
const AHEAD_SECONDS = 60

export type Credentials =
  | { readonly login: string; readonly password: string; readonly code?: string }
  | { readonly badge: string; readonly pin: string }

export interface SessionPerson {
  readonly person: string
  /** `provider`: the organ's own provider of identities vouched for him. */
  readonly means: 'password' | 'badge' | 'provider'
}

export interface OpenSession extends SessionPerson {
  /**
   * Nothing but this is allowed: changing the dealt secret of this kind that it was opened with, or setting up the app that a post asks for, as long
   * as it does. Null otherwise.
   */
  readonly mustChange: Must | null
}

export interface Renewal {
  /** Of the session that ends. */
  readonly token: string
  /** `ActOptions.cause` of what ended it. */
  readonly cause: string
}

export interface SignIn {
  /**
   * Whose credentials these are. Unknown names and wrong secrets get the same answer in the same time. Whoever has set up an authenticator app
   * gives a code of it with the password; badge and PIN are two factors already.
   * @param place counts wrong tries; all benches together when it is not said
   * @param cause of what it is asked for: the same once more finds its one-time code used by itself
   * @throws Refusal `access.wrong-secret`, `access.code-needed`, `access.wrong-code`, `access.code-used`, those of `beginTry`, and `access.must-change`: a dealt secret signs nothing
   */
  authenticate(credentials: Credentials, place?: Place, cause?: string | null): Promise<SessionPerson>
  /**
   * Authenticates and opens a session; the token is shown once and stored only as its hash. A dealt secret opens one session in all, in
   * which it must be changed.
   * @throws Refusal as `authenticate`; `access.dealt-over` for a dealt secret that was used or has lapsed; `access.changed-meanwhile` when
   * something was written down about the person while the secret was looked at.
   * With a `cause` the same request again is given the same session, once more proved; `access.not-signed-in` when that has ended,
   * `request.key-reused` when this person asked for something else under it, `request.in-progress` while the first still runs.
   */
  open(credentials: Credentials, place?: Place, cause?: string | null): Promise<OpenSession & { token: string }>
  /**
   * Proves that who is signed in knows his own secret of this kind, or, where he has none yet, his other one. A wrong one counts like a wrong
   * sign-in. A dealt secret proves itself to the session that it opened, and to another of the same person until it is used or lapses.
   * @returns `n`: how much stood in the register about the person when the check began, for `mustStandAsChecked`
   * @throws Refusal `access.wrong-old`, `access.dealt-over`, and those of `beginTry`
   */
  prove(session: OpenSession, of: { kind: SecretKind; secret: string }, place?: Place): Promise<{ readonly n: number }>
  /**
   * Opens a session for somebody who has just proved who he is, in the transaction of what he did. Its token follows from the pepper, the
   * token that it replaces and the cause: `renewed` finds it for whoever lost the answer.
   */
  renew(trx: Trx, who: SessionPerson, from: Renewal): Promise<string>
  /** Opens a session for somebody who was proved elsewhere, in the transaction in which that was looked at; gives its token. */
  enter(trx: Trx, who: SessionPerson): Promise<string>
  /** The session that replaced this one for this cause; null when none did, or when it has ended. */
  renewed(from: Renewal): Promise<(OpenSession & { readonly token: string }) | null>
  /**
   * Who a token belongs to, or null when it is unknown, idle for too long, ended, made before the database was restored, or its person is no
   * longer active.
   */
  find(token: string): Promise<OpenSession | null>
  /** The same for a line that stays open by itself: asking is no use of the session. */
  isOpen(token: string): Promise<boolean>
  close(token: string): Promise<void>
}

interface Checked extends SessionPerson {
  readonly kind: SecretKind
  /** How much stood in the register about this person when the check began. */
  readonly n: number
  readonly dealt: 'good' | 'over' | null
  /** The one-time code that it took; null where none was asked for. */
  readonly spending: Spending | null
}

/** Signing in by password, or by badge and PIN, and the sessions that it opens. */
export function signIn(db: Db, pepper: Uint8Array): SignIn {
  /** Verified when the name is unknown, so that the answer takes as long. */
  const decoy = hashSecret(pepper, { person: '', kind: 'password' }, randomBytes(16).toString('hex'))
  const keyed = (text: string): Buffer => createHmac('sha256', pepper).update(text, 'utf8').digest()
  const tokenHash = (token: string): Buffer => keyed(`session ${token}`)
  /** A name that nobody has may be a password typed in the wrong place: it is not written down. */
  const nobody = (name: string): string => `? ${keyed(`nobody ${name}`).toString('hex')}`
  const inTurn = openTurns()

  const check = async (credentials: Credentials, place: Place): Promise<Checked> => {
    await pruneWhenDue(db)
    const means = 'login' in credentials ? 'password' : 'badge'
    const name = 'login' in credentials ? credentials.login : credentials.badge
    const secret = 'login' in credentials ? credentials.password : credentials.pin
    const code = 'login' in credentials ? (credentials.code ?? null) : null
    return inTurn(`${means} ${name}`, () => checkOnce(means, name, secret, code, place))
  }

  const checkOnce = async (
    means: SessionPerson['means'],
    name: string,
    secret: string,
    code: string | null,
    place: Place,
  ): Promise<Checked> => {
    const kind = means === 'password' ? 'password' : 'pin'
    // What stands for a badge for a day is seen and dated where it is shown: at a station, and nowhere else.
    const atStation = 'station' in place
    const found = await sql<{ person: string; n: number; active: boolean }>`
      select id as person, n, active from people
      where ${means === 'password' ? sql`login = ${name}` : sql`id = (select person from badges where badge = ${name} and active and (good_until is null or ${atStation}))`}
    `.execute(db)
    const holder = found.rows[0]
    const person = holder?.person ?? null
    const one = await beginTry(db, { subject: `${kind} of ${person ?? nobody(name)}`, person, place })
    const { matches, dealt } = await compare(person, kind, secret)
    if (holder === undefined || !holder.active || !matches) {
      await one.wrong()
      throw new Refusal('access.wrong-secret')
    }
    const factor = means === 'password' ? await secondFactorOf(db, holder.person) : null
    if (factor !== null && code === null) {
      await one.undecided()
      throw new Refusal('access.code-needed')
    }
    const spending = factor === null ? null : spendingOf(pepper, holder.person, factor, code ?? '')
    if (factor !== null && spending === null) {
      await one.wrong()
      throw new Refusal('access.wrong-code')
    }
    await one.right(holder.person)
    return { person: holder.person, n: holder.n, means, kind, dealt, spending }
  }

  /** Takes as long for nobody as for somebody. */
  const compare = async (
    person: string | null,
    kind: SecretKind,
    secret: string,
  ): Promise<{ matches: boolean; dealt: Checked['dealt'] }> => {
    const found = await sql<{ hash: string; dealt: Checked['dealt'] }>`
      select hash, case when good_until is null then null when used_at is null and good_until > clock_timestamp() then 'good' else 'over' end as dealt
      from credentials where person = ${person} and kind = ${kind}
    `.execute(db)
    const kept = found.rows[0]
    const matches = await secretMatches(pepper, { person: person ?? '', kind }, secret, kept?.hash ?? (await decoy))
    return { matches: kept !== undefined && matches, dealt: kept?.dealt ?? null }
  }

  const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url')
  const tokenAfter = ({ token, cause }: Renewal): string => keyed(`renewed ${token} ${cause}`).toString('base64url')

  const begin = async (
    trx: Trx,
    { person, means }: SessionPerson,
    { token, mustChange }: { readonly token: string; readonly mustChange: SecretKind | null },
  ): Promise<string> => {
    const minutes = mustChange === null ? SESSION_HOURS * 60 : CHANGING_MINUTES
    await sql`
      insert into sessions (token_hash, person, means, must_change, incarnation, created_at, seen_at, ends_at)
      values (${tokenHash(token)}, ${person}, ${means}, ${mustChange}, database_incarnation(), now(), now(), now() + make_interval(mins => ${minutes}))
    `.execute(trx)
    return token
  }

  const open = async (token: string): Promise<(OpenSession & { stale: boolean }) | null> => {
    const found = await sql<OpenSession & { stale: boolean }>`
      select s.person, s.means,
        coalesce(s.must_change, case when s.means = 'password' and ${secondFactorDue('s.person')} then 'second-factor' end) as "mustChange",
        s.seen_at < now() - make_interval(secs => ${SEEN_GRAIN_SECONDS}) as stale
      from sessions s join people p on p.id = s.person and p.active
      where s.token_hash = ${tokenHash(token)} and s.ends_at > now()
        and s.seen_at > now() - make_interval(mins => ${SESSION_IDLE_MINUTES})
        and s.seen_at < now() + make_interval(secs => ${AHEAD_SECONDS}) and s.incarnation = database_incarnation()
    `.execute(db)
    return found.rows[0] ?? null
  }

  /**
   * Whether this request has opened a session before; from now on it has. Nothing is kept of what was typed: whoever comes here has proved
   * it anew, and of a token only what it hashes to stands anywhere.
   */
  const wasOpenedFor = async (trx: Trx, { person, means }: SessionPerson, cause: string): Promise<boolean> => {
    await claimCause(trx, person, cause)
    const asked = fingerprintOf(pepper, { type: 'access.sign-in', means })
    if ((await earlierAnswer(trx, person, cause, asked)) !== null) return true
    await rememberAnswer(trx, person, cause, asked, ANSWERED)
    return false
  }

  return {
    authenticate: async (credentials, place = SOME_BENCH, cause = null) => {
      const { person, means, dealt, spending } = await check(credentials, place)
      if (dealt !== null) throw new Refusal(dealt === 'good' ? 'access.must-change' : 'access.dealt-over')
      if (spending !== null) await inTransaction(db, (trx) => spendCode(trx, person, spending, cause))
      return { person, means }
    },
    open: async (credentials, place = SOME_BENCH, cause = null) => {
      const { person, means, kind, dealt, n, spending } = await check(credentials, place)
      const mustChange = dealt === null ? null : kind
      return inTransaction(db, async (trx) => {
        await mustStandAsChecked(trx, person, n)
        if (spending !== null) await spendCode(trx, person, spending, cause)
        const token = cause === null ? newToken() : keyed(`opened ${person} ${cause}`).toString('base64url')
        if (cause !== null && (await wasOpenedFor(trx, { person, means }, cause))) {
          const found = await open(token)
          if (found === null) throw new Refusal('access.not-signed-in')
          return { person, means, mustChange: found.mustChange, token }
        }
        if (dealt !== null) await spend(trx, person, kind)
        await begin(trx, { person, means }, { token, mustChange })
        return { person, means, mustChange: mustChange ?? (await dueFor(trx, { person, means })), token }
      })
    },
    prove: async ({ person, mustChange }, { kind, secret }, place = SOME_BENCH) => {
      const own = await sql<{ n: number; kinds: SecretKind[] }>`
        select n, array(select kind from credentials where person = people.id) as kinds from people where id = ${person}
      `.execute(db)
      const { n, kinds: has } = own.rows[0] ?? { n: 0, kinds: [] }
      const proving = has.includes(kind) ? kind : kind === 'pin' ? 'password' : 'pin'
      const one = await beginTry(db, { subject: `${proving} of ${person}`, person, place })
      const { matches, dealt } = await compare(person, proving, secret)
      if (!matches) {
        await one.wrong()
        throw new Refusal('access.wrong-old')
      }
      await one.right(person)
      if (dealt === 'over' && mustChange !== proving) throw new Refusal('access.dealt-over')
      return { n }
    },
    renew: (trx, who, from) => begin(trx, who, { token: tokenAfter(from), mustChange: null }),
    enter: (trx, who) => begin(trx, who, { token: newToken(), mustChange: null }),
    renewed: async (from) => {
      const token = tokenAfter(from)
      const found = await open(token)
      return found === null ? null : { person: found.person, means: found.means, mustChange: found.mustChange, token }
    },
    find: async (token) => {
      const session = await open(token)
      if (session === null) return null
      if (session.stale)
        await sql`update sessions set seen_at = now() where token_hash = ${tokenHash(token)}`.execute(db)
      const { stale: _, ...found } = session
      return found
    },
    isOpen: async (token) => (await open(token)) !== null,
    close: async (token) => {
      await sql`delete from sessions where token_hash = ${tokenHash(token)}`.execute(db)
    },
  }
}

/**
 * Checking a secret takes a while. Whoever was made inactive, lost the badge or was dealt a new secret in that time had all sessions ended, and
 * must not open one more, or change a secret, with what was true before.
 * @throws Refusal `access.changed-meanwhile`
 */
export async function mustStandAsChecked(trx: Trx, person: string, n: number): Promise<void> {
  const found = await sql`select n from people where id = ${person} and n = ${n} for share`.execute(trx)
  if (found.rows.length === 0) throw new Refusal('access.changed-meanwhile')
}

/** What a post asks for before anything else; null where it asks for nothing. */
async function dueFor(trx: Trx, { person, means }: SessionPerson): Promise<Must | null> {
  if (means !== 'password') return null
  const found = await sql<{ due: boolean }>`
    select ${secondFactorDue('p.id')} as due from people p where p.id = ${person}
  `.execute(trx)
  return found.rows[0]?.due === true ? 'second-factor' : null
}

/** Of two who come with the same dealt secret at once, one gets in. */
async function spend(trx: Trx, person: string, kind: SecretKind): Promise<void> {
  const spent = await sql`
    update credentials set used_at = clock_timestamp()
    where person = ${person} and kind = ${kind} and used_at is null and good_until > clock_timestamp()
    returning person
  `.execute(trx)
  if (spent.rows.length === 0) throw new Refusal('access.dealt-over')
}
