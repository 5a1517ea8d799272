import type { Trx } from '../../database/connect.ts'
import '../../files/tables.ts'
import { loadStates } from '../../ledger/project.ts'
import { type Actor, handler, type Handler } from '../../module.ts'
import type { Case } from '../cases/cases.ts'
import { unitRegister } from '../custody.ts'
import { seesIssued } from '../papers/issuing.ts'
import type { Paper } from '../papers/papers.ts'
import { cases, papers } from '../projections.ts'
import { sightOf } from '../sight/sight.ts'
import '../tables.ts'
import { type ServePaper, serviceSchemas } from './schemas.ts'
import { servePaper, type ServiceScene } from './service.ts'

/** That papers were served. */
export const serviceHandlers: Readonly<Record<string, Handler>> = {
  'custody.serve-paper': handler<ServePaper, ServiceScene>({
    schema: serviceSchemas['custody.serve-paper'],
    posts: ['officer', 'custodian'],
    registers: async (trx, { paper }) => {
      const found = await trx.selectFrom('papers').select('unit').where('id', '=', paper).execute()
      return found.map(({ unit }) => unitRegister(unit))
    },
    load: (trx, command, { actor, at }) => loadService(trx, command, actor, at),
    decide: servePaper,
  }),
}

async function loadService(trx: Trx, { paper: id, scan }: ServePaper, actor: Actor, at: string): Promise<ServiceScene> {
  const paper = ((await loadStates(trx, papers, [id], { lock: true })) as Map<string, Paper>).get(id)
  const reader = { actor, sight: await sightOf(trx, actor, at) }
  if (paper === undefined || paper.cases.length === 0 || !seesIssued(reader, paper))
    return { paper: null, cases: [], hasScan: false }
  const of = (await loadStates(trx, cases, paper.cases)) as Map<string, Case>
  const kept =
    scan === undefined ? [] : await trx.selectFrom('files').select('sha256').where('sha256', '=', scan).execute()
  return { paper, cases: [...of.values()], hasScan: kept.length > 0 }
}
