import type { Route } from '../../router.ts'

export const storesRoutes: readonly Route[] = [
  { path: '/stores/:id', title: 'stores.title', load: () => import('./StorePage.svelte') },
  { path: '/stores/:id/labels', title: 'stores.labels', load: () => import('./StoreLabels.svelte') },
]
