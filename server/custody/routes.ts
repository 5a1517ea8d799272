import type { FastifyPluginAsync } from 'fastify'
import type { RouteDependencies } from '../http.ts'
import { annualRoutes } from './account/annual-routes.ts'
import { caseRoutes } from './cases/case-routes.ts'
import { commandRoutes } from './command-routes.ts'
import { accountNumberRoutes } from './account-number/routes.ts'
import { identityRoutes } from './identity/routes.ts'
import { inboundRoutes } from './inbound/routes.ts'
import { itemRoutes } from './items/routes.ts'
import { labelRoutes } from './papers/label-routes.ts'
import { listRoutes } from './intake/list-routes.ts'
import { roadRoutes } from './road/routes.ts'
import { reconcilingRoutes } from './reconciling/routes.ts'
import { onPaperRoutes } from './on-paper/routes.ts'
import { storeLabelRoutes } from './papers/store-label-routes.ts'
import { searchRoutes } from './search/routes.ts'
import { signingRoutes } from './signing/routes.ts'
import { stripRoutes } from './seals/strip-routes.ts'
import { storeRoutes } from './keeping/store-routes.ts'

/** Custody over HTTP: every write goes through the one door, every read of a case or an item is recorded before it is answered. */
export const custodyRoutes: FastifyPluginAsync<RouteDependencies> = async (app, deps) => {
  for (const routes of [
    caseRoutes,
    itemRoutes,
    commandRoutes,
    listRoutes,
    storeRoutes,
    searchRoutes,
    labelRoutes,
    storeLabelRoutes,
    stripRoutes,
    onPaperRoutes,
    reconcilingRoutes,
    signingRoutes,
    identityRoutes,
    accountNumberRoutes,
    inboundRoutes,
    roadRoutes,
    annualRoutes,
  ])
    await app.register(routes, deps)
}
