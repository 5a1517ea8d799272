import { type Static, type TSchema, Type } from 'typebox'
import { loadStates } from '../ledger/project.ts'
import {
  type Actor,
  type Circumstances,
  type Command,
  type Decision,
  type FactDraft,
  handler,
  type Mint,
  type Module,
  type Post,
  projection,
} from '../module.ts'
import { Refusal } from '../refusal.ts'
import {
  type Approval,
  type ApprovalLevel,
  ask,
  conclude,
  type Deed,
  type DeedData,
  type DecideState,
  mustBeNew,
  withdraw,
} from './approvals.ts'
import type { Trx } from '../database/connect.ts'
import { exactly, text, uuid } from '../schemas.ts'
import { absentFor, delegationHandlers, delegations } from './delegations.ts'
import { aboveOf, approvals, barredBy, openDeedsOf, unitsUnderCities, withoutPart } from './store.ts'

/** The opinion of whoever decides. */
export const decisionBody = Type.Object({ opinion: Type.Optional(text(500)) }, exactly)

/** What is asked, and why. */
export function askBody(deeds: readonly Deed[]) {
  return Type.Object(
    {
      deed: Type.Union(deeds.map((one) => one.schema)),
      reason: text(500),
    },
    exactly,
  )
}

const withdrawalOf = Type.Object({ approval: uuid }, exactly)
const decisionOf = Type.Object({ approval: uuid, ...decisionBody.properties }, exactly)

type Ask = Command & { readonly deed: DeedData; readonly reason: string }
type Conclude = Command & Static<typeof decisionOf>
type Withdraw = Command & Static<typeof withdrawalOf>
/** What asking looks at. */
interface AskState {
  readonly deed: unknown
  readonly levels: readonly ApprovalLevel[]
  readonly open: readonly DeedData[]
  /** Units that are, or lie below, an organ of a city or above; read only where one of these must agree. */
  readonly underCity: ReadonlySet<string>
}
type Loaded = DecideState & {
  readonly deed: unknown
  /** Of who decides and those he stands in for, whoever has no part in the request. */
  readonly aside: ReadonlySet<string>
}

/** Who may ask for something, and take it back. */
const ASKING: readonly Post[] = ['officer', 'custodian', 'clerk', 'manager', 'approver', 'supervisor']

/** Posts that an approver's deputy may hold; whose decision it is, is decided over the request. */
const DECIDING: readonly Post[] = ASKING

function withLent(actor: Actor, standsFor: Actor | null): Actor {
  const lent = standsFor?.appointments.filter(({ post }) => post === 'approver') ?? []
  return { ...actor, appointments: [...actor.appointments, ...lent] }
}

/** For looking whether somebody could grant something: nothing of it is written. */
const NOTHING: Mint = { id: () => '', epc: () => '', seed: () => '', seal: () => ({ ref: '', commitment: '' }) }

