import { ERASED } from '../ledger/personal.ts'
import type { Fact } from '../module.ts'
import { type Person, type Store, type Unit, UNLOCKS_A_DAY } from './org.ts'
import type { Vouched } from './vouching.ts'

/** More than once a day, all the days that are shown. */
const VOUCHED_KEPT = 60

export const noUnit: Unit = { name: '', kind: 'department', parent: null }
export const noStore: Store = { name: '', unit: '' }
export const noPerson: Person = {
  login: '',
  name: { ref: '', commitment: '' },
  unit: '',
  active: true,
  appointments: [],
  badges: [],
  unlocks: [],
}

/** What one more fact makes of a unit. Where it stood before is kept in `moves`, for who asks about an earlier day. */
export function evolveUnit(state: Unit, fact: Fact): Unit {
  const { name, kind, parent, level } = fact.body as unknown as Unit
  if (fact.type === 'org.unit-moved')
    return { ...state, parent, moves: [...(state.moves ?? []), { from: state.parent, at: fact.at }] }
  if (fact.type === 'org.account-named' || fact.type === 'org.account-ended') {
    const { account } = fact.body as unknown as { readonly account: string }
    const others = (state.accounts ?? []).filter((one) => one !== account)
    return { ...state, accounts: fact.type === 'org.account-named' ? [...others, account] : others }
  }
  if (fact.type === 'org.unit-level-set') return level === undefined ? state : { ...state, level }
  if (fact.type !== 'org.unit-added') return state
  return { name, kind, parent, ...(level === undefined ? {} : { level }) }
}

/** Only its opening says what a store is called and whose it is. */
export function evolveStore(state: Store, fact: Fact): Store {
  const { name, unit } = fact.body as unknown as Store
  return fact.type === 'org.store-opened' ? { name, unit } : state
}

/** What one more fact makes of a person. Appointments are ended and never removed, so that who held a post on an earlier day stays known. */
export function evolvePerson(state: Person, fact: Fact): Person {
  const body = fact.body as unknown as { readonly [key: string]: never }
  switch (fact.type) {
    case 'org.person-added':
      return { ...state, login: body['login']!, name: body['name']!, unit: body['unit']! }
    case 'org.person-active-set':
      return { ...state, active: body['active']! }
    case 'org.appointed':
      return {
        ...state,
        appointments: [...state.appointments, { post: body['post']!, place: body['place']!, from: fact.at, to: null }],
      }
    case 'org.appointment-ended':
      return {
        ...state,
        appointments: state.appointments.map((held) =>
          held.post === body['post'] && held.place === body['place'] && held.to === null
            ? { ...held, to: fact.at }
            : held,
        ),
      }
    case 'org.badge-issued':
      return {
        ...state,
        badges: [...state.badges.filter((one) => one.badge !== body['badge']), { badge: body['badge']!, active: true }],
      }
    case 'org.badge-vouched': {
      const { badge, until, by, place, lost } = body as unknown as Vouched & { readonly badge: string }
      return {
        ...state,
        badges: [...state.badges.filter((one) => one.badge !== badge), { badge, active: true, until }],
        vouched: [...(state.vouched ?? []), { by, place, lost, at: fact.at, until }].slice(-VOUCHED_KEPT),
      }
    }
    case 'org.badge-revoked':
      return {
        ...state,
        badges: state.badges.map((one) => (one.badge === body['badge'] ? { ...one, active: false } : one)),
      }
    case ERASED:
      return { ...state, erased: { at: fact.at, ground: body['ground']!, document: body['document']! } }
    case 'org.sign-in-unlocked':
      return { ...state, unlocks: [...state.unlocks, fact.at].slice(-UNLOCKS_A_DAY) }
    case 'org.second-factor-set':
      return { ...state, secondFactor: fact.at }
    case 'org.second-factor-reset': {
      const { secondFactor: _, ...without } = state
      return without
    }
    case 'org.provider-linked':
      return { ...state, provider: { issuer: body['issuer']!, account: body['account']!, at: fact.at } }
    case 'org.provider-forgotten': {
      const { provider: _, ...without } = state
      return without
    }
    default:
      return state
  }
}
