import type { Route } from '../../router.ts'

export const urgingsRoutes: readonly Route[] = [
  { path: '/urgings', title: 'urging.title', load: () => import('./Urgings.svelte') },
  { path: '/urgings/:id', title: 'urging.one', load: () => import('./UrgingPage.svelte') },
]
