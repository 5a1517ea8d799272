import type { Route } from '../../router.ts'

export const benchRoutes: readonly Route[] = [
  { path: '/bench/:station', title: 'home.stations', load: () => import('./Bench.svelte') },
  { path: '/bench/:station/cards', title: 'bench-cards.title', load: () => import('./Cards.svelte') },
]