/** What something is refused with; null where it is not. */
function refusedBy(run: () => unknown): Refusal | null {
  try {
    run()
    return null
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** Approvals over the deeds that the modules hand in. */
export function approvalsModule(deeds: readonly Deed[]): Module {
  const barred = barredBy(deeds)
  const deedOf = (data: DeedData): Deed => {
    const found = deeds.find(({ command }) => command === data.command)
    if (found === undefined) throw new Refusal('request.invalid', { what: `deed ${data.command}` })
    return found
  }
  const find = async (trx: Trx, id: string, lock: boolean): Promise<Approval | undefined> =>
    (await loadStates(trx, approvals, [id], { lock })).get(id) ?? undefined

  const concluding = (verdict: 'granted' | 'refused') =>
    handler<Conclude, Loaded>({
      schema: decisionOf satisfies TSchema,
      posts: DECIDING,
      registers: async (trx, command) => {
        const approval = await find(trx, command.approval, false)
        if (approval === undefined) return []
        const deed = deedOf(approval.deed)
        const more = verdict === 'granted' || deed.drop !== undefined ? await deed.registers(trx, approval.deed) : []
        return [approval.register, ...more]
      },
      load: async (trx, command, circumstances) => {
        const approval = await find(trx, command.approval, true)
        if (approval === undefined)
          return { approval, lineage: [], cityOrgans: [], absent: [], aside: new Set<string>(), deed: null }
        const above = (await aboveOf(trx, [approval.unit]))(approval.unit)
        const deed = deedOf(approval.deed)
        const looksAt = verdict === 'granted' || deed.drop !== undefined
        const absent = await absentFor(trx, circumstances.actor.person, approval.deed.command, circumstances.at)
        const aside = new Set<string>()
        for (const { person } of [circumstances.actor, ...absent])
          if ((await withoutPart(trx, barred, person, [approval.id])).has(approval.id)) aside.add(person)
        const loaded = looksAt ? await deed.load(trx, approval.deed, circumstances) : null
        return { approval, ...above, absent, aside, deed: loaded }
      },
      decide: (state, command, circumstances): Decision => {
        const asked = state.approval
        const tries = (by: Circumstances): readonly FactDraft[] => {
          if (asked === undefined) return []
          const deed = deedOf(asked.deed)
          if (verdict === 'refused')
            return deed.drop?.(state.deed, asked.deed, { approval: asked.id, verdict: 'refused' }, by) ?? []
          const of = { approval: asked.id, requester: asked.requester, reason: asked.reason }
          return deed.grant(state.deed, asked.deed, of, by)
        }
        // What its subject refuses is told in the words of that; to refuse a request is to have a part in it as well.
        const mustHaveAPart = ({ person }: Actor): void => {
          if (state.aside.has(person)) throw new Refusal('access.not-yours', { what: command.approval })
        }
        const triesAs = (by: Actor): void => {
          tries({ ...circumstances, actor: by, mint: NOTHING })
          mustHaveAPart(by)
        }
        const { approval, fact, isLast, standsFor } = conclude(state, command, verdict, circumstances, (principal) =>
          refusedBy(() => triesAs(principal)),
        )
        // Whoever stands in decides by the post that is lent to him; both of them are apart from the matter.
        const acting = { ...circumstances, actor: withLent(circumstances.actor, standsFor) }
        if (standsFor !== null) triesAs(standsFor)
        if (!isLast) {
          triesAs(acting.actor)
          return { facts: [fact], result: { id: approval.id, state: 'passed' } }
        }
        const brought = tries(verdict === 'granted' ? acting : circumstances)
        mustHaveAPart(acting.actor)
        return { facts: [fact, ...brought], result: { id: approval.id, state: verdict } }
      },
    })

  return {
    name: 'approvals',
    handlers: {
      'approvals.ask': handler<Ask, AskState>({
        schema: askBody(deeds),
        posts: ASKING,
        registers: (trx, command) => deedOf(command.deed).registers(trx, command.deed),
        // What somebody asks at the same moment for the same thing waits for the same register, and is read after it.
        load: async (trx, command, circumstances) => {
          const looksAt = await deedOf(command.deed).load(trx, command.deed, circumstances)
          const levels = deedOf(command.deed).levels?.(looksAt, command.deed) ?? []
          return {
            ...{ deed: looksAt, levels },
            open: await openDeedsOf(trx, circumstances.actor.person, circumstances.at),
            underCity: levels.includes('city') ? await unitsUnderCities(trx) : new Set<string>(),
          }
        },
        decide: (state, command, circumstances) => {
          const deed = deedOf(command.deed)
          const where = deed.ask(state.deed, command.deed, circumstances)
          mustBeNew(state.open, command.deed)
          if (state.levels.includes('city') && !state.underCity.has(where.unit))
            throw new Refusal('approvals.no-city-organ', { unit: where.unit })
          return ask(where, command, circumstances, state.levels)
        },
      }),
      ...delegationHandlers,
      'approvals.grant': concluding('granted'),
      'approvals.refuse': concluding('refused'),
      'approvals.withdraw': handler<Withdraw, Pick<Loaded, 'approval' | 'deed'>>({
        schema: withdrawalOf,
        posts: ASKING,
        registers: async (trx, command) => {
          const approval = await find(trx, command.approval, false)
          if (approval === undefined) return []
          return [approval.register, ...(await deedOf(approval.deed).registers(trx, approval.deed))]
        },
        load: async (trx, command, circumstances) => {
          const approval = await find(trx, command.approval, true)
          if (approval === undefined) return { approval, deed: null }
          const deed = deedOf(approval.deed)
          const looksAt = deed.drop !== undefined || deed.askedFor !== undefined
          return { approval, deed: looksAt ? await deed.load(trx, approval.deed, circumstances) : null }
        },
        decide: (state, command, circumstances): Decision => {
          const deed = state.approval === undefined ? undefined : deedOf(state.approval.deed)
          const asker = deed?.askedFor?.(state.deed, state.approval?.deed ?? { command: '' }) ?? null
          const { approval, fact } = withdraw(state.approval, command, asker, circumstances)
          const of = { approval: approval.id, verdict: 'withdrawn' } as const
          const brought = deed?.drop?.(state.deed, approval.deed, of, circumstances) ?? []
          return { facts: [fact, ...brought], result: { id: approval.id, state: 'withdrawn' } }
        },
      }),
    },
    projections: [projection(approvals), projection(delegations)],
  }
}
