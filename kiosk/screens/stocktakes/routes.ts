import type { Route } from '../../router.ts'

export const stocktakesRoutes: readonly Route[] = [
  { path: '/counts', title: 'stocktake.title', load: () => import('./StocktakesPage.svelte') },
  { path: '/counts/:code', title: 'stocktake.one', load: () => import('./StocktakePage.svelte') },
]
