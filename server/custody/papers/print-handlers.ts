import type { Trx } from '../../database/connect.ts'
import { handler, type Handler, type Post, SYSTEM } from '../../module.ts'
import type { PaperSources } from '../../paper-source.ts'
import { unitRegister } from '../custody.ts'
import { type PrintPaper, schemas, type SettlePrint } from '../schemas.ts'
import { type PrintPaperState, printPaper, settlePrint } from './paper-prints.ts'
import { loadPrint } from './print-reads.ts'
import '../tables.ts'

/** Whoever may have a paper in sight. */
const READERS: readonly Post[] = ['officer', 'custodian', 'supervisor', 'manager', 'clerk', 'approver']

/** Sends an archived paper to an office printer, and takes down what became of it. */
export function printing(sources: PaperSources): Readonly<Record<string, Handler>> {
  const registers = async (trx: Trx, { paper }: { readonly paper: string }): Promise<string[]> => {
    const found = await trx.selectFrom('papers').select('unit').where('id', '=', paper).execute()
    return found.map(({ unit }) => unitRegister(unit))
  }
  return {
    'custody.print-paper': handler<PrintPaper, PrintPaperState | null>({
      schema: schemas['custody.print-paper'],
      posts: READERS,
      registers,
      load: (trx, command, { actor, at }) => loadPrint(trx, command, { actor, at, sources }),
      decide: printPaper,
    }),
    'custody.settle-print': handler<SettlePrint, PrintPaperState | null>({
      schema: schemas['custody.settle-print'],
      posts: [...READERS, SYSTEM],
      registers,
      load: (trx, command, { actor, at }) =>
        loadPrint(trx, command, { actor: actor.person === SYSTEM ? null : actor, at, sources }),
      decide: settlePrint,
    }),
  }
}
