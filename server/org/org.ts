import {
  type Appointment,
  type Circumstances,
  type Decision,
  type FactDraft,
  type Post,
  type Sealed,
  SYSTEM,
} from '../module.ts'
import { Refusal } from '../refusal.ts'
import { type EraseName, type EraseSaid, eraseName, eraseSaid, type NameErased } from './erasing.ts'
import type { SaidOfPresent } from './presences.ts'
import { refuseTooFewRoles, type RolesHeld } from './remaining.ts'
import { type EndAccount, endAccount, type NameAccount, nameAccount } from './special-accounts.ts'
import { type SetUpload, setUpload, type StopUpload, stopUpload } from './upload.ts'
import { vouchBadge, type VouchBadge, type Vouched } from './vouching.ts'

/** The organisation keeps one register: units, stores, people, appointments and badges, all dated. */
export const ORG_REGISTER = 'org'

export type UnitKind = 'organ' | 'department' | 'keeping' | 'supervision' | 'hall'

/** At which level of government an organ stands, the highest first. */
export const UNIT_LEVELS = ['province', 'city', 'county'] as const
export type UnitLevel = (typeof UNIT_LEVELS)[number]
/** 设区的市级以上: what the law leaves to the head of a city-level organ, one above it may decide too. */
export const CITY_AND_ABOVE = ['province', 'city'] as const satisfies readonly UnitLevel[]

export interface Unit {
  readonly name: string
  readonly kind: UnitKind
  readonly parent: string | null
  /** Of an organ; absent as long as nobody said it. */
  readonly level?: UnitLevel
  /** Special accounts of an organ, in the order they were named; absent of one that never named any. */
  readonly accounts?: readonly string[]
  /** Under whom it was before, and until when, the earliest first; absent of one that never moved. */
  readonly moves?: readonly { readonly from: string | null; readonly at: string }[]
}

export interface Store {
  readonly name: string
  /** The keeping unit. */
  readonly unit: string
}

export interface DatedAppointment extends Appointment {
  readonly from: string
  readonly to: string | null
}

export interface Person {
  readonly login: string
  /** The name is personal content: it stands beside the register. */
  readonly name: Sealed
  readonly unit: string
  readonly active: boolean
  readonly appointments: readonly DatedAppointment[]
  /** `until`: only of what stands for a badge that is not there, for a day. */
  readonly badges: readonly { readonly badge: string; readonly active: boolean; readonly until?: string }[]
  /** When others vouched for him, oldest first; absent as long as nobody did. */
  readonly vouched?: readonly Vouched[]
  /** Absent as long as the name stands. */
  readonly erased?: NameErased
  /** When tries at signing in were last forgiven; the last few times. */
  readonly unlocks: readonly string[]
  /** Since when his password needs a one-time code, too; absent where it does not. */
  readonly secondFactor?: string
  /** Who he is at the organ's provider of identities, and since when; absent as long as he has not signed in through it. */
  readonly provider?: LinkedProvider
}

/** `account` is keyed: it tells one from another, and nobody reads it. */
export interface LinkedProvider {
  readonly issuer: string
  readonly account: string
  readonly at: string
}

