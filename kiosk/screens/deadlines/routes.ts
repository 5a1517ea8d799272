import type { Route } from '../../router.ts'

export const deadlinesRoutes: readonly Route[] = [
  { path: '/deadlines', title: 'deadlines.title', load: () => import('./Deadlines.svelte') },
]
