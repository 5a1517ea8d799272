import { type Projection, projection } from '../module.ts'
import { type Action, evolveAction } from './actions/action.ts'
import { type Box, evolveBox, groupOfBox } from './boxes/box.ts'
import { type Campaign, evolveCampaign } from './campaigns/campaign.ts'
import { type Counter, evolveCounter, evolveMatter, type Matter } from './counters.ts'
import { evolveFollowUp, type FollowUp } from './follow-ups.ts'
import { evolveHours, type HallHours } from './hours/hours.ts'
import { evolvePaperBox, type PaperBox } from './paper-boxes/paper-box.ts'
import { evolvePortrait, type Portrait } from './portraits/portrait.ts'
import { evolveQuestionnaire, type QuestionnaireVersion } from './questionnaires/version.ts'
import { evolveRanking, type Ranking } from './rankings/ranking.ts'
import { evolveService, type Service } from './services.ts'
import { evolveSample, type Sample } from './samples/sample.ts'
import { evolveSignOnCorrection, type SignOnCorrection } from './sign-ons/correction.ts'
import { evolveWatch, type HallWatch } from './watch/watch.ts'
import { type CounterSilence, evolveSilence, evolveSilenceRule, type RuledSilence } from './silence/silence.ts'
import './tables.ts'

function there<S>(id: string, state: S | null): S {
  if (state === null) throw new Error(`${id} does not begin with its first fact`)
  return state
}

export const matters: Projection<Matter | null> = {
  kind: 'matter',
  table: 'rating_matters',
  initial: null,
  evolve: evolveMatter,
  columns: (id, state) => {
    const { hall, name } = there(id, state)
    return { hall, name }
  },
}

export const counters: Projection<Counter | null> = {
  kind: 'counter',
  table: 'rating_counters',
  initial: null,
  evolve: evolveCounter,
  columns: (id, state) => {
    const { hall, clerk } = there(id, state)
    return { hall, clerk }
  },
}

export const services: Projection<Service | null> = {
  kind: 'service',
  table: 'rating_services',
  initial: null,
  evolve: evolveService,
  columns: (id, state) => {
    const { hall, counter, clerk, matter, number, openedAt, offered, closed } = there(id, state)
    return {
      ...{ hall, counter, clerk, matter, number, opened_at: openedAt, closed },
      ...{ grp: offered?.group ?? null, expires_at: offered?.expiresAt ?? null },
    }
  },
}

export const followUps: Projection<FollowUp | null> = {
  kind: 'follow-up',
  table: 'rating_follow_ups',
  initial: null,
  evolve: evolveFollowUp,
  columns: (id, state) => {
    const { hall, clerk, handler, status, askedAt, fix } = there(id, state)
    return {
      ...{ hall, clerk, handler, status, asked_at: askedAt },
      ...{ fix_grp: fix?.group ?? null, fix_expires_at: fix?.expiresAt ?? null },
    }
  },
}

export const rankings: Projection<Ranking | null> = {
  kind: 'ranking',
  table: 'rating_rankings',
  initial: null,
  evolve: evolveRanking,
  columns: (id, state) => {
    const { hall, status, frozen } = there(id, state)
    return { hall, status, frozen_at: frozen.at }
  },
}

export const actions: Projection<Action | null> = {
  kind: 'action',
  table: 'rating_actions',
  initial: null,
  evolve: evolveAction,
  columns: (id, state) => {
    const { hall, clerk, status, steps } = there(id, state)
    return { hall, clerk, status, decided_at: steps[0]?.at ?? null }
  },
}

export const boxes: Projection<Box | null> = {
  kind: 'box',
  table: 'rating_boxes',
  initial: null,
  evolve: evolveBox,
  columns: (id, state) => {
    const box = there(id, state)
    const { hall, sheets, sealed, opened } = box
    return { hall, grp: groupOfBox(box), sheets, sealed, opened_at: opened.at }
  },
}

export const questionnaires: Projection<QuestionnaireVersion | null> = {
  kind: 'questionnaire',
  table: 'rating_questionnaires',
  initial: null,
  evolve: evolveQuestionnaire,
  columns: (id, state) => {
    const { hall, version, status } = there(id, state)
    return { hall, version, status }
  },
}

export const campaigns: Projection<Campaign | null> = {
  kind: 'campaign',
  table: 'rating_campaigns',
  initial: null,
  evolve: evolveCampaign,
  columns: (id, state) => {
    const { unit, status, to, departments, draftedAt, onPaper = false } = there(id, state)
    return { unit, status, last_day: to, departments: departments.length, drafted_at: draftedAt, on_paper: onPaper }
  },
  parts: [
    {
      table: 'rating_campaign_issues',
      key: ['campaign', 'issue'],
      rows: (id, state) =>
        there(id, state).issues.map(({ id: issue, group, count, voided }) => ({
          ...{ campaign: id, issue, grp: group, count, voided },
        })),
    },
  ],
}

export const paperBoxes: Projection<PaperBox | null> = {
  kind: 'paper-box',
  table: 'rating_paper_boxes',
  initial: null,
  evolve: evolvePaperBox,
  columns: (id, state) => {
    const { campaign, unit, sheets, sealed, opened } = there(id, state)
    return { campaign, unit, sheets, sealed, opened_at: opened.at }
  },
}

export const samples: Projection<Sample | null> = {
  kind: 'sample',
  table: 'rating_samples',
  initial: null,
  evolve: evolveSample,
  columns: (id, state) => {
    const { hall, ordered } = there(id, state)
    return { hall, ordered_at: ordered.at }
  },
}

export const hours: Projection<HallHours | null> = {
  kind: 'hours',
  table: 'rating_hours',
  initial: null,
  evolve: evolveHours,
  columns: () => ({}),
}

const signOnCorrections: Projection<SignOnCorrection | null> = {
  kind: 'sign-on',
  table: 'rating_sign_on_corrections',
  initial: null,
  evolve: evolveSignOnCorrection,
  columns: (id, state) => {
    const { hall, from, until } = there(id, state)
    return { hall, from_at: from, until_at: until }
  },
}

export const watches: Projection<HallWatch | null> = {
  kind: 'watch',
  table: 'rating_watch',
  initial: null,
  evolve: evolveWatch,
  columns: () => ({}),
}

export const portraits: Projection<Portrait | null> = {
  kind: 'portrait',
  table: 'rating_portraits',
  initial: null,
  evolve: evolvePortrait,
  columns: (id, state) => {
    const { hall, photo } = there(id, state)
    return { hall, photo }
  },
}

const silenceRules: Projection<RuledSilence | null> = {
  kind: 'silence-rule',
  table: 'rating_silence_rules',
  initial: null,
  evolve: evolveSilenceRule,
  columns: () => ({}),
}

export const silences: Projection<CounterSilence | null> = {
  kind: 'silence',
  table: 'rating_silences',
  initial: null,
  evolve: evolveSilence,
  columns: (id, state) => {
    const { hall, silent, toldAt } = there(id, state)
    return { hall, silent, told_at: toldAt }
  },
}

export const projections = [
  projection(silenceRules),
  projection(silences),
  projection(hours),
  projection(signOnCorrections),
  projection(watches),
  projection(portraits),
  projection(actions),
  projection(boxes),
  projection(campaigns),
  projection(paperBoxes),
  projection(samples),
  projection(questionnaires),
  projection(rankings),
  projection(followUps),
  projection(matters),
  projection(counters),
  projection(services),
]
