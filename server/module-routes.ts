import type { FastifyInstance } from 'fastify'
import { agentRoutes, type AgentRouteOptions } from './agents/routes.ts'
import { copiesRoutes } from './approvals/copies-routes.ts'
import { approvalRoutes } from './approvals/routes.ts'
import { clockRoutes } from './clock/routes.ts'
import { caseFileRoutes } from './custody/case-file/routes.ts'
import { afterwardsRoutes } from './custody/bench/afterwards-routes.ts'
import { asOfRoutes } from './custody/as-of/as-of-routes.ts'
import { containerRoutes } from './custody/keeping/container-routes.ts'
import { dashboardRoutes } from './custody/dashboard/routes.ts'
import { alarmRoutes } from './custody/door/alarm-routes.ts'
import { lockRoutes } from './custody/locks/routes.ts'
import { disposalRoutes } from './custody/disposal/routes.ts'
import { epcisRoutes } from './custody/epcis/routes.ts'
import { exportRoutes } from './custody/exports/export-routes.ts'
import { gapRoutes } from './custody/keeping/gap-routes.ts'
import { caseImportRoutes } from './custody/case-import/routes.ts'
import { importRoutes } from './custody/import/routes.ts'
import { inboundImportRoutes } from './custody/inbound/import-routes.ts'
import { issuedRoutes } from './custody/papers/issued-routes.ts'
import { keeperRoutes } from './custody/keepers/routes.ts'
import { numbersOnScan } from './custody/account-number/on-papers.ts'
import { maySeePhoto, paperRoutes } from './custody/papers/paper-routes.ts'
import { custodyRoutes } from './custody/routes.ts'
import { stocktakeRoutes } from './custody/stocktake/routes.ts'
import { urgingsApart } from './custody/recusal/apart.ts'
import { custodyAside } from './custody/recusal/aside.ts'
import { itemNamesInSight } from './custody/sight/sight.ts'
import { tagRoutes } from './custody/papers/tag-routes.ts'
import type { Files } from './files/files.ts'
import { fileRoutes } from './files/routes.ts'
import type { RouteDependencies } from './http.ts'
import { inboxRoutes } from './inbox/routes.ts'
import type { Keys } from './keys.ts'
import { metricsRoute } from './metrics.ts'
import type { Way } from './outbox/outbox.ts'
import { outboxRoutes } from './outbox/routes.ts'
import { ownRoutes } from './own/routes.ts'
import { deeds, paperSources, triggers, workSources } from './modules.ts'
import type { Desk } from './stations/desk.ts'
import { ratingRoutes } from './rating/routes.ts'
import { fixRoutes } from './rating/fixes/routes.ts'
import { followUpRoutes } from './rating/follow-up-routes.ts'
import { reportRoutes } from './rating/report-routes.ts'
import { actionRoutes } from './rating/actions/routes.ts'
import { boxRoutes } from './rating/boxes/routes.ts'
import { paperRoutes as campaignPaperRoutes } from './rating/campaigns/paper-routes.ts'
import { addresseeRoutes } from './rating/campaigns/addressee-routes.ts'
import { campaignRoutes } from './rating/campaigns/routes.ts'
import { paperBoxRoutes } from './rating/paper-boxes/routes.ts'
import { sampleRoutes } from './rating/samples/routes.ts'
import { comparingRoutes } from './rating/comparing/routes.ts'
import { signOnRoutes } from './rating/sign-ons/routes.ts'
import { watchRoutes } from './rating/watch/routes.ts'
import { treeRoutes } from './rating/tree/routes.ts'
import { uploadRoutes } from './rating/upload/routes.ts'
import { wallRoutes } from './rating/hall/routes.ts'
import { hallRoutes } from './rating/hours/routes.ts'
import { maySeePortrait } from './rating/portraits/store.ts'
import { questionnaireRoutes } from './rating/questionnaires/routes.ts'
import { rankingRoutes } from './rating/rankings/routes.ts'
import { seeingRoutes } from './rating/seeing/routes.ts'
import { voiceRoutes } from './rating/voices/routes.ts'
import { maintenanceRoutes } from './rating/maintenance/routes.ts'
import { voteRoutes } from './rating/vote-routes.ts'
import { stationRoutes } from './stations/routes.ts'
import { leakRoutes } from './leaks/routes.ts'
import { urgingRoutes } from './urging/routes.ts'

