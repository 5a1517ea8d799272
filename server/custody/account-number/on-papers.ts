import type { DisposalFormKind } from '../../../labels/documents/disposal-form.ts'
import type { Actor, Reader } from '../../module.ts'
import type { Case } from '../cases/cases.ts'
import type { Item } from '../items/item.ts'
import type { Paper, PaperKind } from '../papers/papers.ts'
import { readItems } from '../reads.ts'
import '../tables.ts'
import { hasAccountNumber, numberLogged, readsWholeUntil } from './account-number.ts'
import { numbersOpened, withNumbers } from './store.ts'

/** Of which things a paper shows the whole number. */
export type ShownWhole = (item: Item) => boolean

/** As a paper is issued: who holds, pays or takes over acts upon the number and must be able to check it (rules C-05, T-14). */
export const issuedWhole: ShownWhole = () => true

/** What stays in the house needs no whole number. */
export const NEVER_WHOLE: ShownWhole = () => false

/**
 * As a paper is looked at before it is issued or signed: whole to who is dedicated to the thing and has just said why, masked to everybody else and to
 * him too before that. Of who reads it whole, `numbersLogged` goes into the read log first.
 */
export async function shownWholeTo(db: Reader, actor: Actor, of: Case, at: string): Promise<ShownWhole> {
  const opened = await numbersOpened(db, actor.person, await withNumbers(db, of.number))
  return (item) => readsWholeUntil({ item, of, actor }, opened, at) !== null
}

/** Under what the read log has the numbers that a paper shows whole. */
export function numbersLogged(its: readonly Item[], isWhole: ShownWhole): string[] {
  return its.filter((item) => hasAccountNumber(item) && isWhole(item)).map(numberLogged)
}

/** Forms of a disposal upon which a bank, a holder or another organ acts. */
export function disposalCarriesNumbers(kind: DisposalFormKind): boolean {
  return kind !== 'approval' && kind !== 'destruction'
}

/** Papers that are issued with whole numbers. */
const CARRYING: readonly PaperKind[] = [
  ...(['notice', 'seizure-list', 'surrender-list', 'effects-list', 'cash-annex'] as const),
  ...(['transfer-list', 'release-notice', 'return-list'] as const),
]

/**
 * Under what the read log has the numbers that stand whole in these archived files, each once. They cannot be masked, being what was signed and what the
 * register has the hash of: so whoever may open the file, or has it printed, reads them, and each is in the log as read by him, whether he is dedicated
 * or not.
 */
export async function numbersArchived(db: Reader, papers: readonly Pick<Paper, 'kind' | 'items'>[]): Promise<string[]> {
  const codes = papers.filter(({ kind }) => CARRYING.includes(kind)).flatMap(({ items }) => items)
  return codes.length === 0 ? [] : numbersLogged(await readItems(db, [...new Set(codes)]), issuedWhole)
}

/** The same of a picture, where it is a sheet of one of those papers that was signed by hand; nothing of any other picture. */
export async function numbersOnScan(db: Reader, sha256: string): Promise<string[]> {
  const found = await db
    .selectFrom('paper_scans')
    .innerJoin('papers', 'papers.id', 'paper_scans.paper')
    .select('papers.state as state')
    .where('scan', '=', sha256)
    .execute()
  // A receipt of service tells of the paper, and not of what stands on it.
  const signed = found.flatMap(({ state }) => (state.scans?.some(({ pages }) => pages.includes(sha256)) ? [state] : []))
  return numbersArchived(db, signed)
}
