import type { Route } from '../../router.ts'

export const demoRoutes: readonly Route[] = [
  { path: '/demo', title: 'demo.title', load: () => import('./Demo.svelte') },
]
