import type { Actor, Circumstances, Decision, Fact, Sealed } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { custodyFact, draft, storeRegister } from '../custody.ts'
import { mustFitPaper } from '../papers/drawable.ts'
import type { KeptThen } from './facts.ts'
import { rules } from '../rules.ts'
import type { HandOverPost } from './schemas.ts'
import { holdsPost, holdsSomewhere, mustDiffer, mustKeep } from '../separation.ts'
import type { Stocktake } from '../stocktake/stocktake.ts'

/** One hand-over of the post, and the entry of the store's register from which it holds. */
export type PostHandOver = {
  readonly from: string
  readonly to: string
  readonly witness: string
  readonly stocktake: string
  readonly kept: KeptThen
  readonly statement: Sealed
  readonly at: string
  readonly position: { readonly register: string; readonly seq: number }
}

/** Who answers for a store in person, one after another: each begins at the very moment the one before ends. */
export type Keeping = {
  readonly store: string
  readonly keepers: readonly { readonly person: string; readonly from: string; readonly to: string | null }[]
  readonly handOvers: readonly PostHandOver[]
}

/**
 * What one more fact makes of who answers for a store: at the moment of the fact one ends and the other begins, so that no instant is nobody's
 * or two people's.
 */
export function evolveKeeping(keeping: Keeping | null, raw: Fact): Keeping | null {
  const fact = custodyFact(raw)
  if (fact.type !== 'custody.post-handed-over') return keeping
  const { store, from, to, witness, stocktake, kept, statement } = fact.body
  const { at, register, seq } = fact
  const ended = (keeping?.keepers ?? []).map((one) => (one.to === null ? { ...one, to: at } : one))
  return {
    store,
    keepers: [...ended, { person: to, from: at, to: null }],
    handOvers: [
      ...(keeping?.handOvers ?? []),
      { from, to, witness, stocktake, kept, statement, at, position: { register, seq } },
    ],
  }
}

/** Who answers for the store now; null while nobody was ever named. */
export function presentKeeper(keeping: Keeping | null): string | null {
  return keeping?.keepers.at(-1)?.person ?? null
}

/** What handing over a post looks at. */
export interface HandOverState {
  readonly keeping: Keeping | null
  /** The department that keeps the store; null where there is no such store. */
  readonly unit: string | null
  readonly stocktake: Stocktake | null
  /** Who has walked, recounted, or signed the close of that stock-take. */
  readonly counted: ReadonlySet<string>
  readonly kept: KeptThen
  /** Those who signed beside who acts, with the posts they hold. */
  readonly signers: ReadonlyMap<string, Actor>
  /** Whoever answers for the store now, if he is active still. */
  readonly keeper: Actor | null
}

const MS_PER_DAY = 86_400_000

/**
 * 岗位交接: a custodian hands his post to another one of the store, before a witness, after they have counted together. From this entry of the
 * store's register on the other one answers for all that it holds: one fact, however many items. Where the custodian is gone, the head of the
 * keeping department hands over in his place.
 * @throws Refusal `custody.not-the-keeper`, `custody.post-taker`, `custody.post-witness`, `custody.post-count`, `custody.post-counted-alone`
 */
export function handOverPost(state: HandOverState, command: HandOverPost, circumstances: Circumstances): Decision {
  const { store, to } = command
  const { actor, at, mint } = circumstances
  const { unit, signers } = state
  if (unit === null) throw new Refusal('custody.unknown-store', { store })
  mustFitPaper({ 交接说明: { en: 'Statement', text: command.statement } })
  const from = leaverOf(state, store, unit, circumstances)
  mustDiffer(to, { custodian: from })
  const taker = signers.get(to)
  if (taker === undefined || !holdsPost(taker, 'custodian', store))
    throw new Refusal('custody.post-taker', { person: to })
  const witness = [...signers.values()].find(
    (one) => one.person !== to && one.person !== from && !holdsPost(one, 'custodian', store) && mayWitness(one, unit),
  )
  if (witness === undefined) throw new Refusal('custody.post-witness')
  const stocktake = countedTogether(state, store, { from, to, leaves: from === actor.person }, at)
  return {
    facts: [
      draft(storeRegister(store), 'custody.post-handed-over', `keeping/${store}`, {
        ...{ store, from, to, witness: witness.person, stocktake: stocktake.code, kept: state.kept },
        statement: mint.seal(command.statement),
      }),
    ],
  }
}

/** Who gives the post up: who has it; before anybody had, the custodian who acts; where its holder keeps the store no more, his head acts. */
function leaverOf({ keeping, keeper }: HandOverState, store: string, unit: string, act: Circumstances): string {
  const { actor } = act
  const present = presentKeeper(keeping)
  const isGone = present !== null && (keeper === null || !holdsPost(keeper, 'custodian', store))
  if (isGone && isHead(actor, unit)) return present
  mustKeep(act, store)
  if (present !== null && present !== actor.person) throw new Refusal('custody.not-the-keeper', { person: present })
  return actor.person
}

function isHead(actor: Actor, unit: string): boolean {
  return rules.head_posts.value.some((post) => holdsPost(actor, post, unit))
}

function mayWitness(actor: Actor, unit: string): boolean {
  return isHead(actor, unit) || holdsSomewhere(actor, 'supervisor')
}

/** A stock-take of the whole store or drawn from all of it, closed a short while ago, in which both took part. */
function countedTogether(
  { stocktake, counted }: HandOverState,
  store: string,
  { from, to, leaves }: { readonly from: string; readonly to: string; readonly leaves: boolean },
  at: string,
): Stocktake {
  const { value: days } = rules.post_count_days
  const since = new Date(Date.parse(at) - days * MS_PER_DAY).toISOString()
  const closedAt = stocktake?.closed?.at ?? ''
  if (stocktake === null || stocktake.store !== store || stocktake.scope.kind !== 'store' || closedAt < since)
    throw new Refusal('custody.post-count', { days })
  // Who is gone has counted nothing; his head answers for that.
  const absent = [to, ...(leaves ? [from] : [])].find((person) => !counted.has(person))
  if (absent !== undefined) throw new Refusal('custody.post-counted-alone', { person: absent })
  return stocktake
}
