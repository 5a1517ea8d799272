import type { Fault, FaultWords, TagWriteOutcome, TagWriteRefusal } from '../reading.ts'
import { hexBytes, hexText, u16Bytes, words16 } from './bytes.ts'
import { parseEpc } from './epc.ts'

/** What a tag is to carry. */
export interface TagOrder {
  readonly epc: string
  /** How the EPCs begin that belong to something whatever is to be written, in hex. */
  readonly kept: string
}

/** What a reader can do with the tags before it. A fault says that it did not, `silent` that nobody knows. */
export interface TagAir {
  /** The EPCs of the tags in the field, each once, after listening for a while. */
  survey(): Promise<readonly string[] | Fault>
  /** Words of a bank of the tag with this EPC. */
  read(epc: string, bank: number, pointer: number, words: number): Promise<Uint8Array | Fault>
  /** Writes whole words to bank 1 of the tag with this EPC. */
  write(epc: string, pointer: number, data: Uint8Array): Promise<'done' | 'silent' | Fault>
}

const EPC_BANK = 1
const TID_BANK = 2
/** Bank 1 is CRC, PC, EPC. */
const PC_POINTER = 1
const EPC_POINTER = 2
/** Chips have two to six words of TID; the longest that is answered tells them apart. */
const TID_WORDS = [6, 4, 2] as const
/** Two tags with one EPC answer in turns; that often one of them alone would have to win. */
const TID_LOOKS = 4
/** Reading back may be repeated, writing never. */
const READ_BACKS = 3

const WORDS: Readonly<Record<TagWriteRefusal, FaultWords>> = {
  'no-tag': { zh: '读写器上没有标签，请放上一枚标签', en: 'There is no tag on the reader; put one there' },
  'several-tags': {
    zh: '读写器上不止一枚标签，请只留下要写的一枚',
    en: 'There is more than one tag on the reader; leave only the one to be written',
  },
  'tag-in-use': {
    zh: '这枚标签已写有另一件物品的编码，没有改写；请换一枚新标签',
    en: 'This tag names another item already and was left as it is; take a new one',
  },
  'wrong-epc': { zh: '要写入的 EPC 不正确', en: 'What is to be written is no EPC' },
  'wrong-role': { zh: '这台读写器不用于写标签', en: 'This reader is not for writing tags' },
  'reader-fault': { zh: '读写器没有完成操作，标签未写', en: 'The reader could not do it; nothing was written' },
  'tag-refused': {
    zh: '标签没有接受写入，内容未变：可能已锁定、容量不足或离得太远',
    en: 'The tag did not take it and is as it was: locked, too small or too far away',
  },
}

const UNKNOWN: FaultWords = {
  zh: '不能确定标签是否写成，请换一枚标签或重新核对，不要直接使用',
  en: 'Nobody knows whether the tag was written; take another tag or check this one, do not use it as it is',
}

/** Nothing was written, and why: the tag is as it was. `detail` is for who looks for the cause, `words` for the person at the reader. */
export function writeRefused(why: TagWriteRefusal, detail: string, words: FaultWords = WORDS[why]): TagWriteOutcome {
  return { outcome: 'failed', why, words, detail }
}

/**
 * Writes an EPC to the one tag in the field: looks that there is exactly one, takes its chip number, writes once, and lets only what is read back
 * decide. `left_ms` says how much time there is; nothing is written when it is over.
 */
