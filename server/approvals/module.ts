import { type Static, type TSchema, Type } from 'typebox'
import { loadStates } from '../ledger/project.ts'
import { type Command, type Decision, handler, type Module, type Post, projection } from '../module.ts'
import { Refusal } from '../refusal.ts'
import {
  type Approval,
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
import { approvals, lineageOf, openDeedsOf } from './store.ts'

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
type Loaded = DecideState & { readonly deed: unknown }

/** Who may ask for something, and take it back. */
const ASKING: readonly Post[] = ['officer', 'custodian', 'clerk', 'manager', 'approver', 'supervisor']

/** Approvals over the deeds that the modules hand in. */
export function approvalsModule(deeds: readonly Deed[]): Module {
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
      posts: ['approver'],
      registers: async (trx, command) => {
        const approval = await find(trx, command.approval, false)
        if (approval === undefined) return []
        const deed = deedOf(approval.deed)
        const more = verdict === 'granted' || deed.drop !== undefined ? await deed.registers(trx, approval.deed) : []
        return [approval.register, ...more]
      },
      load: async (trx, command, circumstances) => {
        const approval = await find(trx, command.approval, true)
        if (approval === undefined) return { approval, lineage: [], deed: null }
        const lineage = (await lineageOf(trx, [approval.unit])).get(approval.unit) ?? []
        const deed = deedOf(approval.deed)
        const looksAt = verdict === 'granted' || deed.drop !== undefined
        return { approval, lineage, deed: looksAt ? await deed.load(trx, approval.deed, circumstances) : null }
      },
      decide: (state, command, circumstances): Decision => {
        const { approval, fact } = conclude(state, command, verdict, circumstances)
        const deed = deedOf(approval.deed)
        const of = { approval: approval.id, requester: approval.requester, reason: approval.reason }
        const brought =
          verdict === 'granted'
            ? deed.grant(state.deed, approval.deed, of, circumstances)
            : (deed.drop?.(state.deed, approval.deed, { approval: approval.id, verdict }, circumstances) ?? [])
        return { facts: [fact, ...brought], result: { id: approval.id, state: verdict } }
      },
    })

  return {
    name: 'approvals',
    handlers: {
      'approvals.ask': handler<Ask, { readonly deed: unknown; readonly open: readonly DeedData[] }>({
        schema: askBody(deeds),
        posts: ASKING,
        registers: (trx, command) => deedOf(command.deed).registers(trx, command.deed),
        // What somebody asks at the same moment for the same thing waits for the same register, and is read after it.
        load: async (trx, command, circumstances) => ({
          deed: await deedOf(command.deed).load(trx, command.deed, circumstances),
          open: await openDeedsOf(trx, circumstances.actor.person, circumstances.at),
        }),
        decide: (state, command, circumstances) => {
          const where = deedOf(command.deed).ask(state.deed, command.deed, circumstances)
          mustBeNew(state.open, command.deed)
          return ask(where, command, circumstances)
        },
      }),
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
    projections: [projection(approvals)],
  }
}
