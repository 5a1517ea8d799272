import type { Trx } from '../../database/connect.ts'
import { loadStates } from '../../ledger/project.ts'
import { type Handler, handler, SYSTEM } from '../../module.ts'
import { storeRegister } from '../custody.ts'
import { openings } from '../projections.ts'
import { schemas } from '../schemas.ts'
import { type LockState, type Opening, openLock, settleLock } from './locks.ts'
import { lookAtLocks } from './reads.ts'
import type { OpenLock, SettleLock } from './schemas.ts'

async function registerOfOpening(trx: Trx, opening: string): Promise<string[]> {
  const found = await trx.selectFrom('lock_openings').select('store').where('id', '=', opening).execute()
  return found.map(({ store }) => storeRegister(store))
}

/** 双人双锁. No route leads here: it is done at a bench, with the badges and PINs of two. */
export const lockHandlers: Readonly<Record<string, Handler>> = {
  'custody.open-lock': handler<OpenLock, LockState>({
    schema: schemas['custody.open-lock'],
    posts: ['custodian'],
    registers: async (_trx, { store }) => [storeRegister(store)],
    load: (trx, { store }, { with: signers, at }) => lookAtLocks(trx, store, signers, at),
    decide: openLock,
  }),
  'custody.settle-lock': handler<SettleLock, Opening | null>({
    schema: schemas['custody.settle-lock'],
    posts: [SYSTEM],
    registers: (trx, { opening }) => registerOfOpening(trx, opening),
    load: async (trx, { opening }) => (await loadStates(trx, openings, [opening], { lock: true })).get(opening) ?? null,
    decide: settleLock,
  }),
}