export interface ModuleRouteDependencies extends RouteDependencies {
  readonly keys: Keys
  readonly files: Files
  readonly desk: Desk
  readonly agents: AgentRouteOptions['agents']
  /** Ways out of the house that are on. */
  readonly ways: readonly Way[]
  /** Whether there is a secret to sign uploads with; absent means no. */
  readonly canUpload?: boolean
  /** Where people open the program, where that was set. */
  readonly site?: string | null
  /** Spoken clips of the house’s own; null or absent where there are none. */
  readonly voiceDir?: string | null
  /** The site is served over TLS. */
  readonly secure: boolean
  /** Where the device files of this machine stand; `/dev` when not said. */
  readonly deviceFolder?: string
}

/** The routes of every module, beside those of the ground that `buildApp` has. */
export async function moduleRoutes(app: FastifyInstance, deps: ModuleRouteDependencies): Promise<void> {
  await app.register(custodyRoutes, deps)
  await app.register(alarmRoutes, deps)
  await app.register(lockRoutes, deps)
  await app.register(epcisRoutes, deps)
  await app.register(importRoutes, deps)
  await app.register(caseImportRoutes, deps)
  await app.register(inboundImportRoutes, deps)
  await app.register(containerRoutes, deps)
  await app.register(stocktakeRoutes, deps)
  await app.register(keeperRoutes, deps)
  await app.register(asOfRoutes, deps)
  await app.register(gapRoutes, deps)
  await app.register(exportRoutes, deps)
  await app.register(dashboardRoutes, deps)
  await app.register(disposalRoutes, deps)
  await app.register(caseFileRoutes, deps)
  await app.register(paperRoutes, deps)
  await app.register(issuedRoutes, { ...deps, sources: paperSources })
  await app.register(approvalRoutes, { ...deps, deeds })
  await app.register(copiesRoutes, { ...deps, deeds })
  await app.register(clockRoutes, { ...deps, triggers, names: itemNamesInSight, aside: custodyAside })
  await app.register(urgingRoutes, { ...deps, apart: urgingsApart })
  await app.register(leakRoutes, deps)
  await app.register(ownRoutes, deps)
  await app.register(outboxRoutes, deps)
  await app.register(inboxRoutes, { ...deps, sources: workSources })
  await app.register(fileRoutes, {
    ...deps,
    maySee: async (person, sha256) =>
      (await maySeePhoto(deps, person, sha256)) || (await maySeePortrait(deps.db, person, sha256, deps.now())),
    alsoRead: (sha256) => numbersOnScan(deps.db, sha256),
  })
  await app.register(stationRoutes, deps)
  await app.register(tagRoutes, deps)
  await app.register(afterwardsRoutes, deps)
  await app.register(ratingRoutes, deps)
  await app.register(seeingRoutes, deps)
  await app.register(hallRoutes, deps)
  await app.register(questionnaireRoutes, deps)
  await app.register(rankingRoutes, deps)
  await app.register(actionRoutes, deps)
  await app.register(boxRoutes, deps)
  await app.register(campaignRoutes, deps)
  await app.register(addresseeRoutes, deps)
  await app.register(paperBoxRoutes, deps)
  await app.register(campaignPaperRoutes, deps)
  await app.register(sampleRoutes, deps)
  await app.register(comparingRoutes, deps)
  await app.register(signOnRoutes, deps)
  await app.register(watchRoutes, deps)
  await app.register(treeRoutes, deps)
  await app.register(wallRoutes, deps)
  await app.register(uploadRoutes, deps)
  await app.register(voiceRoutes, deps)
  await app.register(voteRoutes, deps)
  await app.register(maintenanceRoutes, deps)
  await app.register(reportRoutes, deps)
  await app.register(followUpRoutes, deps)
  await app.register(fixRoutes, deps)
  await app.register(agentRoutes, deps)
  await metricsRoute(app, deps)
}
