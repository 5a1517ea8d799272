import { sql } from 'kysely'
import type { Actor, Json, Reader } from '../../module.ts'
import { readPersonal } from '../../ledger/personal.ts'
import { namesOf, textOf } from '../../names.ts'
import type { Page } from '../../schemas.ts'
import { type Campaign, isJudgedIn, mayDecide, mayRun } from '../campaigns/campaign.ts'
import { shownQuestionnaire } from '../questionnaires/shown.ts'
import '../tables.ts'
import { mayLookAt, type PaperBox } from './paper-box.ts'
import type { PaperBoxStage, ShownPaperBox } from './protocol.ts'

/** A box, and the campaign that its papers are of. */
export interface BoxOfCampaign {
  readonly box: PaperBox
  readonly campaign: Campaign
}

/** Boxes that somebody may see, the latest first: a page of them. */
export async function listPaperBoxes(db: Reader, actor: Actor, { limit, after }: Page): Promise<ShownPaperBox[]> {
  const units = actor.appointments.map(({ place }) => place).filter((unit) => mayDecide(actor, unit))
  const { rows } = await sql<BoxOfCampaign>`
    select b.state as box, c.state as campaign from rating_paper_boxes b join rating_campaigns c on c.id = b.campaign
    where (b.unit = any(${units}::text[]) or b.state -> 'typists' ? ${actor.person}) and (${after}::text is null
      or (b.opened_at, b.id) < (select opened_at, id from rating_paper_boxes where id = ${after}))
    order by b.opened_at desc, b.id desc limit ${limit}
  `.execute(db)
  const people = rows.flatMap(({ box }) => [
    ...[box.opened.by, ...box.typists, ...box.entered.map(({ by }) => by)],
    ...[box.decided, box.withdrawn ?? null].flatMap((one) => (one === null ? [] : [one.by])),
  ])
  const named = await namesOf(db, [
    ...people.map((person) => `person/${person}`),
    ...rows.flatMap(({ campaign }) => campaign.departments.map((unit) => `unit/${unit}`)),
  ])
  const reasons = await readPersonal(
    db,
    rows.flatMap(({ box: { withdrawn } }) => (withdrawn === undefined ? [] : [withdrawn.reason.ref])),
  )
  const person = (id: string): string => named(`person/${id}`).name
  const asked = new Map(
    await Promise.all(
      [...new Set(rows.map(({ campaign }) => campaign.questionnaire))].map(
        async (one) => [one, await shownQuestionnaire(db, one)] as const,
      ),
    ),
  )
  return rows.flatMap(({ box, campaign }): ShownPaperBox[] => {
    const questionnaire = asked.get(campaign.questionnaire)
    if (questionnaire === undefined) return []
    const next = nextFor({ box, campaign }, actor)
    return [
      {
        ...{ id: box.id, campaign: { id: campaign.id, title: campaign.title }, sheets: box.sheets },
        group: campaign.groups.find(({ id }) => id === box.group)?.name ?? '',
        ...{ stage: stageOf(box), openedBy: person(box.opened.by), openedAt: box.opened.at },
        typists: box.typists.map((id) => ({ id, name: person(id) })),
        enteredBy: box.entered.map(({ by }) => person(by)),
        decidedBy: box.decided === null ? null : person(box.decided.by),
        withdrawn: withdrawnOf(box, person, reasons),
        mayWithdraw: mayWithdraw({ box, campaign }, actor),
        ...{ differ: next === 'decide' ? (box.differ ?? []) : [], next },
        departments: campaign.departments.map((id) => ({ id, name: named(`unit/${id}`).name })),
        questionnaire,
      },
    ]
  })
}

function withdrawnOf(
  { withdrawn }: PaperBox,
  person: (id: string) => string,
  reasons: ReadonlyMap<string, Json>,
): ShownPaperBox['withdrawn'] {
  if (withdrawn === undefined) return null
  const { by, at, reason } = withdrawn
  return { by: person(by), at, reason: textOf(reasons.get(reason.ref)) }
}

function mayWithdraw({ box, campaign }: BoxOfCampaign, actor: Actor): boolean {
  const isOpen = !box.sealed && box.withdrawn === undefined
  return isOpen && mayRun(actor, box.unit) && !isJudgedIn(actor, campaign.departments)
}

function stageOf({ sealed, entered, differ, withdrawn }: PaperBox): PaperBoxStage {
  if (withdrawn !== undefined) return 'withdrawn'
  if (sealed) return 'sealed'
  if (differ !== null) return 'differs'
  return entered.length === 0 ? 'first' : 'second'
}

/** What somebody is to do with a box next; null for nothing. */
export function nextFor({ box, campaign }: BoxOfCampaign, actor: Actor): ShownPaperBox['next'] {
  const { sealed, differ, typists, entered, withdrawn } = box
  if (sealed || withdrawn !== undefined) return null
  if (differ !== null) return mayLookAt(box, campaign.departments, actor) ? 'decide' : null
  return typists.includes(actor.person) && !entered.some(({ by }) => by === actor.person) ? 'enter' : null
}
