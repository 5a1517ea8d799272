import { randomBytes } from 'node:crypto'
import { Value } from 'typebox/value'
import { claimCause, earlierAnswer, fingerprintOf, rememberAnswer } from './causes.ts'
import { type Db, inTransaction, type Trx } from './database/connect.ts'
import { append, lockRegisters } from './ledger/append.ts'
import type { HashName } from './ledger/entry.ts'
import type { Announce } from './outbox/calls.ts'
import { contentKeyOf } from './ledger/content-key.ts'
import { erasePersonal, insertPersonal, type PersonalContent, sealPersonal } from './ledger/personal.ts'
import { applyFacts } from './ledger/project.ts'
import {
  type Actor,
  type Command,
  type FactDraft,
  type Json,
  type JsonObject,
  type Mint,
  type Module,
  SYSTEM,
} from './module.ts'
import { loadActor } from './access/actor.ts'
import { newId } from './id.ts'
import { tellingFault } from './invalid-words.ts'
import { Invalid, Refusal } from './refusal.ts'
import { newTagIdentity } from './tag-identity.ts'

const SEED_BYTES = 32

/** Who acts. The person must have been authenticated; `with` names others who signed with their own badge and PIN. */
export interface Who {
  readonly person: string
  readonly with?: readonly string[]
  readonly station?: { readonly id: string; readonly place: string } | null
}

export interface ActOptions {
  /** Reading id, request key, `deadline:17:red`: the same cause by the same actor has one effect. */
  readonly cause: string
  /** When it happened. When absent: the moment its registers are ours, so that two acts that wait for each other keep their order. */
  readonly at?: string
}

export interface FactReference {
  readonly register: string
  readonly seq: number
  readonly type: string
  readonly hash: string
}

export interface Answer {
  readonly facts: readonly FactReference[]
  readonly result: JsonObject
  /** The earlier answer of the same cause: nothing was done this time. */
  readonly repeated?: true
}

export type Act = <C extends Command>(who: Who, command: C, options: ActOptions) => Promise<Answer>

/** Acts inside a transaction that somebody else holds: how granting an approval runs the deed that was asked for. */
export type ActWithin = <C extends Command>(trx: Trx, who: Who, command: C, options: ActOptions) => Promise<Answer>

export interface DoorDependencies {
  readonly db: Db
  readonly modules: readonly Module[]
  /** The installation's pepper, which stands outside the database: keeps what was asked under a cause from being guessed, and seals personal content. */
  readonly causeKey: Uint8Array
  /** For registers that are yet to be opened. */
  readonly hash: HashName
  /** Lent to the house by GS1, for the tags of new items; null or absent where there is none. */
  readonly companyPrefix?: string | null
  /** Writes down whom an act calls to the program; absent where nothing leaves the house. */
  readonly announce?: Announce
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
}

export interface Door {
  readonly act: Act
  readonly actWithin: ActWithin
}

/**
 * The one door: the only way anything changes. In one transaction it takes the registers' heads, returns the earlier answer of the same
 * cause, asks whether this person in this post may, loads and locks the state, decides, appends the facts, changes the read tables,
 * announces and commits. The commit is the commit point: when `act` resolves it has happened, when it rejects with a `Refusal` nothing
 * was written.
 * @throws Refusal — also `request.key-reused` (same cause, other command) and `request.in-progress` (it still runs).
 */
export function openDoor({ db, modules, causeKey, hash, companyPrefix = null, announce, now }: DoorDependencies): Door {
  const handlers = new Map(modules.flatMap((module) => Object.entries(module.handlers)))
  const projections = modules.flatMap((module) => module.projections)
  const contentKey = contentKeyOf(causeKey)

  const actWithin: ActWithin = async (trx, who, command, { cause, at: given }) => {
    const handler = handlers.get(command.type)
    if (handler === undefined) throw new Refusal('request.not-found', { what: command.type })
    const { type: _, ...body } = command
    if (!Value.Check(handler.schema, body)) throw new Invalid(tellingFault(Value.Errors(handler.schema, body)))
    const fingerprint = fingerprintOf(causeKey, askedIn(command, who.with ?? []))
    const asked_at = given ?? now()
    const before = await loadActor(trx, who.person, asked_at)
    await claimCause(trx, who.person, cause)
    const earlier = await earlierAnswer<Answer>(trx, who.person, cause, fingerprint)
    if (earlier !== null) return { ...earlier, repeated: true }
    mustHoldPost(before, handler.posts)
    const registers = await handler.registers(trx, command, before)
    await lockRegisters(trx, registers)
    const at = given ?? now()
    // Whoever waited for a register may have lost his post meanwhile.
    const actor = await loadActor(trx, who.person, at)
    mustHoldPost(actor, handler.posts)
    const personal: PersonalContent[] = []
    const circumstances = {
      actor,
      with: who.with ?? [],
      station: who.station ?? null,
      at,
      mint: minting(personal, companyPrefix),
    }
    const state = await handler.load(trx, command, circumstances)
    const { facts: drafts, result = {}, happenedAt = at } = handler.decide(state, command, circumstances)
    if (happenedAt > at) throw new Error(`${command.type} at ${happenedAt} has not happened yet`)
    mustBeLocked(drafts, registers)
    await insertPersonal(trx, personal, contentKey)
    const provenance = {
      actor: who.person,
      with: circumstances.with,
      station: circumstances.station?.id ?? null,
      cause,
      at: happenedAt,
      recordedAt: now(),
    }
    const facts = await append(trx, drafts, provenance, hash)
    await erasePersonal(trx, facts)
    await applyFacts(trx, projections, facts)
    await announce?.(trx, facts)
    const answer: Answer = {
      facts: facts.map((fact) => ({ register: fact.register, seq: fact.seq, type: fact.type, hash: fact.hash })),
      result,
    }
    return rememberAnswer(trx, who.person, cause, fingerprint, answer)
  }

  const act: Act = (who, command, options) => inTransaction(db, (trx) => actWithin(trx, who, command, options))

  return { act, actWithin }
}

/** What was asked, and who signed for it: another signature is another request. */
function askedIn(command: Command, signers: readonly string[]): Json {
  return { command: { ...command }, with: [...signers].sort() } as unknown as Json
}

/** Which registers an act writes was asked before they were locked; when that changed meanwhile, the whole act runs again. */
class RegistersChanged extends Error {
  /** PostgreSQL's serialization failure: the transaction is tried again. */
  readonly code = '40001'
}

function mustBeLocked(drafts: readonly FactDraft[], registers: readonly string[]): void {
  const stray = drafts.find(({ register }) => !registers.includes(register))
  if (stray !== undefined)
    throw new RegistersChanged(`${stray.type} wants register ${stray.register}, which is not locked`)
}

function mustHoldPost(actor: Actor, posts: readonly string[]): void {
  const holds =
    actor.person === SYSTEM ? posts.includes(SYSTEM) : actor.appointments.some(({ post }) => posts.includes(post))
  if (!holds) throw new Refusal('access.no-post', { posts: posts.join(', ') })
}

function minting(personal: PersonalContent[], companyPrefix: string | null): Mint {
  return {
    id: newId,
    epc: (item) => newTagIdentity(item, companyPrefix),
    seed: () => randomBytes(SEED_BYTES).toString('hex'),
    seal: (content, numbers) => {
      const { sealed, personal: one } = sealPersonal(newId(), content, numbers)
      personal.push(one)
      return sealed
    },
  }
}
