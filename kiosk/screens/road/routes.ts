import type { Route } from '../../router.ts'

export const roadRoutes: readonly Route[] = [
  { path: '/road', title: 'road.title', load: () => import('./RoadPage.svelte') },
]