export type OrgCommand =
  | {
      readonly type: 'org.add-unit'
      readonly unit: string
      readonly name: string
      readonly kind: UnitKind
      readonly parent: string | null
      readonly level?: UnitLevel
    }
  | { readonly type: 'org.set-unit-level'; readonly unit: string; readonly level: UnitLevel }
  | { readonly type: 'org.move-unit'; readonly unit: string; readonly parent: string }
  | { readonly type: 'org.open-store'; readonly store: string; readonly name: string; readonly unit: string }
  | {
      readonly type: 'org.add-person'
      readonly person: string
      readonly login: string
      readonly name: string
      readonly unit: string
    }
  | { readonly type: 'org.deactivate'; readonly person: string }
  | { readonly type: 'org.reactivate'; readonly person: string }
  | { readonly type: 'org.appoint'; readonly person: string; readonly post: Post; readonly place: string }
  | { readonly type: 'org.end-appointment'; readonly person: string; readonly post: Post; readonly place: string }
  | { readonly type: 'org.issue-badge'; readonly person: string; readonly badge: string }
  | { readonly type: 'org.revoke-badge'; readonly person: string; readonly badge: string }
  /** `keyed` tells one secret from another for who knows the pepper; no fact holds it. */
  | {
      readonly type: 'org.set-secret' | 'org.change-secret'
      readonly person: string
      readonly kind: 'password' | 'pin'
      readonly keyed: string
    }
  /** The server makes the secret; it opens one session, in which the person changes it. */
  | { readonly type: 'org.deal-secret'; readonly person: string; readonly kind: 'password' | 'pin' }
  | { readonly type: 'org.unlock'; readonly person: string }
  | { readonly type: 'org.set-second-factor'; readonly person: string }
  | { readonly type: 'org.reset-second-factor'; readonly person: string; readonly reason: string }
  | {
      readonly type: 'org.link-provider'
      readonly person: string
      readonly issuer: string
      readonly account: string
    }
  | { readonly type: 'org.forget-provider'; readonly person: string; readonly reason: string }
  | EraseName
  | NameAccount
  | EndAccount
  | VouchBadge
  | SetUpload
  | StopUpload
  | EraseSaid

/** What `decide` looks at. */
export interface OrgState {
  readonly units: ReadonlyMap<string, Unit>
  readonly stores: ReadonlyMap<string, Store>
  readonly people: ReadonlyMap<string, Person>
  /** Who has this login or badge now, if anybody. */
  readonly loginHolder: string | null
  readonly badgeHolder: string | null
  /** Whom the account at the provider is linked with already. */
  readonly providerHolder: string | null
  /** Loaded for what takes something away. */
  readonly roles: RolesHeld
  /** Every address that whose name is erased ever gave to be called at. */
  readonly addresses: readonly Sealed[]
  /** Where released counts are uploaded to now; null where to nobody. Loaded for what changes it. */
  readonly upload: string | null
  /** Loaded for what is erased of those who were there when things were taken. */
  readonly present: ReadonlyMap<string, SaidOfPresent>
}

/** 三员: system, security and audit administrator. */
export const ADMINISTRATORS = ['system-admin', 'security-admin', 'audit-admin'] as const satisfies Post[]

/** One administrator alone could otherwise guess at a PIN for ever. */
export const UNLOCKS_A_DAY = 3
const MS_A_DAY = 86_400_000
/** @throws Refusal `org.level-of-organ` */
function mustBeOrgan(unit: string, kind: UnitKind, level: UnitLevel): UnitLevel {
  if (kind !== 'organ') throw new Refusal('org.level-of-organ', { unit })
  return level
}

