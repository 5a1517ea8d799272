import type { Route } from '../../router.ts'

export const reconcilingRoutes: readonly Route[] = [
  { path: '/reconciling', title: 'reconciling.title', load: () => import('./ReconcilingPage.svelte') },
]
