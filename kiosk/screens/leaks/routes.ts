import type { Route } from '../../router.ts'

export const leaksRoutes: readonly Route[] = [
  { path: '/leaks', title: 'leaks.title', load: () => import('./LeaksPage.svelte') },
]
