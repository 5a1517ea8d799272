import { handler, type Handler } from '../../module.ts'
import { unitRegister } from '../custody.ts'
import { booksOf } from './reads.ts'
import { type Books, reconcileAccount } from './reconciling.ts'
import { type ReconcileAccount, reconcilingSchemas } from './schemas.ts'

/** The special account beside the bank's own word. */
export const reconcilingHandlers: Readonly<Record<string, Handler>> = {
  'custody.reconcile-account': handler<ReconcileAccount, { readonly books: Books }>({
    schema: reconcilingSchemas['custody.reconcile-account'],
    posts: ['manager'],
    registers: async (_trx, { unit }) => [unitRegister(unit)],
    load: async (trx, command) => ({ books: await booksOf(trx, command) }),
    decide: reconcileAccount,
  }),
}
