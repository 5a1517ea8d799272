import type { Route } from '../../router.ts'

export const onPaperRoutes: readonly Route[] = [
  { path: '/on-paper', title: 'on-paper.title', load: () => import('./OnPaperPage.svelte') },
]
