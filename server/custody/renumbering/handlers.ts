import { sql } from 'kysely'
import { handler, type Handler, type Reader } from '../../module.ts'
import type { Case } from '../cases/cases.ts'
import { holdNumber } from '../cases/store.ts'
import { unitRegister } from '../custody.ts'
import { loadCaseScene } from '../disposal/store.ts'
import { noNames } from '../in-clear/in-clear.ts'
import { loadCaseNames } from '../in-clear/store.ts'
import { loadSigners } from '../people/signers.ts'
import { emptyScene } from '../scene.ts'
import '../tables.ts'
import { renumberCase, type RenumberScene } from './renumbering.ts'
import { type RenumberCase, renumberingSchemas } from './schemas.ts'

/** By what number a case goes. */
export const renumberingHandlers: Readonly<Record<string, Handler>> = {
  'custody.renumber-case': handler<RenumberCase, RenumberScene>({
    schema: renumberingSchemas['custody.renumber-case'],
    posts: ['officer'],
    registers: async (trx, command) => {
      const found = await trx.selectFrom('cases').select('unit').where('id', '=', command.case).execute()
      return found.map(({ unit }) => unitRegister(unit))
    },
    load: async (trx, command, circumstances) => {
      const scene = await loadCaseScene(trx, command.case, circumstances)
      const of = scene.cases.get(command.case)
      return {
        ...{ ...emptyScene, ...scene },
        signers: await loadSigners(trx, circumstances.with, circumstances.at),
        holder: await holdNumber(trx, command.number),
        told: await lastNumbering(trx, command.case),
        names: of === undefined ? noNames : await loadCaseNames(trx, of),
      }
    },
    decide: renumberCase,
  }),
}

/** The entry that gave a case the number it goes by. */
async function lastNumbering(db: Reader, number: Case['number']): Promise<RenumberScene['told']> {
  const found = await sql<RenumberScene['told']>`
    select register, seq, encode(hash, 'hex') as hash from entries
    where subject = ${`case/${number}`} and type in ('custody.case-opened', 'custody.case-renumbered')
    order by n desc limit 1
  `.execute(db)
  return found.rows[0] ?? { register: '', seq: 0, hash: '' }
}
