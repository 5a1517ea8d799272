import type { Trx } from '../../database/connect.ts'
import '../../files/tables.ts'
import { loadStates } from '../../ledger/project.ts'
import { type Actor, handler, type Handler } from '../../module.ts'
import type { Case } from '../cases/cases.ts'
import { unitRegister } from '../custody.ts'
import { erasedAmong } from '../papers/archived.ts'
import { seesIssued } from '../papers/issuing.ts'
import type { Paper } from '../papers/papers.ts'
import { cases, papers } from '../projections.ts'
import { sightOf } from '../sight/sight.ts'
import '../tables.ts'
import { attachScan, type ScanScene } from './scanning.ts'
import { type AttachScan, scanSchemas } from './schemas.ts'

/** Signed sheets that are attached to papers. */
export const scanHandlers: Readonly<Record<string, Handler>> = {
  'custody.attach-scan': handler<AttachScan, ScanScene>({
    schema: scanSchemas['custody.attach-scan'],
    posts: ['officer', 'custodian'],
    registers: async (trx, { paper }) => {
      const found = await trx.selectFrom('papers').select('unit').where('id', '=', paper).execute()
      return found.map(({ unit }) => unitRegister(unit))
    },
    load: (trx, command, { actor, at }) => loadScan(trx, command, actor, at),
    decide: attachScan,
  }),
}

async function loadScan(trx: Trx, { paper: id, pages }: AttachScan, actor: Actor, at: string): Promise<ScanScene> {
  const paper = ((await loadStates(trx, papers, [id], { lock: true })) as Map<string, Paper>).get(id)
  const reader = { actor, sight: await sightOf(trx, actor, at) }
  // A paper about a thing of another module is signed there.
  const isOurs = paper !== undefined && (paper.cases.length > 0 || paper.store !== null)
  if (!isOurs || !seesIssued(reader, paper)) return { paper: null, cases: [], kept: new Set(), isErased: false }
  const of = (await loadStates(trx, cases, paper.cases)) as Map<string, Case>
  // Only what he brought himself: whoever knows the hash of another's picture does not come to see it so.
  const kept = await trx
    .selectFrom('files')
    .select('sha256')
    .where('sha256', 'in', [...pages])
    .where('kept_by', '=', actor.person)
    .execute()
  const isErased = (await erasedAmong(trx, [paper])).has(paper.id)
  return { paper, cases: [...of.values()], kept: new Set(kept.map(({ sha256 }) => sha256)), isErased }
}
