import { type Handler, handler } from '../../module.ts'
import { listAddressees, markAddressees } from './addressees.ts'
import {
  campaignRegister,
  decideCampaign,
  type DecideState,
  draftCampaign,
  type DraftState,
  issuePapers,
  voidPapers,
} from './campaign.ts'
import { exchangePapers } from './exchange.ts'
import {
  campaignSchemas,
  type DecideCampaign,
  type DraftCampaign,
  type ExchangePapers,
  type IssuePapers,
  type ListAddressees,
  type MarkAddressees,
  type VoidPapers,
} from './schemas.ts'
import { loadDecideCampaign, loadDraftCampaign, lockedCampaign, registersOfCampaign, sheetsIn } from './store.ts'

/** Campaigns. Votes pass no door: `cast.ts`. */
export const campaignHandlers: Readonly<Record<string, Handler>> = {
  'rating.draft-campaign': handler<DraftCampaign, DraftState>({
    schema: campaignSchemas['rating.draft-campaign'],
    posts: ['supervisor'],
    registers: async (_trx, { unit }) => [campaignRegister(unit)],
    load: loadDraftCampaign,
    decide: draftCampaign,
  }),
  'rating.decide-campaign': handler<DecideCampaign, DecideState>({
    schema: campaignSchemas['rating.decide-campaign'],
    posts: ['supervisor', 'approver'],
    registers: (trx, { campaign }) => registersOfCampaign(trx, campaign),
    load: loadDecideCampaign,
    decide: decideCampaign,
  }),
  'rating.issue-papers': handler<IssuePapers, Pick<DecideState, 'campaign'> & { readonly sheets: number }>({
    schema: campaignSchemas['rating.issue-papers'],
    posts: ['supervisor'],
    registers: (trx, { campaign }) => registersOfCampaign(trx, campaign),
    load: async (trx, { campaign, group }) => ({
      campaign: await lockedCampaign(trx, campaign),
      sheets: await sheetsIn(trx, campaign, group),
    }),
    decide: issuePapers,
  }),
  'rating.exchange-papers': handler<ExchangePapers, Pick<DecideState, 'campaign'>>({
    schema: campaignSchemas['rating.exchange-papers'],
    posts: ['supervisor'],
    registers: (trx, { campaign }) => registersOfCampaign(trx, campaign),
    load: async (trx, { campaign }) => ({ campaign: await lockedCampaign(trx, campaign) }),
    decide: exchangePapers,
  }),
  'rating.list-addressees': handler<ListAddressees, Pick<DecideState, 'campaign'>>({
    schema: campaignSchemas['rating.list-addressees'],
    posts: ['supervisor'],
    registers: (trx, { campaign }) => registersOfCampaign(trx, campaign),
    load: async (trx, { campaign }) => ({ campaign: await lockedCampaign(trx, campaign) }),
    decide: listAddressees,
  }),
  'rating.mark-addressees': handler<MarkAddressees, Pick<DecideState, 'campaign'>>({
    schema: campaignSchemas['rating.mark-addressees'],
    posts: ['supervisor'],
    registers: (trx, { campaign }) => registersOfCampaign(trx, campaign),
    load: async (trx, { campaign }) => ({ campaign: await lockedCampaign(trx, campaign) }),
    decide: markAddressees,
  }),
  'rating.void-papers': handler<VoidPapers, Pick<DecideState, 'campaign'>>({
    schema: campaignSchemas['rating.void-papers'],
    posts: ['supervisor'],
    registers: (trx, { campaign }) => registersOfCampaign(trx, campaign),
    load: async (trx, { campaign }) => ({ campaign: await lockedCampaign(trx, campaign) }),
    decide: voidPapers,
  }),
}
