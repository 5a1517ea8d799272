import type { Trx } from '../../database/connect.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Reader } from '../../module.ts'
import type { Words } from '../../refusal.ts'
import { campaignRegister } from '../campaigns/campaign.ts'
import { questionnaires } from '../projections.ts'
import { BUILT_IN, HALL_SERVICE, nameOf, type Questionnaire } from '../questionnaire.ts'
import { hallRegister } from '../rating.ts'
import type { DecideQuestionnaire, DraftQuestionnaire } from '../schemas.ts'
import '../tables.ts'
import type { Asking, DecideQuestionnaireState, DraftState, QuestionnaireVersion } from './version.ts'

/**
 * `draft` is the one that is written on, locked; there is at most one. `lastVersion` counts dropped ones too, so that a number is never given
 * twice.
 */
export async function loadDraft(trx: Trx, { hall }: DraftQuestionnaire): Promise<DraftState> {
  const all = await trx
    .selectFrom('rating_questionnaires')
    .select(['id', 'version', 'status'])
    .where('hall', '=', hall)
    .orderBy('version', 'desc')
    .execute()
  const drafted = all.find(({ status }) => status === 'draft')
  return {
    asking: await askingOf(trx, hall),
    draft: drafted === undefined ? null : await locked(trx, drafted.id),
    lastVersion: all[0]?.version ?? 0,
  }
}

/** A hall asks whom it serves, an organ the voters of its campaigns; each writes in its own register. */
async function askingOf(db: Reader, unit: string): Promise<Asking | null> {
  const found = await db.selectFrom('units').select('kind').where('id', '=', unit).executeTakeFirst()
  if (found?.kind === 'hall') return { kind: 'hall', register: hallRegister(unit) }
  return found?.kind === 'organ' ? { kind: 'organ', register: campaignRegister(unit) } : null
}

/** The register of a hall or an organ; none for any other unit, which the decision then refuses. */
export async function registersOfAsking(db: Reader, unit: string): Promise<string[]> {
  const asking = await askingOf(db, unit)
  return asking === null ? [] : [asking.register]
}

/** The register of whose version it is; none for one that there is not, which the decision then refuses. */
export async function registersOfQuestionnaire(db: Reader, id: string): Promise<string[]> {
  const found = await db.selectFrom('rating_questionnaires').select('hall').where('id', '=', id).executeTakeFirst()
  return found === undefined ? [] : registersOfAsking(db, found.hall)
}

/** Both locked: the version that is decided on, and the one that runs and would be closed by its opening. */
export async function loadDecideQuestionnaire(
  trx: Trx,
  { questionnaire: id }: DecideQuestionnaire,
): Promise<DecideQuestionnaireState> {
  const questionnaire = await locked(trx, id)
  const running = questionnaire === null ? null : await runningVersion(trx, questionnaire.hall)
  return {
    questionnaire,
    running: running === null ? null : await locked(trx, running.id),
    asking: questionnaire === null ? null : await askingOf(trx, questionnaire.hall),
  }
}

async function locked(trx: Trx, id: string): Promise<QuestionnaireVersion | null> {
  return (await loadStates(trx, questionnaires, [id], { lock: true })).get(id) ?? null
}

/** The version of its own that a hall asks; null where it has opened none. */
async function runningVersion(db: Reader, hall: string): Promise<QuestionnaireVersion | null> {
  const found = await db
    .selectFrom('rating_questionnaires')
    .select('state')
    .where('hall', '=', hall)
    .where('status', '=', 'open')
    .executeTakeFirst()
  return found?.state ?? null
}

/** What a hall asks now. */
export async function askedIn(db: Reader, hall: string): Promise<Questionnaire> {
  const running = await runningVersion(db, hall)
  return running === null ? HALL_SERVICE : named(running)
}

/** What a ballot of this name is about: open, or closed since; null for a draft, or what is none. */
export async function questionnaireOf(db: Reader, id: string): Promise<Questionnaire | null> {
  const ours = BUILT_IN.find((one) => nameOf(one) === id)
  if (ours !== undefined) return ours
  const found = await db
    .selectFrom('rating_questionnaires')
    .select('state')
    .where('id', '=', id)
    .where('status', 'in', ['open', 'closed'])
    .executeTakeFirst()
  return found === undefined ? null : named(found.state)
}

function named(version: QuestionnaireVersion): Questionnaire {
  return { ...version, name: version.hall }
}

/** Every question that a hall has asked in any version, by its id, which stands for one wording: what is asked now first. */
export async function questionsEverAsked(
  db: Reader,
  hall: string,
): Promise<{ readonly id: string; readonly words: Words }[]> {
  const versions = await db
    .selectFrom('rating_questionnaires')
    .select('state')
    .where('hall', '=', hall)
    .where('status', 'in', ['open', 'closed'])
    .orderBy('version', 'desc')
    .execute()
  const all = [...versions.flatMap(({ state }) => state.questions), ...HALL_SERVICE.questions]
  return [...new Map(all.map((one) => [one.id, one])).values()]
}
