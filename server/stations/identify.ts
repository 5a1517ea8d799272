import { parseCode } from '../../labels/item-code.ts'
import { sealNumberIn } from '../../labels/seal-number.ts'
import { sql } from 'kysely'
import type { Post, Reader } from '../module.ts'
import { loadActor } from '../access/actor.ts'
import { dayBadgeOf } from '../org/vouching.ts'
import { readPersonal } from '../ledger/personal.ts'
import type { CommandWord } from './protocol.ts'

/** Somebody whose badge was seen. */
export interface BadgeHolder {
  readonly id: string
  readonly name: string
  readonly badge: string
  readonly posts: readonly { readonly post: Post; readonly place: string }[]
}

/** What a scan turned out to be. */
export type Scanned =
  | { readonly kind: 'badge'; readonly holder: BadgeHolder }
  /** `issue`: of the label that was read; null where it was the item's tag, which is never issued anew. */
  | { readonly kind: 'item'; readonly code: string; readonly issue: number | null }
  | { readonly kind: 'location' | 'document' | 'container'; readonly code: string; readonly issue: number }
  | { readonly kind: 'command'; readonly word: CommandWord }
  | { readonly kind: 'other-command'; readonly word: string }
  | { readonly kind: 'wrong-check' }
  /** One of our codes, typed with an input method's full-width characters. */
  | { readonly kind: 'full-width' }
  /** No code of ours and no badge; a seal strip for instance. */
  | { readonly kind: 'text'; readonly text: string }

const WORDS: readonly CommandWord[] = ['CONFIRM', 'CANCEL', 'UNDO', 'REFUSE', 'MOVE', 'LOOKUP', 'OPEN', 'WEIGH', 'LOCK']
const TEXT_SHOWN_MAX = 40

/** Reads a scan: one of our codes by its check characters, else a badge that is valid now, else a text that means nothing here. */
export async function identifyScan(db: Reader, text: string, at: string): Promise<Scanned> {
  const parsed = parseCode(text)
  if (parsed.ok) {
    if (parsed.kind !== 'command') return { kind: parsed.kind, code: parsed.code, issue: parsed.issue }
    const word = WORDS.find((one) => one === parsed.word)
    return word === undefined ? { kind: 'other-command', word: parsed.word } : { kind: 'command', word }
  }
  const holder = await findBadge(db, text.trim(), at)
  if (holder !== null) return { kind: 'badge', holder }
  if (parsed.reason === 'check') return { kind: 'wrong-check' }
  return parsed.reason === 'full-width' ? { kind: 'full-width' } : { kind: 'text', text: shown(sealNumberIn(text)) }
}

/** Who has this badge now, or null when nobody active has; a log-in is one where somebody vouched for its person today. */
export async function findBadge(db: Reader, badge: string, at: string): Promise<BadgeHolder | null> {
  const found = await sql<{ id: string; name_ref: string; badge: string }>`
    select p.id, p.name_ref, b.badge from badges b join people p on p.id = b.person and p.active
    where b.active and (
      (b.badge = ${badge} and (b.good_until is null or b.good_until > ${at}))
      or (b.badge = ${dayBadgeOf(badge)} and b.good_until > ${at})
    )
  `.execute(db)
  const row = found.rows[0]
  if (row === undefined) return null
  const [actor, names] = await Promise.all([loadActor(db, row.id, at), readPersonal(db, [row.name_ref])])
  return { id: row.id, name: String(names.get(row.name_ref) ?? row.id), badge: row.badge, posts: actor.appointments }
}

/** What a stranger's label may put on a screen: short, and nothing that is not to be seen. */
function shown(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '·')
    .trim()
    .slice(0, TEXT_SHOWN_MAX)
}
