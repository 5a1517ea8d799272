import type { Json } from '../../module.ts'
import { type Named, textOf } from '../../names.ts'
import type { Item } from '../items/item.ts'
import { said } from '../names.ts'
import type { ComplaintsOfItem } from '../protocol.ts'
import { complaintWords } from './words.ts'

/** What was complained of about an item, with the names behind its ids and the words behind its seals. */
export function shownComplaints(
  { complaint, upheld, reviewable, reviewedAbove, decisionToServe }: Item,
  named: (who: string) => Named,
  contents: ReadonlyMap<string, Json>,
): ComplaintsOfItem {
  return {
    complaint:
      complaint === undefined
        ? null
        : {
            ground: said(complaint.ground, complaintWords),
            review: complaint.review === true,
            note: textOf(contents.get(complaint.note.ref)),
            by: named(`person/${complaint.by}`),
            acceptedAt: complaint.acceptedAt,
          },
    reviewable: reviewable !== undefined,
    decisionToServe:
      decisionToServe === undefined
        ? null
        : { decidedAt: decisionToServe.at, by: named(`person/${decisionToServe.by}`) },
    reviewedAbove: reviewedAbove === undefined ? null : { ...reviewedAbove, by: named(`person/${reviewedAbove.by}`) },
    upheld:
      upheld === undefined
        ? null
        : {
            ground: said(upheld.ground, complaintWords),
            conclusion: textOf(contents.get(upheld.conclusion.ref)),
            by: named(`person/${upheld.by}`),
            at: upheld.at,
          },
  }
}