export async function writeTag(
  air: TagAir,
  { epc: wanted, kept }: TagOrder,
  left_ms: () => number,
): Promise<TagWriteOutcome> {
  const epc = parseEpc(wanted)?.hex
  if (epc === undefined) return writeRefused('wrong-epc', `${JSON.stringify(wanted.slice(0, 64))} is no EPC`)
  const field = await air.survey()
  if ('code' in field) return readerAway(field)
  const [present] = field
  if (present === undefined) return writeRefused('no-tag', 'no tag was read')
  if (field.length > 1) return writeRefused('several-tags', field.join(' '))

  if (present !== epc && isInUse(present, { epc, kept })) return writeRefused('tag-in-use', present)

  const chip = await chipOf(air, present)
  if (chip === 'several') return writeRefused('several-tags', `more than one chip answers to ${present}`)
  const before = await contentOf(air, present, words16(hexBytes(present)))
  if ('code' in before) return readerAway(before)
  if (present === epc) return { outcome: 'written', epc, tid: chip?.tid ?? null }
  if (left_ms() <= 0) return writeRefused('reader-fault', 'the time was over before anything was written')

  const bytes = hexBytes(epc)
  // The length stands in the PC word; it is touched only where it changes, because a tag torn away between the two would be neither.
  const sameLength = present.length === epc.length
  const pc = u16Bytes(words16(bytes) << 11)
  const said = sameLength
    ? await air.write(present, EPC_POINTER, bytes)
    : await air.write(present, PC_POINTER, Uint8Array.of(...pc, ...bytes))

  let seen = ''
  for (let look = 0; look < READ_BACKS; look += 1) {
    const now = await contentOf(air, epc, bytes.length / 2)
    if (!('code' in now) && now.epc === epc && (await isChip(air, epc, chip)))
      return { outcome: 'written', epc, tid: chip?.tid ?? null }
    const old = await contentOf(air, present, before.words)
    if (!('code' in old) && hexText(old.all) === hexText(before.all) && (await isChip(air, present, chip)))
      return writeRefused('tag-refused', detailOf(said), wordsOf('tag-refused', said))
    seen = `${'code' in now ? now.detail : now.epc}; ${'code' in old ? old.detail : old.epc}`
  }
  const left = await air.survey()
  return {
    outcome: 'unknown',
    words: UNKNOWN,
    detail: `${detailOf(said)}; read back: ${seen}; in the field: ${'code' in left ? left.detail : left.join(' ')}`,
  }
}

/** A tag whose EPC is of a scheme that is or was written here, or names an asset, belongs to something: overwritten, that would lose its tag. */
function isInUse(present: string, { epc, kept }: TagOrder): boolean {
  const { scheme } = parseEpc(present) ?? {}
  const isWrittenHere = [epc.slice(0, 2), kept].some((header) => present.startsWith(header))
  return isWrittenHere || scheme === 'giai-96' || scheme === 'giai-202'
}

interface Content {
  readonly all: Uint8Array
  readonly epc: string
  readonly words: number
}

/** PC and EPC as they stand in the tag's memory. */
async function contentOf(air: TagAir, epc: string, words: number): Promise<Content | Fault> {
  const all = await air.read(epc, EPC_BANK, PC_POINTER, words + 1)
  if ('code' in all) return all
  return { all, epc: hexText(all.subarray(2)), words }
}

interface Chip {
  readonly tid: string
  readonly words: number
}

async function chipOf(air: TagAir, epc: string): Promise<Chip | 'several' | null> {
  for (const words of TID_WORDS) {
    const tids = new Set<string>()
    for (let look = 0; look < TID_LOOKS; look += 1) {
      const tid = await air.read(epc, TID_BANK, 0, words)
      if (!('code' in tid)) tids.add(hexText(tid))
    }
    const [tid] = tids
    if (tids.size > 1) return 'several'
    if (tid !== undefined) return { tid, words }
  }
  return null
}

/** Whether the tag with this EPC is still the chip from before; a tag without a chip number is taken at its word. */
async function isChip(air: TagAir, epc: string, chip: Chip | null): Promise<boolean> {
  if (chip === null) return true
  const tid = await air.read(epc, TID_BANK, 0, chip.words)
  return !('code' in tid) && hexText(tid) === chip.tid
}

/** The outcome where the reader could not even be asked. */
export function readerAway(fault: Fault): TagWriteOutcome {
  return writeRefused('reader-fault', `${fault.code}: ${fault.detail}`, wordsOf('reader-fault', fault))
}

function detailOf(said: 'done' | 'silent' | Fault): string {
  if (said === 'done') return 'the reader says that it wrote'
  return said === 'silent' ? 'the reader said nothing of the write' : `${said.code}: ${said.detail}`
}

/** Our sentence, and the device's own reason behind it. */
function wordsOf(why: TagWriteRefusal, said: 'done' | 'silent' | Fault): FaultWords {
  const words = WORDS[why]
  if (typeof said === 'string' || said.words === undefined) return words
  return { zh: `${words.zh}（${said.words.zh}）`, en: `${words.en} (${said.words.en})` }
}