/** What the organisation's register takes down for a command. */
export function decide(state: OrgState, command: OrgCommand, circumstances: Circumstances): Decision {
  const { actor, mint, at } = circumstances
  switch (command.type) {
    case 'org.add-unit':
      if (state.units.has(command.unit)) throw new Refusal('org.already-there', { what: command.unit })
      if (command.parent !== null) unitOf(state, command.parent)
      return one('org.unit-added', `unit/${command.unit}`, {
        name: command.name,
        kind: command.kind,
        parent: command.parent,
        ...(command.level === undefined ? {} : { level: mustBeOrgan(command.unit, command.kind, command.level) }),
      })
    case 'org.set-unit-level': {
      const { kind, level } = unitOf(state, command.unit)
      mustBeOrgan(command.unit, kind, command.level)
      if (level === command.level) throw new Refusal('org.already-there', { what: command.level })
      return one('org.unit-level-set', `unit/${command.unit}`, { level: command.level })
    }
    case 'org.move-unit': {
      const { parent } = unitOf(state, command.unit)
      if (parent === null) throw new Refusal('org.unit-root', { unit: command.unit })
      if (parent === command.parent) throw new Refusal('org.already-there', { what: command.unit })
      for (let above: string | null = command.parent; above !== null; above = unitOf(state, above).parent)
        if (above === command.unit) throw new Refusal('org.unit-below', { unit: command.parent })
      return one('org.unit-moved', `unit/${command.unit}`, { parent: command.parent })
    }
    case 'org.open-store':
      if (state.stores.has(command.store)) throw new Refusal('org.already-there', { what: command.store })
      unitOf(state, command.unit)
      return one('org.store-opened', `store/${command.store}`, { name: command.name, unit: command.unit })
    case 'org.add-person':
      // The program's own name opens doors that no post does.
      if (state.people.has(command.person) || command.person === SYSTEM)
        throw new Refusal('org.already-there', { what: command.person })
      if (state.loginHolder !== null) throw new Refusal('org.already-there', { what: command.login })
      unitOf(state, command.unit)
      return one('org.person-added', `person/${command.person}`, {
        login: command.login,
        name: mint.seal(command.name),
        unit: command.unit,
      })
    case 'org.deactivate':
      personOf(state, command.person)
      refuseTooFewRoles(state.roles, actor.person)
      return one('org.person-active-set', `person/${command.person}`, { active: false })
    case 'org.reactivate':
      if (personOf(state, command.person).active) throw new Refusal('org.active-already', { person: command.person })
      if (personOf(state, command.person).erased !== undefined)
        throw new Refusal('org.erased', { person: command.person })
      return one('org.person-active-set', `person/${command.person}`, { active: true })
    case 'org.appoint': {
      const person = personOf(state, command.person)
      if (!person.active) throw new Refusal('org.inactive', { person: command.person })
      if (actor.person === command.person) throw new Refusal('org.own-appointment')
      if (!state.units.has(command.place) && !state.stores.has(command.place))
        throw new Refusal('org.unknown', { what: command.place })
      refuseMixedAdministrator(person, command.post, at)
      if (current(person, command.post, command.place, at) !== undefined) {
        throw new Refusal('org.already-there', { what: `${command.post} ${command.place}` })
      }
      return one('org.appointed', `person/${command.person}`, { post: command.post, place: command.place })
    }
    case 'org.end-appointment': {
      const person = personOf(state, command.person)
      if (current(person, command.post, command.place, at) === undefined) {
        throw new Refusal('org.appointment-unknown', { person: command.person })
      }
      refuseTooFewRoles(state.roles, actor.person)
      return one('org.appointment-ended', `person/${command.person}`, { post: command.post, place: command.place })
    }
    case 'org.issue-badge':
      personOf(state, command.person)
      if (state.badgeHolder !== null) throw new Refusal('org.badge-taken')
      return one('org.badge-issued', `person/${command.person}`, { badge: command.badge })
    case 'org.revoke-badge':
      if (state.badgeHolder !== command.person) throw new Refusal('org.unknown', { what: command.badge })
      refuseTooFewRoles(state.roles, actor.person)
      return one('org.badge-revoked', `person/${command.person}`, { badge: command.badge })
    case 'org.set-secret':
      personOf(state, command.person)
      return one('org.secret-set', `person/${command.person}`, { kind: command.kind })
    case 'org.change-secret':
      if (actor.person !== command.person) throw new Refusal('access.not-yours', { what: command.person })
      personOf(state, command.person)
      return one('org.secret-changed', `person/${command.person}`, { kind: command.kind })
    case 'org.deal-secret': {
      const person = personOf(state, command.person)
      if (!person.active) throw new Refusal('org.inactive', { person: command.person })
      if (appointmentsAt(person, at).length === 0) throw new Refusal('org.no-post-yet', { person: command.person })
      return one('org.secret-dealt', `person/${command.person}`, { kind: command.kind })
    }
    case 'org.erase-name':
      return eraseName(personOf(state, command.person), state.addresses, command)
    case 'org.erase-presence':
    case 'org.erase-papers':
      return eraseSaid(state.present, command, mint.id())
    case 'org.name-account':
      return nameAccount(unitOf(state, command.unit), command)
    case 'org.end-account':
      return endAccount(unitOf(state, command.unit), command)
    case 'org.set-upload':
      return setUpload(state, command)
    case 'org.stop-upload':
      return stopUpload(state)
    case 'org.vouch-badge':
      return vouchBadge(state, command, circumstances)
    case 'org.unlock': {
      const { unlocks } = personOf(state, command.person)
      const since = new Date(Date.parse(at) - MS_A_DAY).toISOString()
      if (actor.person !== SYSTEM && unlocks.filter((moment) => moment > since).length >= UNLOCKS_A_DAY)
        throw new Refusal('org.unlocked-often', { person: command.person, times: UNLOCKS_A_DAY })
      return one('org.sign-in-unlocked', `person/${command.person}`, {})
    }
    case 'org.set-second-factor':
      if (actor.person !== command.person) throw new Refusal('access.not-yours', { what: command.person })
      personOf(state, command.person)
      return one('org.second-factor-set', `person/${command.person}`, {})
    case 'org.reset-second-factor':
      if (actor.person === command.person) throw new Refusal('org.own-second-factor')
      if (personOf(state, command.person).secondFactor === undefined)
        throw new Refusal('org.no-second-factor', { person: command.person })
      return one('org.second-factor-reset', `person/${command.person}`, { reason: mint.seal(command.reason) })
    case 'org.link-provider': {
      if (actor.person !== command.person) throw new Refusal('access.not-yours', { what: command.person })
      const { issuer, account } = command
      if (personOf(state, command.person).provider !== undefined || state.providerHolder !== null)
        throw new Refusal('access.provider-other')
      return one('org.provider-linked', `person/${command.person}`, { issuer, account })
    }
    case 'org.forget-provider':
      if (actor.person === command.person) throw new Refusal('org.own-provider')
      if (personOf(state, command.person).provider === undefined)
        throw new Refusal('org.no-provider', { person: command.person })
      return one('org.provider-forgotten', `person/${command.person}`, { reason: mint.seal(command.reason) })
  }
}

