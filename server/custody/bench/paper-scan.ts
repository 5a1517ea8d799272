import type { Actor, Reader } from '../../module.ts'
import { accepted, asked, refused, type Say } from '../../stations/say.ts'
import { isWhole, readArchived } from '../papers/archived.ts'
import { seesIssued, subjectOfIssued } from '../papers/issuing.ts'
import { paperAsked, papersNumbered } from '../papers/paper-numbers.ts'
import { readPaper } from '../papers/paper-reads.ts'
import { type Paper, PAPERS } from '../papers/papers.ts'
import type { Sight } from '../sight/sees.ts'
import { words } from './view.ts'

/**
 * What a station says of an issued paper whose symbol it read: which it is, whether it still stands, and whether the archive has it whole.
 * Nothing is done by it, whatever the station is in the middle of.
 * @returns null where the text is no such symbol
 */
export async function sayPaper(
  db: Reader,
  text: string,
  reader: { readonly actor: Actor; readonly sight: Sight },
): Promise<Say | null> {
  const wanted = paperAsked(text)
  if (wanted === null || wanted.check === null) return null
  const known: Paper[] = []
  for (const one of await papersNumbered(db, wanted))
    if (seesIssued(reader, await subjectOfIssued(db, one, null))) known.push(one)
  const paper = known.find(({ check }) => check === wanted.check)
  const [other] = known
  if (paper === undefined)
    return other === undefined
      ? refused('custody.paper-unknown')
      : refused('custody.paper-altered', { number: other.number, check: other.check })
  return { ...(await standingOf(db, paper)), paper: text.trim() }
}

async function standingOf(db: Reader, paper: Paper): Promise<Say> {
  const { number, kind, cases, replacedBy } = paper
  const { form, title } = PAPERS[kind]
  const of = cases.length === 0 ? words('', '') : words(`，案件 ${cases.join('、')}`, `, case ${cases.join(', ')}`)
  const called = words(`${number} ${form} ${title.zh}${of.zh}`, `${number} ${form} ${title.en}${of.en}`)
  if (replacedBy !== undefined) {
    const later = (await readPaper(db, replacedBy))?.number ?? ''
    return refused('custody.paper-replaced', { paper: called.zh, paperEn: called.en, later })
  }
  const pdf = await readArchived(db, paper)
  if (pdf === null)
    return asked(
      'custody.paper-known',
      words(`${called.zh}：有效，存档已依法删除，请核对原件`, `${called.en}: stands; its file was lawfully erased`),
    )
  if (!isWhole(pdf, paper)) return refused('custody.paper-damaged', { number })
  return accepted(
    'custody.paper-known',
    words(`${called.zh}：现行有效，与存档一致`, `${called.en}: stands, and is the one that was archived`),
  )
}
