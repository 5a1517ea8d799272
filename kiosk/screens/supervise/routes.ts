import type { Route } from '../../router.ts'

export const superviseRoutes: readonly Route[] = [
  { path: '/supervise', title: 'supervise.title', load: () => import('./Supervise.svelte') },
  { path: '/supervise/dashboard', title: 'dashboard.title', load: () => import('../dashboard/Dashboard.svelte') },
  { path: '/supervise/figures', title: 'dashboard.list', load: () => import('../dashboard/FigurePage.svelte') },
  { path: '/supervise/interventions', title: 'interventions.title', load: () => import('./Interventions.svelte') },
  { path: '/supervise/granted', title: 'copies.title', load: () => import('./GrantedPage.svelte') },
  { path: '/supervise/annual', title: 'annual.title', load: () => import('./AnnualPage.svelte') },
  { path: '/supervise/alarms', title: 'alarms.title', load: () => import('./AlarmsPage.svelte') },
  { path: '/supervise/items/:code', title: 'supervise.item-title', load: () => import('./ItemPage.svelte') },
  { path: '/as-of/items/:code', title: 'as-of.title', load: () => import('./AsOfPage.svelte') },
  { path: '/as-of/cases/:number', title: 'as-of.title', load: () => import('./AsOfPage.svelte') },
  { path: '/as-of/stores/:id', title: 'as-of.title', load: () => import('./AsOfPage.svelte') },
]
