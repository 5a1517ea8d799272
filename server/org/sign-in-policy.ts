import { sql } from 'kysely'
import type { Decision, Fact, Post, Projection, Reader } from '../module.ts'
import { ORG_REGISTER } from './org.ts'
import './tables.ts'

/** Which posts must have an authenticator app where they sign in by password (GB/T 22239-2019 8.1.4.1 d). Badge and PIN are two factors already. */
export interface SignInPolicy {
  readonly secondFactor: readonly Post[]
  readonly at: string
}

export type RequireSecondFactor = {
  readonly type: 'org.require-second-factor'
  /** All of them; none lifts the requirement. */
  readonly posts: readonly Post[]
}

/** One for the whole house. */
const SUBJECT = 'sign-in/policy'

/** Sets the whole list anew; kept in alphabetical order, so that the same wish gives the same fact. */
export function requireSecondFactor(_state: null, { posts }: RequireSecondFactor): Decision {
  const body = { v: 1, posts: [...posts].sort() }
  return { facts: [{ register: ORG_REGISTER, type: 'org.second-factor-required', subject: SUBJECT, body }] }
}

export const signInPolicies: Projection<SignInPolicy | null> = {
  kind: 'sign-in',
  table: 'sign_in_policies',
  initial: null,
  evolve: (state, fact: Fact) => {
    if (fact.type !== 'org.second-factor-required') return state
    const { posts } = fact.body as unknown as RequireSecondFactor
    return { secondFactor: posts, at: fact.at }
  },
  columns: (_id, state) => {
    if (state === null) throw new Error('a policy begins with its being decided')
    return { at: state.at }
  },
}

/** The posts as they are now; none until somebody decided. */
export async function postsWithSecondFactor(db: Reader): Promise<readonly Post[]> {
  const { rows } = await sql<{ posts: Post[] }>`
    select state -> 'secondFactor' as posts from sign_in_policies
  `.execute(db)
  return rows[0]?.posts ?? []
}

/** For a query of somebody who came by password: whether a post of his asks for an app, and he has set up none. */
export function secondFactorDue(person: string) {
  const of = sql.ref(person)
  return sql<boolean>`(
    exists (
      select from sign_in_policies rule join appointments held on jsonb_exists(rule.state -> 'secondFactor', held.post)
      where held.person = ${of} and held.to_at is null
    ) and not exists (select from second_factors where second_factors.person = ${of} and standing = 'active')
  )`
}
