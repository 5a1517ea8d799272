import type { Route } from '../../router.ts'

export const papersRoutes: readonly Route[] = [
  { path: '/papers', title: 'papers.check-title', load: () => import('./CheckPaper.svelte') },
]
