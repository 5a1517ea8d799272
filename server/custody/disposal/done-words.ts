import type { Reader } from '../../module.ts'
import type { Words } from '../../refusal.ts'
import { handingWords } from './effects.ts'
import type { DisposalFacts } from './facts.ts'
import { sealSeenWords } from './found-on-handing-out.ts'
import { readDisposal } from './reads.ts'
import { disposalTypes } from './types.ts'
import { complaintWords, keptOpenWords } from './words.ts'

/** An entry of the life of an item. */
interface Told {
  readonly type: string
  readonly body: unknown
}

/** What the entries that tell of a disposal say of its way: which it was and, of personal effects, how they went back, and what was seen of its seal; of a grant to stay open and of a complaint, on which ground; null of any other entry. */
export async function doneWordsOf(db: Reader, entries: readonly Told[]): Promise<(entry: Told) => Words | null> {
  const codes = new Set(entries.flatMap((entry) => disposedBy(entry)?.disposal ?? []))
  const disposals = new Map(
    await Promise.all([...codes].map(async (code) => [code, await readDisposal(db, code)] as const)),
  )
  return (entry) => {
    if (isGrounded(entry))
      return entry.type === 'custody.kept-open' ? keptOpenWords[entry.body.ground] : complaintWords[entry.body.ground]
    const body = disposedBy(entry)
    if (body === null) return null
    const item = body.subject.slice('item/'.length)
    const handed = disposals.get(body.disposal)?.acts.find(({ items }) => items.includes(item))?.handed
    const parts = [
      disposalTypes[body.way].name,
      ...(handed === undefined ? [] : [handingWords[handed.way]]),
      ...(body.seal === undefined ? [] : [sealSeenWords[body.seal]]),
    ]
    return { zh: parts.map(({ zh }) => zh).join('，'), en: parts.map(({ en }) => en).join(', ') }
  }
}

type Disposed = DisposalFacts['custody.disposed'] & { readonly subject: string }

/** What rests on a ground, which it names. */
type Grounded = {
  [T in 'custody.kept-open' | 'custody.complaint-accepted']: { readonly type: T; readonly body: DisposalFacts[T] }
}['custody.kept-open' | 'custody.complaint-accepted']

function isGrounded(entry: Told): entry is Told & Grounded {
  return entry.type === 'custody.kept-open' || entry.type === 'custody.complaint-accepted'
}

function disposedBy({ type, body }: Told): Disposed | null {
  return type === 'custody.disposed' ? (body as Disposed) : null
}
