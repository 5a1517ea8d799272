import { type SheetPhoto, signedSheet } from '../../../labels/documents/photo-sheets.ts'
import { namesOf } from '../../names.ts'
import { localDay, localMinute } from '../papers/paper-words.ts'
import { type Paper, PAPERS } from '../papers/papers.ts'
import type { FilePart, FileSource } from './parts.ts'
import { printable } from './printable.ts'

/** Of a sheet of A4, some 170 dots an inch: small writing is read, and 300 sheets are no hundreds of megabytes. */
const SIDE_PIXELS = 1_750
/** Of the hash in the list of contents; the sheet has all of it. */
const HASH_SHOWN = 16

/** One picture of what was signed by hand. */
interface Signed {
  readonly title: string
  readonly sha256: string
  readonly by: string
  readonly at: string
  readonly note: string
}

/**
 * 签名原件: what was signed by hand on a paper, a part for each sheet: its scan that stands last, then the receipts of its service. A paper that was
 * issued anew keeps what was signed on it. A picture is read when its page is drawn, so that one is in memory at a time.
 */
export async function signedParts(source: FileSource, paper: Paper): Promise<FilePart[]> {
  const found = [...scannedOf(paper), ...servedOf(paper)]
  const named = await namesOf(
    source.db,
    found.map(({ by }) => `person/${by}`),
  )
  const { form, title } = PAPERS[paper.kind]
  return found.map((one) => ({
    ...{ group: 'signed', title: one.title, number: paper.number, day: localDay(one.at), pages: 1 },
    note: [...(one.note === '' ? [] : [one.note]), `SHA-256 ${one.sha256.slice(0, HASH_SHOWN)}`].join('；'),
    draw: async function* () {
      const sheet: SheetPhoto = {
        jpeg: await printable(source, one.sha256, SIDE_PIXELS),
        caption: `${form} ${title.zh}；${localMinute(one.at)} ${named(`person/${one.by}`).name} 归档`,
        sha256: one.sha256,
      }
      yield { pdf: await signedSheet(`${paper.number} ${one.title}`, sheet, new Date(source.now)), from: 0, to: 1 }
    },
  }))
}

function scannedOf({ scans = [], replacedBy }: Paper): Signed[] {
  const last = scans.at(-1)
  if (last === undefined) return []
  const { pages, by, at } = last
  const note = [
    ...(replacedBy === undefined ? [] : ['文书已被替代']),
    ...(scans.length === 1 ? [] : [`扫描件更换 ${scans.length - 1} 次`]),
  ].join('；')
  return pages.map((sha256, i) => {
    const title = pages.length === 1 ? '签名扫描件' : `签名扫描件（第 ${i + 1}/${pages.length} 页）`
    return { title, sha256, by, at, note }
  })
}

function servedOf({ services = [], replacedBy }: Paper): Signed[] {
  const note = replacedBy === undefined ? '' : '文书已被替代'
  return services.flatMap(({ scan, by, at }) =>
    scan === null ? [] : [{ title: '送达签收原件', sha256: scan, by, at, note }],
  )
}
