import { Type } from 'typebox'
import { answering, exactly, orNull, pageWith, words } from '../../schemas.ts'
import { count, named, questionnaireAnswer, rate, share, text } from '../answers.ts'
import type { CampaignDeed, CampaignResults, CampaignStage, ShownCampaign, ShownPaper } from './protocol.ts'

const STAGES: CampaignStage[] = ['draft', 'waiting', 'open', 'over', 'closed', 'published', 'dropped']
const DEEDS: CampaignDeed[] = ['draft', 'drop', 'open', 'issue', 'close', 'publish']
const byAt = { by: named, at: text }
const done = orNull(Type.Object(byAt, exactly))

const campaign = answering<ShownCampaign>()(
  Type.Object(
    {
      ...{ id: text, unit: named, title: text, from: text, to: text, questionnaire: text },
      stage: Type.Unsafe<CampaignStage>(Type.Enum(STAGES)),
      ...{ onPaper: Type.Boolean(), isOver: Type.Boolean() },
      departments: Type.Array(named),
      groups: Type.Array(
        Type.Object(
          {
            ...{ id: text, name: text, target: count, weight: orNull(count) },
            ...{ issued: count, exchanged: count, used: count, onPaper: count },
          },
          exactly,
        ),
      ),
      ...{ drafters: Type.Array(named), draftedAt: text, opened: done, closed: done, published: done },
      issues: Type.Array(
        Type.Object(
          { ...byAt, id: text, group: text, count, used: count, exchanged: count, voided: Type.Boolean() },
          exactly,
        ),
      ),
      may: Type.Array(Type.Unsafe<CampaignDeed>(Type.Enum(DEEDS))),
    },
    exactly,
  ),
)

export const campaignsPage = pageWith('campaigns', campaign)

export const resultsAnswer = answering<CampaignResults>()(
  Type.Object(
    {
      departments: Type.Array(
        Type.Object(
          {
            ...{ id: text, name: text, all: orNull(rate), place: orNull(count) },
            groups: Type.Array(Type.Object({ id: text, satisfied: orNull(rate) }, exactly)),
            weighted: orNull(Type.Object({ rate: share, low: share, high: share }, exactly)),
            answers: Type.Array(Type.Object({ id: text, satisfied: rate }, exactly)),
          },
          exactly,
        ),
      ),
      questions: Type.Array(Type.Object({ id: text, words }, exactly)),
      ...{ means: words, least: count, rankedFrom: count },
    },
    exactly,
  ),
)

export const paperAnswer = answering<ShownPaper>()(
  Type.Object(
    {
      ...{ title: text, unit: text, group: text, from: text, to: text, departments: Type.Array(named) },
      questionnaire: questionnaireAnswer,
    },
    exactly,
  ),
)
