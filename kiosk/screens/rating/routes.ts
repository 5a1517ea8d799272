import type { Route } from '../../router.ts'

export const ratingRoutes: readonly Route[] = [
  { path: '/rating', title: 'rating.results', load: () => import('./Results.svelte') },
  { path: '/rating/dashboard', title: 'see.title', load: () => import('./seeing/DashboardPage.svelte') },
  { path: '/rating/compare', title: 'compare.title', load: () => import('./comparing/ComparePage.svelte') },
  { path: '/rating/rankings', title: 'ranking.title', load: () => import('./Rankings.svelte') },
  { path: '/rating/boxes', title: 'box.title', load: () => import('./boxes/BoxesPage.svelte') },
  {
    path: '/rating/questionnaires',
    title: 'asked.title',
    load: () => import('./questionnaires/Questionnaires.svelte'),
  },
  { path: '/rating/campaigns', title: 'campaign.title', load: () => import('./campaigns/CampaignsPage.svelte') },
  { path: '/rating/paper-boxes', title: 'papers-box.title', load: () => import('./paper-boxes/PaperBoxesPage.svelte') },
  { path: '/rating/samples', title: 'sample.title', load: () => import('./samples/SamplesPage.svelte') },
  { path: '/rating/sign-ons', title: 'sign-on.title', load: () => import('./sign-ons/SignOnsPage.svelte') },
  { path: '/rating/tree', title: 'tree.title', load: () => import('./tree/TreePage.svelte') },
  { path: '/rating/hall', title: 'hall.title', load: () => import('./halls/HallPage.svelte') },
  { path: '/rating/follow-ups', title: 'follow-up.title', load: () => import('./FollowUps.svelte') },
  { path: '/counter/:station', title: 'rating.console', load: () => import('./Console.svelte') },
  { path: '/counter/:station/wall', title: 'wall.title', load: () => import('./Wall.svelte') },
  { path: '/counter/:station/rate', title: 'rating.title', load: () => import('./Rater.svelte') },
  { path: '/report', title: 'report.title', load: () => import('./Report.svelte') },
  { path: '/ballot', title: 'ballot.title', load: () => import('./campaigns/Ballot.svelte') },
  { path: '/vote', title: 'rating.title', load: () => import('./Phone.svelte') },
]
