import type { Trx } from '../../database/connect.ts'
import type { Actor, Reader } from '../../module.ts'
import type { PaperSources } from '../../paper-source.ts'
import '../../stations/tables.ts'
import { sightOf } from '../sight/sight.ts'
import { loadStates } from '../../ledger/project.ts'
import { papers } from '../projections.ts'
import { seesIssued, subjectOfIssued } from './issuing.ts'
import type { PrintPaperState } from './paper-prints.ts'
import type { Paper } from './papers.ts'
import type { OfficePrinterPlace } from './protocol.ts'

/** Stations with an office printer, each with its first one, by name. */
export async function officePrinters(db: Reader): Promise<OfficePrinterPlace[]> {
  const rows = await db.selectFrom('stations').select(['id', 'state']).orderBy('id').execute()
  return rows.flatMap(({ id, state: { name, devices } }) => {
    const printer = devices.find(({ kind }) => kind === 'office-printer')
    return printer === undefined ? [] : [{ station: id, name, printer: printer.id }]
  })
}

/** A paper that somebody may know of, and whether a station can print it; null where there is none for him. */
export async function loadPrint(
  trx: Trx,
  { paper: id, station }: { readonly paper: string; readonly station?: string },
  { actor, at, sources }: { readonly actor: Actor | null; readonly at: string; readonly sources: PaperSources },
): Promise<PrintPaperState | null> {
  const paper = ((await loadStates(trx, papers, [id], { lock: true })) as Map<string, Paper>).get(id)
  if (paper === undefined) return null
  if (actor !== null) {
    const reader = { actor, sight: await sightOf(trx, actor, at) }
    if (!seesIssued(reader, await subjectOfIssued(trx, paper, sources))) return null
  }
  const hasPrinter = station !== undefined && (await officePrinters(trx)).some((one) => one.station === station)
  return { paper, hasPrinter }
}
