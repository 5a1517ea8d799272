import { readPersonal } from '../../ledger/personal.ts'
import { type Circumstances, handler, type Handler, type Reader } from '../../module.ts'
import { unitRegister } from '../custody.ts'
import { loadRegister } from '../intake/store.ts'
import { rules } from '../rules.ts'
import '../tables.ts'
import { acceptInbound, type AcceptState, registrationOf } from './accept.ts'
import { type AcceptInbound, acceptSchemas } from './accept-schemas.ts'
import { checkInbound, type InboundState, listInbound, type ListState, settleInbound } from './inbound.ts'
import { refsOfInbound } from './reads.ts'
import {
  type CheckInbound,
  inboundSchemas,
  type ListInbound,
  type SettleInbound,
  type WithdrawInbound,
} from './schemas.ts'
import { withdrawInbound } from './withdrawing.ts'
import { loadInbound, loadListing, stateOf } from './store.ts'

async function registersOf(trx: Reader, { inbound }: { readonly inbound: string }): Promise<string[]> {
  const found = await trx.selectFrom('inbounds').select('unit').where('id', '=', inbound).execute()
  return found.map(({ unit }) => unitRegister(unit))
}

const over = async (trx: Reader, { inbound: id }: { readonly inbound: string }, asking: Circumstances) => {
  const inbound = await loadInbound(trx, id)
  return stateOf(trx, inbound?.case ?? '', inbound, asking)
}

/** 接收核对: the list is entered, checked, settled and accepted, or withdrawn. */
export const inboundHandlers: Readonly<Record<string, Handler>> = {
  'custody.list-inbound': handler<ListInbound, ListState>({
    schema: inboundSchemas['custody.list-inbound'],
    posts: ['officer'],
    registers: async (trx, command) => {
      const found = await trx.selectFrom('cases').select('unit').where('id', '=', command.case).execute()
      return found.map(({ unit }) => unitRegister(unit))
    },
    load: (trx, command, asking) => loadListing(trx, command.case, asking),
    decide: listInbound,
  }),
  'custody.check-inbound': handler<CheckInbound, InboundState>({
    ...{ schema: inboundSchemas['custody.check-inbound'], posts: ['officer'] },
    ...{ registers: registersOf, load: over, decide: checkInbound },
  }),
  'custody.settle-inbound': handler<SettleInbound, InboundState>({
    ...{ schema: inboundSchemas['custody.settle-inbound'], posts: ['officer'] },
    ...{ registers: registersOf, load: over, decide: settleInbound },
  }),
  'custody.withdraw-inbound': handler<WithdrawInbound, InboundState>({
    ...{ schema: inboundSchemas['custody.withdraw-inbound'], posts: ['officer', ...rules.head_posts.value] },
    ...{ registers: registersOf, load: over, decide: withdrawInbound },
  }),
  'custody.accept-inbound': handler<AcceptInbound, AcceptState>({
    ...{ schema: acceptSchemas['custody.accept-inbound'], posts: ['officer'], registers: registersOf },
    load: async (trx, command, asking) => {
      const inbound = await loadInbound(trx, command.inbound)
      const contents = inbound === null ? new Map() : await readPersonal(trx, refsOfInbound(inbound))
      const items = inbound === null ? [] : registrationOf(inbound, command, contents).items
      return { ...(await loadRegister(trx, { case: inbound?.case ?? '', items }, asking)), inbound, contents }
    },
    decide: acceptInbound,
  }),
}
