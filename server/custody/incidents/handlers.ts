import { handler, type Handler, SYSTEM } from '../../module.ts'
import { loadConflict } from '../conflicts/conflict-reads.ts'
import { type ConflictState, noteConflict, settleConflict } from '../conflicts/conflicts.ts'
import { storeRegister } from '../custody.ts'
import { overItems } from '../items/over-items.ts'
import { rules } from '../rules.ts'
import type { Scene } from '../scene.ts'
import {
  type NoteConflict,
  type NoteDifference,
  type OpenIncident,
  type ResolveIncident,
  schemas,
  type SettleConflict,
  type SettleDifference,
} from '../schemas.ts'
import { loadScene, registersOfItems } from '../store.ts'
import { noteDifference, settleDifference } from './differences.ts'
import { openIncident, resolveIncident } from './incidents.ts'

/** What is found to be wrong: on return, at any time, and by a bench without the line. */
export const incidentHandlers: Readonly<Record<string, Handler>> = {
  'custody.note-difference': overItems<NoteDifference>(
    schemas['custody.note-difference'],
    ['custodian'],
    {},
    noteDifference,
  ),
  'custody.settle-difference': handler<SettleDifference, Scene>({
    schema: schemas['custody.settle-difference'],
    posts: [SYSTEM],
    registers: (trx, { item }) => registersOfItems(trx, [item]),
    load: (trx, { item }, circumstances) => loadScene(trx, [item], circumstances, { heads: true }),
    decide: settleDifference,
  }),
  'custody.incident': overItems<OpenIncident>(
    schemas['custody.incident'],
    ['custodian', 'officer'],
    { heads: true },
    openIncident,
  ),
  'custody.resolve': overItems<ResolveIncident>(
    schemas['custody.resolve'],
    ['approver'],
    { lineage: true },
    resolveIncident,
  ),
  'custody.offline-conflict': handler<NoteConflict, null>({
    schema: schemas['custody.offline-conflict'],
    posts: [SYSTEM],
    registers: async (_trx, { store }) => [storeRegister(store)],
    load: async () => null,
    decide: noteConflict,
  }),
  'custody.settle-conflict': handler<SettleConflict, ConflictState | null>({
    schema: schemas['custody.settle-conflict'],
    posts: ['custodian', ...rules.head_posts.value],
    registers: async (trx, { conflict }) => {
      const found = await trx.selectFrom('conflicts').select('store').where('id', '=', conflict).execute()
      return found.map(({ store }) => storeRegister(store))
    },
    load: (trx, { conflict }) => loadConflict(trx, conflict),
    decide: settleConflict,
  }),
}
