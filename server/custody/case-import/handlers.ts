import { handler, type Handler } from '../../module.ts'
import { unitRegister } from '../custody.ts'
import { type OpenCases, schemas } from '../schemas.ts'
import { openCases, type OpenCasesState } from './opening.ts'
import { loadOpenCases } from './store.ts'

/** Cases that come from a table. */
export const caseImportHandlers: Readonly<Record<string, Handler>> = {
  'custody.open-cases': handler<OpenCases, OpenCasesState>({
    schema: schemas['custody.open-cases'],
    posts: ['officer'],
    registers: async (_trx, { cases }) => [...new Set(cases.map(({ unit }) => unitRegister(unit)))],
    load: (trx, { cases }, circumstances) => loadOpenCases(trx, cases, circumstances),
    decide: openCases,
  }),
}
