import type { Route } from '../router.ts'
import { deskRoutes } from './desk/routes.ts'
import { accountRoutes } from './account/routes.ts'
import { benchRoutes } from './bench/routes.ts'
import { deadlinesRoutes } from './deadlines/routes.ts'
import { devicesRoutes } from './devices/routes.ts'
import { demoRoutes } from './demo/routes.ts'
import { galleryRoutes } from './gallery/routes.ts'
import { homeRoutes } from './home/routes.ts'
import { outboxRoutes } from './outbox/routes.ts'
import { ratingRoutes } from './rating/routes.ts'
import { onPaperRoutes } from './on-paper/routes.ts'
import { papersRoutes } from './papers/routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { reconcilingRoutes } from './reconciling/routes.ts'
import { roadRoutes } from './road/routes.ts'
import { stocktakesRoutes } from './stocktakes/routes.ts'
import { storesRoutes } from './stores/routes.ts'
import { superviseRoutes } from './supervise/routes.ts'
import { leaksRoutes } from './leaks/routes.ts'
import { urgingsRoutes } from './urgings/routes.ts'

/** Every screen of the page: one line a module. The gallery of parts is there while developing only. */
export const routes: readonly Route[] = [
  ...homeRoutes,
  ...accountRoutes,
  ...deskRoutes,
  ...superviseRoutes,
  ...urgingsRoutes,
  ...onPaperRoutes,
  ...leaksRoutes,
  ...papersRoutes,
  ...stocktakesRoutes,
  ...storesRoutes,
  ...reconcilingRoutes,
  ...roadRoutes,
  ...deadlinesRoutes,
  ...peopleRoutes,
  ...outboxRoutes,
  ...devicesRoutes,
  ...benchRoutes,
  ...ratingRoutes,
  ...demoRoutes,
  ...(import.meta.env.DEV ? galleryRoutes : []),
]
