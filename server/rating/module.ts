import { handler, type Module, SYSTEM } from '../module.ts'
import { type CounterState, listMatter, type ListMatterState, signOff, signOn } from './counters.ts'
import { projections } from './projections.ts'
import { hallRegister } from './rating.ts'
import { type ListMatter, type OfferVote, type OpenService, schemas, type SignOff, type SignOn } from './schemas.ts'
import { offerVote, type OfferVoteState, openService, type OpenServiceState } from './services.ts'
import {
  loadCounter,
  loadListMatter,
  loadOfferVote,
  loadOpenService,
  registersOfCounter,
  registersOfService,
} from './store.ts'

/** Halls, their counters, who is served there, and the one vote that each is offered. Votes themselves pass no door: `cast.ts`. */
export const ratingModule: Module = {
  name: 'rating',
  handlers: {
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
    'rating.open-service': handler<OpenService, OpenServiceState>({
      schema: schemas['rating.open-service'],
      posts: ['clerk', 'manager', SYSTEM],
      registers: (trx, { counter }) => registersOfCounter(trx, counter),
      load: loadOpenService,
      decide: openService,
    }),
    'rating.offer-vote': handler<OfferVote, OfferVoteState>({
      schema: schemas['rating.offer-vote'],
      posts: ['clerk', 'manager', SYSTEM],
      registers: (trx, { service }) => registersOfService(trx, service),
      load: (trx, { service }) => loadOfferVote(trx, service),
      decide: offerVote,
    }),
  },
  projections,
}
