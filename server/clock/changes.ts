import { sql } from 'kysely'
import type { Approval } from '../approvals/approvals.ts'
import { approvals } from '../approvals/store.ts'
import { parseEntry } from '../ledger/entry.ts'
import { loadStates } from '../ledger/project.ts'
import { type Reader, SYSTEM } from '../module.ts'
import { namesOf } from '../names.ts'
import type { ClockFacts, Entry } from './clock.ts'
import type { ClockChange } from './protocol.ts'
import '../ledger/tables.ts'

/** The facts that put a deadline off, stop it or set it going again. */
const CHANGING = ['clock.moved', 'clock.paused', 'clock.resumed', 'clock.concluded'] as const
type Changing = Partial<
  ClockFacts['clock.moved'] & ClockFacts['clock.paused'] & ClockFacts['clock.resumed'] & ClockFacts['clock.concluded']
>

/** What became of a deadline since it began: what was granted or said, who did, when, and by which document; the first first. */
export async function changesOf(db: Reader, clock: string): Promise<ClockChange[]> {
  const found = await db
    .selectFrom('entries')
    .select('text')
    .where('subject', '=', `clock/${clock}`)
    .where('type', 'in', CHANGING)
    .orderBy('n')
    .execute()
  const entries = found.map(({ text }) => {
    const { type, actor, at, body } = parseEntry(text)
    return { type: type as (typeof CHANGING)[number], actor, at, said: body as unknown as Changing }
  })
  const granted = await loadStates(
    db,
    approvals,
    entries.flatMap(({ said }) => said.approval ?? []),
  )
  const grantOf = ({ approval }: Changing): Approval | null => granted.get(approval ?? '') ?? null
  const actors = await Promise.all(entries.map(({ said }) => actorOf(db, said.evidence ?? null)))
  const people = entries.map(({ actor, said }, index): readonly By[] => {
    const grant = grantOf(said)
    if (grant !== null) return deciders(grant)
    const person = actors[index] ?? actor
    return person === SYSTEM ? [] : [{ person, standsFor: null }]
  })
  const named = await namesOf(
    db,
    people
      .flat()
      .flatMap(({ person, standsFor }) => [`person/${person}`, ...(standsFor ? [`person/${standsFor}`] : [])]),
  )
  const nameOf = (person: string): string => named(`person/${person}`).name
  return entries.map(({ type, at, said }, index) => ({
    what: whatOf(type, said),
    by: (people[index] ?? []).map(({ person, standsFor }) => ({
      name: nameOf(person),
      standsFor: standsFor === null ? null : nameOf(standsFor),
    })),
    at,
    document: said.document ?? documentOf(grantOf(said)),
    dueAt: said.dueAt ?? null,
  }))
}

interface By {
  readonly person: string
  readonly standsFor: string | null
}

/** Everybody who agreed, level by level. */
function deciders({ passed = [], decidedBy, decidedFor }: Approval): By[] {
  return [
    ...passed.map(({ by, standsFor }) => ({ person: by, standsFor: standsFor ?? null })),
    ...(decidedBy === null ? [] : [{ person: decidedBy, standsFor: decidedFor ?? null }]),
  ]
}

function documentOf(grant: Approval | null): string | null {
  const document = grant?.deed['document']
  return typeof document === 'string' ? document : null
}

function whatOf(type: (typeof CHANGING)[number], said: Changing): ClockChange['what'] {
  switch (type) {
    case 'clock.moved':
      if (said.causeEnded === true) return 'cause-ended'
      if (said.shortened === true) return 'shortened'
      return typeof said.approval === 'string' ? 'extended' : 'moved'
    case 'clock.paused':
      return said.exception === undefined ? 'paused' : 'excepted'
    case 'clock.resumed':
      return 'resumed'
    case 'clock.concluded':
      return 'concluded'
  }
}

/** Who did what an entry tells of; null where none is named. */
async function actorOf(db: Reader, entry: Entry | null): Promise<string | null> {
  if (entry === null) return null
  const found = await sql<{ actor: string }>`
    select actor from entries where register = ${entry.register} and seq = ${entry.seq}
  `.execute(db)
  return found.rows[0]?.actor ?? null
}
