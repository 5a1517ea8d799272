import { type Static, type TSchema, Type } from 'typebox'
import { loadStates } from '../ledger/project.ts'
import { type Command, type Decision, handler, type Module, projection } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { type Approval, ask, conclude, type Deed, type DeedData, type DecideState, mustBeNew } from './approvals.ts'
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

const decisionOf = Type.Object({ approval: uuid, ...decisionBody.properties }, exactly)

type Ask = Command & { readonly deed: DeedData; readonly reason: string }
type Conclude = Command & Static<typeof decisionOf>
type Loaded = DecideState & { readonly deed: unknown }

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
        const more = verdict === 'granted' ? await deedOf(approval.deed).registers(trx, approval.deed) : []
        return [approval.register, ...more]
      },
      load: async (trx, command, circumstances) => {
        const approval = await find(trx, command.approval, true)
        if (approval === undefined) return { approval, lineage: [], deed: null }
        const lineage = (await lineageOf(trx, [approval.unit])).get(approval.unit) ?? []
        const deed = verdict === 'granted' ? await deedOf(approval.deed).load(trx, approval.deed, circumstances) : null
        return { approval, lineage, deed }
      },
      decide: (state, command, circumstances): Decision => {
        const { approval, fact } = conclude(state, command, verdict, circumstances)
        const of = { approval: approval.id, requester: approval.requester }
        const brought =
          verdict === 'granted' ? deedOf(approval.deed).grant(state.deed, approval.deed, of, circumstances) : []
        return { facts: [fact, ...brought], result: { id: approval.id, state: verdict } }
      },
    })

  return {
    name: 'approvals',
    handlers: {
      'approvals.ask': handler<Ask, { readonly deed: unknown; readonly open: readonly DeedData[] }>({
        schema: askBody(deeds),
        posts: ['officer', 'custodian', 'clerk', 'manager', 'approver'],
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
    },
    projections: [projection(approvals)],
  }
}
