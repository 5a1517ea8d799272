import { sql } from 'kysely'
import { canonicalText, entryHash, type HashName, NOTHING_BEFORE, parseEntry, toFact } from '../../ledger/entry.ts'
import { fault, type LedgerFault } from '../../ledger/fault.ts'
import { readPersonal } from '../../ledger/personal.ts'
import type { Json, Reader, Sealed } from '../../module.ts'
import { textOf } from '../../names.ts'
import { doneWordsOf } from '../disposal/done-words.ts'
import { evolveItem } from '../items/items.ts'
import type { Item } from '../items/item.ts'
import type { ChainEntry } from '../protocol.ts'

interface Link {
  readonly register: string
  readonly seq: number
  readonly n: number
  readonly text: string
  readonly prev: Buffer
  readonly hash: Buffer
  readonly algorithm: HashName
  /** The hash of the entry before it in its register; null when there is none. */
  readonly before: Buffer | null
}

interface Counterpart {
  readonly register: string
  readonly seq: number
  readonly hash?: string
}

/**
 * The life of an item as its registers tell it, with everything checked again: each entry's hash and its link to the one before, the
 * numbering, both halves of each pair, and that the card is what the facts add up to.
 */
export async function readChain(
  db: Reader,
  code: string,
): Promise<{
  readonly entries: readonly ChainEntry[]
  readonly item: Item | null
  readonly faults: readonly LedgerFault[]
}> {
  const links = await readLinks(db, code)
  const faults: LedgerFault[] = []
  const entries: ChainEntry[] = []
  const counterparts: { from: ChainEntry; to: Counterpart }[] = []
  let item: Item | null = null
  for (const [index, link] of links.entries()) {
    const found = linkFault(link, index + 1)
    if (found !== null) {
      faults.push(found)
      continue
    }
    const { v: _, cause: __, ...members } = parseEntry(link.text)
    const entry = { ...members, hash: link.hash.toString('hex') }
    entries.push(entry)
    item = evolveItem(item, toFact(parseEntry(link.text), link.hash))
    const counterpart = members.body['counterpart'] as Counterpart | undefined
    if (counterpart !== undefined) counterparts.push({ from: entry, to: counterpart })
  }
  faults.push(...counterparts.flatMap(({ from, to }) => pairFault(from, to, entries) ?? []))
  const card = await db.selectFrom('items').select(['n', 'state']).where('id', '=', code).executeTakeFirst()
  const agrees =
    card !== undefined &&
    card.n === links.length &&
    canonicalText(card.state as unknown as Json) === canonicalText(item as unknown as Json)
  const last = links.at(-1)
  if (!agrees && faults.length === 0)
    faults.push(
      fault(last?.register ?? '?', last?.seq ?? null, '物品卡与台账不符', 'the card is not what the register gives'),
    )
  return { entries, item, faults }
}

async function readLinks(db: Reader, code: string): Promise<readonly Link[]> {
  const found = await sql<Link>`
    select e.register, e.seq, e.n, e.text, e.prev, e.hash, r.hash as algorithm, b.hash as before
    from entries e
    join registers r on r.id = e.register
    left join entries b on b.register = e.register and b.seq = e.seq - 1
    where e.subject = ${`item/${code}`} order by e.n
  `.execute(db)
  return found.rows
}

function linkFault(link: Link, n: number): LedgerFault | null {
  const { register, seq, text, prev, hash, algorithm, before } = link
  if (link.n !== n) return fault(register, seq, `缺第 ${n} 项记录`, `fact ${n} is missing`)
  if (!entryHash(algorithm, prev, text).equals(hash))
    return fault(register, seq, `第 ${seq} 条正文与哈希不符`, `entry ${seq}: the text does not give its hash`)
  if (!prev.equals(before ?? NOTHING_BEFORE) || (before === null && seq !== 1))
    return fault(register, seq, `第 ${seq} 条没有接上前一条`, `entry ${seq} does not continue the one before`)
  const entry = parseEntry(text)
  const isItself = entry.register === register && entry.seq === seq && entry.body['n'] === n
  return isItself ? null : fault(register, seq, `第 ${seq} 条自称是另一条`, `entry ${seq} says it is another one`)
}

/** Both halves of a pair are about the same item, so both stand in its chain. */
function pairFault(from: ChainEntry, to: Counterpart, entries: readonly ChainEntry[]): LedgerFault | null {
  const other = entries.find(({ register, seq }) => register === to.register && seq === to.seq)
  const back = (other?.body as { readonly counterpart?: Counterpart } | undefined)?.counterpart
  const named = back?.register === from.register && back.seq === from.seq
  const holds = named && (to.hash === undefined || to.hash === other?.hash)
  if (holds) return null
  return fault(
    from.register,
    from.seq,
    `第 ${from.seq} 条与 ${to.register} 第 ${to.seq} 条对不上`,
    `entry ${from.seq} and its counterpart ${to.register} ${to.seq} do not name each other`,
  )
}

const SAID = ['note', 'conclusion', 'reason'] as const
type Body = Readonly<Record<string, Partial<Sealed> | null | undefined>>

/** Where what an entry says in words stands, by how it is called; features that were put right stand in the entry that had them wrong. */
function refsOf({ type, body }: ChainEntry, all: readonly ChainEntry[]): Readonly<Record<string, string>> {
  const said = body as Body
  const refs = SAID.flatMap((name) => (said[name]?.ref === undefined ? [] : [[name, said[name].ref] as const]))
  if (type !== 'custody.corrected' || said['text']?.ref === undefined) return Object.fromEntries(refs)
  const { register, seq } = (body as { readonly wrong: { readonly register: string; readonly seq: number } }).wrong
  const wrong = all.find((one) => one.register === register && one.seq === seq)?.body as Body | undefined
  const was = wrong?.['text']?.ref ?? wrong?.['features']?.ref
  return { ...Object.fromEntries(refs), is: said['text'].ref, ...(was === undefined ? {} : { was }) }
}

/** The same entries with what was said in words, which their bodies only commit to, and of a disposal in which way it was done. The read is to be recorded: it is sealed content. */
export async function withWords(db: Reader, entries: readonly ChainEntry[]): Promise<ChainEntry[]> {
  const refs = entries.map((entry) => refsOf(entry, entries))
  const contents = await readPersonal(
    db,
    refs.flatMap((of) => Object.values(of)),
  )
  const doneBy = await doneWordsOf(db, entries)
  return entries.map((told, index) => {
    const done = doneBy(told)
    const entry = done === null ? told : { ...told, done }
    const said = Object.entries(refs[index] ?? {}).map(([name, ref]) => [name, textOf(contents.get(ref))] as const)
    return said.length === 0 ? entry : { ...entry, said: Object.fromEntries(said) }
  })
}
