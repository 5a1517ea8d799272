import type { Route } from '../router.ts'
import { benchRoutes } from './bench/routes.ts'
import { galleryRoutes } from './gallery/routes.ts'
import { homeRoutes } from './home/routes.ts'

/** Every screen of the page: one line a module. The gallery of parts is there while developing only. */
export const routes: readonly Route[] = [...homeRoutes, ...benchRoutes, ...(import.meta.env.DEV ? galleryRoutes : [])]