/** Appointments that hold at a moment. A person who is not active holds none. */
export function appointmentsAt(person: Person, at: string): Appointment[] {
  return person.active ? appointmentsThen(person, at) : []
}

/** Appointments that held at a moment gone by, whether or not the person is active now: for what he signed then. */
export function appointmentsThen(person: Pick<Person, 'appointments'>, at: string): Appointment[] {
  return person.appointments
    .filter(({ from, to }) => from <= at && (to === null || at < to))
    .map(({ post, place }) => ({ post, place }))
}

function refuseMixedAdministrator(person: Person, post: Post, at: string): void {
  const others = appointmentsAt(person, at).map((held) => held.post)
  const mixes = isAdministrator(post) ? others.some((held) => held !== post) : others.some(isAdministrator)
  if (mixes) throw new Refusal('org.administrators-exclude')
}

/** One of the three administrators' posts (三员). */
export function isAdministrator(post: Post): boolean {
  return ADMINISTRATORS.some((one) => one === post)
}

function current(person: Person, post: Post, place: string, at: string): Appointment | undefined {
  return appointmentsAt(person, at).find((held) => held.post === post && held.place === place)
}

function unitOf(state: OrgState, unit: string): Unit {
  const found = state.units.get(unit)
  if (found === undefined) throw new Refusal('org.unknown', { what: unit })
  return found
}

function personOf(state: OrgState, person: string): Person {
  const found = state.people.get(person)
  if (found === undefined) throw new Refusal('org.unknown', { what: person })
  return found
}

function one(type: string, subject: string, body: Omit<FactDraft['body'], 'v'>): Decision {
  return { facts: [{ register: ORG_REGISTER, type, subject, body: { v: 1, ...body } }] }
}
