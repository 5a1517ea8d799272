import { type TSchema, Type } from 'typebox'
import { type Circumstances, type Decision, type Handler, handler, type Module, SYSTEM } from '../module.ts'
import { exactly, uuid } from '../schemas.ts'
import { actionHandlers } from './actions/handlers.ts'
import { boxHandlers } from './boxes/handlers.ts'
import { campaignHandlers } from './campaigns/handlers.ts'
import { followCounter, type FollowCounterState } from './counter-follow-ups/bad-batch.ts'
import { loadFollowCounter, registersOfBatch } from './counter-follow-ups/store.ts'
import { type CounterState, listMatter, type ListMatterState, signOff, signOn } from './counters.ts'
import { askAnswer, type AskAnswerState, assign, type FollowUpState, openContact, step } from './follow-ups.ts'
import { askFix } from './fixes/fix.ts'
import { paperBoxHandlers } from './paper-boxes/handlers.ts'
import { projections } from './projections.ts'
import { type HoursState, setHours } from './hours/hours.ts'
import { loadHours } from './hours/store.ts'
import { agreePortrait, type PortraitState, setPortrait } from './portraits/portrait.ts'
import { loadPortrait } from './portraits/store.ts'
import {
  loadDecideQuestionnaire,
  loadDraft,
  registersOfAsking,
  registersOfQuestionnaire,
} from './questionnaires/store.ts'
import {
  decideQuestionnaire,
  type DecideQuestionnaireState,
  draftQuestionnaire,
  type DraftState,
} from './questionnaires/version.ts'
import { decideRanking, type DecideState, freezeRanking, type FreezeState } from './rankings/ranking.ts'
import { loadDecide, loadFreeze, registersOfRanking } from './rankings/store.ts'
import { hallRegister } from './rating.ts'
import { sampleHandlers } from './samples/handlers.ts'
import { silenceHandlers } from './silence/handlers.ts'
import {
  type AgreePortrait,
  type AskAnswer,
  type AskFix,
  type AssignFollowUp,
  type CorrectSignOn,
  type DecideQuestionnaire,
  type DecideRanking,
  type DraftQuestionnaire,
  type FollowCounter,
  type FreezeRanking,
  followUpStep,
  type FollowUpStep,
  type OpenContact,
  type ListMatter,
  type OfferVote,
  type OpenService,
  schemas,
  type SetHours,
  type SetPortrait,
  type SetWatch,
  type SignOff,
  type SignOn,
} from './schemas.ts'
import { correctSignOn, type CorrectSignOnState } from './sign-ons/correction.ts'
import { loadCorrectSignOn } from './sign-ons/store.ts'
import { loadSetWatch } from './watch/store.ts'
import { setWatch, type SetWatchState } from './watch/watch.ts'
import { offerVote, type OfferVoteState, openService, type OpenServiceState } from './services.ts'
import {
  loadAskAnswer,
  loadAskFix,
  loadCounter,
  loadFollowUp,
  loadListMatter,
  loadOfferVote,
  loadOpenService,
  registersOfCounter,
  registersOfFollowUp,
  registersOfService,
} from './store.ts'

/** The body of a step with what it is about. */
const stepSchema = Type.Union(
  followUpStep.anyOf.map(({ properties }) => Type.Object({ followUp: uuid, ...properties }, exactly)),
)

/** Who may do which step is decided by what the follow-up is to him; any post brings him here. */
function overFollowUp<C extends AssignFollowUp | OpenContact | FollowUpStep>(
  schema: TSchema,
  decide: (state: FollowUpState, command: C, circumstances: Circumstances) => Decision,
): Handler {
  return handler<C, FollowUpState>({
    schema,
    posts: ['clerk', 'manager', 'supervisor', 'officer', 'custodian', 'approver'],
    registers: (trx, { followUp }) => registersOfFollowUp(trx, followUp),
    load: (trx, command, { at }) =>
      loadFollowUp(trx, command.followUp, 'handler' in command ? command.handler : null, at),
    decide,
  })
}

