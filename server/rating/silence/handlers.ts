import { loadStates } from '../../ledger/project.ts'
import { type Handler, handler, SYSTEM } from '../../module.ts'
import { silences } from '../projections.ts'
import { hallRegister } from '../rating.ts'
import { type NoteSilence, type RuleSilence, silenceSchemas } from './schemas.ts'
import { type CounterSilence, noteSilence, ruleSilence, silenceId } from './silence.ts'
import '../../org/tables.ts'

/** When silence of a counter is told, and that it is. */
export const silenceHandlers: Readonly<Record<string, Handler>> = {
  'rating.rule-silence': handler<RuleSilence, { readonly hallKnown: boolean }>({
    schema: silenceSchemas['rating.rule-silence'],
    posts: ['manager'],
    registers: async (_trx, { hall }) => [hallRegister(hall)],
    load: async (trx, { hall }) => {
      const unit = await trx.selectFrom('units').select('kind').where('id', '=', hall).executeTakeFirst()
      return { hallKnown: unit?.kind === 'hall' }
    },
    decide: ruleSilence,
  }),
  'rating.note-silence': handler<NoteSilence, { readonly silence: CounterSilence | null }>({
    schema: silenceSchemas['rating.note-silence'],
    posts: [SYSTEM],
    registers: async (_trx, { hall }) => [hallRegister(hall)],
    load: async (trx, { counter, what, device }) => {
      const id = silenceId(counter, what, device)
      return { silence: (await loadStates(trx, silences, [id], { lock: true })).get(id) ?? null }
    },
    decide: noteSilence,
  }),
}
