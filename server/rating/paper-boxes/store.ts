import { randomInt } from 'node:crypto'
import { sealBallot, sealing } from '../../../devices/ballot/seal.ts'
import type { Trx } from '../../database/connect.ts'
import { appointmentsAt } from '../../org/org.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import '../../org/tables.ts'
import { type Campaign, campaignRegister, groupOfVotes } from '../campaigns/campaign.ts'
import { lockedCampaign, sheetsIn } from '../campaigns/store.ts'
import { putBallots } from '../cast.ts'
import { paperBoxes } from '../projections.ts'
import { questionnaireOf } from '../questionnaires/store.ts'
import { currentKey } from '../store.ts'
import '../tables.ts'
import { type OpenPaperBoxState, papersAgreedOn, type PaperBoxState } from './paper-box.ts'
import type { NumberedPaperSheet, OpenPaperBox, PaperSheet } from './schemas.ts'

/** The register of the unit that holds the campaign; none for a box that there is not, which the decision then refuses. */
export async function registersOfPaperBox(db: Reader, box: string): Promise<string[]> {
  const found = await db.selectFrom('rating_paper_boxes').select('unit').where('id', '=', box).executeTakeFirst()
  return found === undefined ? [] : [campaignRegister(found.unit)]
}

/** Typists without a post at `at` are left out, so that the decision misses them; `before` is how many sheets of the group are in other boxes. */
export async function loadOpenPaperBox(
  trx: Trx,
  { campaign, group, typists }: OpenPaperBox,
  at: string,
): Promise<OpenPaperBoxState> {
  const people = await trx.selectFrom('people').select(['id', 'state']).where('id', 'in', typists).execute()
  return {
    campaign: await lockedCampaign(trx, campaign),
    typists: people.flatMap(({ id, state }) => {
      const appointments = appointmentsAt(state, at)
      return appointments.length === 0 ? [] : [{ person: id, unit: state.unit, appointments }]
    }),
    hasKey: (await currentKey(trx)) !== null,
    before: await sheetsIn(trx, campaign, group),
  }
}

/** Locked, with all that was typed in so far, and with what the campaign asks of which departments. */
export async function loadPaperBox(trx: Trx, id: string): Promise<PaperBoxState> {
  const box = (await loadStates(trx, paperBoxes, [id], { lock: true })).get(id) ?? null
  const campaign = box === null ? null : await campaignOf(trx, box.campaign)
  const asked = campaign === null ? null : await questionnaireOf(trx, campaign.questionnaire)
  return {
    ...{ box, typed: await typedOf(trx, id), hasKey: (await currentKey(trx)) !== null },
    departments: campaign?.departments ?? [],
    questions: (asked?.questions ?? []).map((one) => one.id),
  }
}

async function campaignOf(db: Reader, id: string): Promise<Campaign | null> {
  const found = await db.selectFrom('rating_campaigns').select('state').where('id', '=', id).executeTakeFirst()
  return found?.state ?? null
}

async function typedOf(db: Reader, box: string): Promise<PaperSheet[][]> {
  const found = await db
    .selectFrom('rating_paper_box_entries')
    .select('sheets')
    .where('box', '=', box)
    .orderBy('round')
    .execute()
  return found.map(({ sheets }) => sheets as PaperSheet[])
}

/** Keeps what one person has typed in beside the register, which holds that he has. */
export async function keepTypedPapers(trx: Trx, id: string, sheets: readonly PaperSheet[]): Promise<void> {
  const round = (await typedOf(trx, id)).length + 1
  await trx
    .insertInto('rating_paper_box_entries')
    .values({ box: id, round, sheets: JSON.stringify(sheets) })
    .execute()
}

/** What was typed in of a box that was taken back is gone. */
export async function dropTypedPapers(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('rating_paper_box_entries').where('box', '=', id).execute()
}

/**
 * Where the box was sealed in this transaction: of every sheet a sealed ballot for each department, in an order that is nobody's, and what was typed in
 * is gone. Which ballots were on one sheet is written nowhere.
 * @throws Refusal `rating.no-key`
 */
export async function sealTypedPapers(trx: Trx, id: string, third: readonly NumberedPaperSheet[]): Promise<void> {
  const box = (await loadStates(trx, paperBoxes, [id])).get(id)
  if (box === undefined || box === null || !box.sealed) return
  const [key, campaign] = [await currentKey(trx), await campaignOf(trx, box.campaign)]
  if (key === null) throw new Refusal('rating.no-key')
  if (campaign === null) throw new Error(`the campaign of box ${id} is gone`)
  await sealing
  const { departments, questionnaire } = campaign
  const ballots = papersAgreedOn(await typedOf(trx, id), third).flatMap(({ votes }) =>
    departments.map((department) => {
      const { level = null, answers = {} } = votes[department] ?? {}
      const content = { v: 1, questionnaire, level, answers, reasons: [], words: null, key: null } as const
      return {
        ...{ grp: groupOfVotes(campaign, department, box.group), form: 'paper' as const },
        ...{ sealed: sealBallot(content, key.publicKey), order: randomInt(2 ** 47) },
      }
    }),
  )
  const mixed = ballots.toSorted((one, other) => one.order - other.order).map(({ order: _, ...ballot }) => ballot)
  await putBallots(trx, key.id, mixed)
  await dropTypedPapers(trx, id)
}