/** Halls, their counters, who is served there, and the one vote that each is offered. Votes themselves pass no door: `cast.ts`. */
export const ratingModule: Module = {
  name: 'rating',
  handlers: {
    ...actionHandlers,
    ...boxHandlers,
    ...campaignHandlers,
    ...paperBoxHandlers,
    ...sampleHandlers,
    ...silenceHandlers,
    'rating.list-matter': handler<ListMatter, ListMatterState>({
      schema: schemas['rating.list-matter'],
      posts: ['manager'],
      registers: async (_trx, { hall }) => [hallRegister(hall)],
      load: loadListMatter,
      decide: listMatter,
    }),
    'rating.sign-on': handler<SignOn, CounterState>({
      schema: schemas['rating.sign-on'],
      posts: ['clerk'],
      registers: (trx, { counter }) => registersOfCounter(trx, counter),
      load: (trx, { counter }, circumstances) => loadCounter(trx, counter, circumstances),
      decide: signOn,
    }),
    'rating.sign-off': handler<SignOff, CounterState>({
      schema: schemas['rating.sign-off'],
      posts: ['clerk'],
      registers: (trx, { counter }) => registersOfCounter(trx, counter),
      load: (trx, { counter }, circumstances) => loadCounter(trx, counter, circumstances),
      decide: signOff,
    }),
    'rating.correct-sign-on': handler<CorrectSignOn, CorrectSignOnState>({
      schema: schemas['rating.correct-sign-on'],
      posts: ['manager'],
      registers: (trx, { counter }) => registersOfCounter(trx, counter),
      load: loadCorrectSignOn,
      decide: correctSignOn,
    }),
    'rating.open-service': handler<OpenService, OpenServiceState>({
      schema: schemas['rating.open-service'],
      posts: ['clerk', 'manager', SYSTEM],
      registers: (trx, { counter }) => registersOfCounter(trx, counter),
      load: loadOpenService,
      decide: openService,
    }),
    'rating.ask-answer': handler<AskAnswer, AskAnswerState>({
      schema: schemas['rating.ask-answer'],
      posts: [SYSTEM],
      registers: (trx, { service }) => registersOfService(trx, service),
      load: (trx, { service }) => loadAskAnswer(trx, service),
      decide: askAnswer,
    }),
    'rating.follow-counter': handler<FollowCounter, FollowCounterState>({
      schema: schemas['rating.follow-counter'],
      posts: [SYSTEM],
      registers: (trx, { batch }) => registersOfBatch(trx, batch),
      load: (trx, { batch }) => loadFollowCounter(trx, batch),
      decide: followCounter,
    }),
    'rating.assign-follow-up': overFollowUp<AssignFollowUp>(schemas['rating.assign-follow-up'], assign),
    'rating.open-contact': overFollowUp<OpenContact>(schemas['rating.open-contact'], openContact),
    'rating.step-follow-up': overFollowUp<FollowUpStep>(stepSchema, step),
    'rating.ask-fix': handler<AskFix, FollowUpState & { readonly hasKey: boolean }>({
      schema: schemas['rating.ask-fix'],
      posts: ['manager', 'supervisor'],
      registers: (trx, { followUp }) => registersOfFollowUp(trx, followUp),
      load: (trx, { followUp }, { at }) => loadAskFix(trx, followUp, at),
      decide: askFix,
    }),
    'rating.freeze-ranking': handler<FreezeRanking, FreezeState>({
      schema: schemas['rating.freeze-ranking'],
      posts: ['manager', 'supervisor'],
      registers: async (_trx, { hall }) => [hallRegister(hall)],
      load: loadFreeze,
      decide: freezeRanking,
    }),
    'rating.decide-ranking': handler<DecideRanking, DecideState>({
      schema: schemas['rating.decide-ranking'],
      posts: ['manager', 'supervisor'],
      registers: (trx, { ranking }) => registersOfRanking(trx, ranking),
      load: loadDecide,
      decide: decideRanking,
    }),
    'rating.set-hours': handler<SetHours, HoursState>({
      schema: schemas['rating.set-hours'],
      posts: ['manager'],
      registers: async (_trx, { hall }) => [hallRegister(hall)],
      load: loadHours,
      decide: setHours,
    }),
    'rating.set-watch': handler<SetWatch, SetWatchState>({
      schema: schemas['rating.set-watch'],
      posts: ['supervisor'],
      registers: async (_trx, { hall }) => [hallRegister(hall)],
      load: loadSetWatch,
      decide: setWatch,
    }),
    'rating.set-portrait': handler<SetPortrait, PortraitState>({
      schema: schemas['rating.set-portrait'],
      posts: ['manager'],
      registers: async (_trx, { hall }) => [hallRegister(hall)],
      load: loadPortrait,
      decide: setPortrait,
    }),
    'rating.agree-portrait': handler<AgreePortrait, PortraitState>({
      schema: schemas['rating.agree-portrait'],
      posts: ['clerk'],
      registers: async (_trx, { hall }) => [hallRegister(hall)],
      load: (trx, { hall, photo }, circumstances) =>
        loadPortrait(trx, { hall, photo, clerk: circumstances.actor.person }, circumstances),
      decide: agreePortrait,
    }),
    'rating.draft-questionnaire': handler<DraftQuestionnaire, DraftState>({
      schema: schemas['rating.draft-questionnaire'],
      posts: ['manager', 'supervisor', 'approver'],
      registers: (trx, { hall }) => registersOfAsking(trx, hall),
      load: loadDraft,
      decide: draftQuestionnaire,
    }),
    'rating.decide-questionnaire': handler<DecideQuestionnaire, DecideQuestionnaireState>({
      schema: schemas['rating.decide-questionnaire'],
      posts: ['manager', 'supervisor', 'approver'],
      registers: (trx, { questionnaire }) => registersOfQuestionnaire(trx, questionnaire),
      load: loadDecideQuestionnaire,
      decide: decideQuestionnaire,
    }),
    'rating.offer-vote': handler<OfferVote, OfferVoteState>({
      schema: schemas['rating.offer-vote'],
      posts: ['clerk', 'manager', SYSTEM],
      registers: (trx, { service }) => registersOfService(trx, service),
      load: (trx, { service }, { at }) => loadOfferVote(trx, service, at),
      decide: offerVote,
    }),
  },
  projections,
}
