/** The desk's screens: where, for whom, and which words they need. */
import type { Area, Key } from '$lib/catalogue';
import type { Role } from '$lib/session.svelte';
import type { Component } from 'svelte';

export interface Route {
  path: string;
  title: Key;
  roles: Role[] | 'everyone';
  areas: Area[];
  // Screens take the address's parameters; their types differ by screen.
  load: () => Promise<{ default: Component<any> }>;
  /** Shown in the navigation under this heading. */
  group?: Key;
}

const ADMIN: Role[] = ['district_admin'];
const LEADER: Role[] = ['district_leader'];
const PRINCIPAL: Role[] = ['host_principal'];

export const ROUTES: Route[] = [
  { path: '/start', title: 'shell.first_steps', roles: ADMIN, areas: ['start'], load: () => import('./screens/FirstSteps.svelte'), group: 'shell.group_admin' },
  { path: '/visits', title: 'shell.my_visits', roles: ['observer'], areas: ['visits', 'followup'], load: () => import('./screens/MyVisits.svelte'), group: 'shell.group_rounds' },
  { path: '/visits/:round/ready', title: 'shell.get_ready', roles: ['observer'], areas: ['visits'], load: () => import('./screens/GetReady.svelte') },
  { path: '/visits/:round/:slot', title: 'shell.my_notes', roles: ['observer'], areas: ['visits', 'evidence'], load: () => import('./screens/SlotNotes.svelte') },
  { path: '/visits/:round', title: 'shell.team_notes', roles: ['observer'], areas: ['visits', 'evidence'], load: () => import('./screens/TeamNotes.svelte') },
  { path: '/rounds', title: 'shell.my_rounds', roles: ['facilitator'], areas: ['debrief', 'followup'], load: () => import('./screens/MyRounds.svelte'), group: 'shell.group_rounds' },
  { path: '/rounds/:round', title: 'shell.round', roles: ['facilitator'], areas: ['debrief', 'evidence', 'figures'], load: () => import('./screens/Debrief.svelte') },
  { path: '/board/:round', title: 'shell.board', roles: ['facilitator', 'observer'], areas: ['board', 'debrief', 'evidence', 'figures'], load: () => import('./screens/board/Together.svelte') },
  { path: '/follow-up/:round', title: 'shell.follow_up', roles: ['facilitator', 'observer', ...LEADER, ...PRINCIPAL, 'teacher'], areas: ['followup'], load: () => import('./screens/FollowUp.svelte') },
  { path: '/school', title: 'shell.our_rounds', roles: PRINCIPAL, areas: ['prepare', 'followup'], load: () => import('./screens/SchoolRounds.svelte'), group: 'shell.group_school' },
  { path: '/school/rounds/:round', title: 'shell.prepare', roles: PRINCIPAL, areas: ['prepare'], load: () => import('./screens/Prepare.svelte') },
  { path: '/school/summary', title: 'shell.summary', roles: [...PRINCIPAL, 'teacher'], areas: ['figures'], load: () => import('./screens/SchoolSummary.svelte'), group: 'shell.group_school' },
  { path: '/school/classrooms', title: 'shell.classrooms', roles: PRINCIPAL, areas: ['schools'], load: () => import('./screens/OurClassrooms.svelte'), group: 'shell.group_school' },
  { path: '/schedule', title: 'shell.rounds', roles: LEADER, areas: ['schedule'], load: () => import('./screens/ScheduleList.svelte'), group: 'shell.group_district' },
  { path: '/planning', title: 'shell.planning_board', roles: LEADER, areas: ['stage'], load: () => import('./screens/stage/PlanningBoard.svelte'), group: 'shell.group_district' },
  { path: '/schedule/new', title: 'shell.schedule_round', roles: LEADER, areas: ['schedule'], load: () => import('./screens/ScheduleRound.svelte') },
  { path: '/schedule/:round', title: 'shell.scheduled_round', roles: LEADER, areas: ['schedule', 'visitday'], load: () => import('./screens/ScheduledRound.svelte') },
  { path: '/schedule/:round/day', title: 'shell.scheduled_round', roles: LEADER, areas: ['schedule', 'visitday'], load: () => import('./screens/VisitDay.svelte') },
  { path: '/schedule/:round/edit', title: 'shell.edit_round', roles: LEADER, areas: ['schedule'], load: () => import('./screens/ScheduleRound.svelte') },
  { path: '/plans', title: 'shell.plans', roles: LEADER, areas: ['plans'], load: () => import('./screens/Plans.svelte'), group: 'shell.group_district' },
  { path: '/plans/new', title: 'shell.ask_plan', roles: LEADER, areas: ['plans'], load: () => import('./screens/AskPlan.svelte') },
  { path: '/plans/report', title: 'shell.plans', roles: LEADER, areas: ['plans', 'schedule'], load: () => import('./screens/Disruption.svelte') },
  { path: '/plans/history', title: 'shell.plans', roles: LEADER, areas: ['plans'], load: () => import('./screens/PlanHistory.svelte') },
  { path: '/plans/compare', title: 'shell.plans', roles: LEADER, areas: ['plans'], load: () => import('./screens/ComparePlans.svelte') },
  { path: '/plans/:plan', title: 'shell.proposal', roles: LEADER, areas: ['plans', 'schedule'], load: () => import('./screens/Proposal.svelte') },
  { path: '/plans/:plan/again', title: 'shell.ask_plan', roles: LEADER, areas: ['plans'], load: () => import('./screens/AskPlan.svelte') },
  { path: '/instruments', title: 'shell.instruments', roles: LEADER, areas: ['instruments', 'imports'], load: () => import('./screens/instruments/Instruments.svelte'), group: 'shell.group_district' },
  { path: '/instruments/:key', title: 'shell.instruments', roles: LEADER, areas: ['instruments'], load: () => import('./screens/instruments/InstrumentEditor.svelte') },
  { path: '/calendar', title: 'shell.calendar', roles: [...LEADER, ...ADMIN], areas: ['calendar'], load: () => import('./screens/Calendar.svelte'), group: 'shell.group_district' },
  { path: '/stage', title: 'shell.stage', roles: [...LEADER, ...ADMIN], areas: ['stage', 'imports'], load: () => import('./screens/stage/SetStage.svelte'), group: 'shell.group_district' },
  { path: '/stage/people', title: 'shell.stage', roles: [...LEADER, ...ADMIN], areas: ['edit', 'schedule', 'stage', 'imports'], load: () => import('./screens/edit/PeoplePlanning.svelte') },
  { path: '/days-out', title: 'shell.days_out', roles: [...LEADER, ...ADMIN, ...PRINCIPAL], areas: ['stage', 'imports'], load: () => import('./screens/stage/DaysOut.svelte'), group: 'shell.group_district' },
  { path: '/schools', title: 'shell.schools', roles: [...LEADER, ...ADMIN], areas: ['schools'], load: () => import('./screens/Schools.svelte'), group: 'shell.group_district' },
  { path: '/schools/:school', title: 'shell.school', roles: [...LEADER, ...ADMIN], areas: ['schools'], load: () => import('./screens/School.svelte') },
  { path: '/schools/:school/planning', title: 'shell.school', roles: [...LEADER, ...ADMIN, ...PRINCIPAL], areas: ['edit', 'calendar'], load: () => import('./screens/edit/SchoolPlanning.svelte') },
  { path: '/patterns', title: 'shell.district_patterns', roles: [...LEADER, 'analyst'], areas: ['figures', 'district'], load: () => import('./screens/DistrictPatterns.svelte'), group: 'shell.group_district' },
  { path: '/extracts', title: 'shell.extracts', roles: ['analyst', ...LEADER], areas: ['figures', 'district'], load: () => import('./screens/Extracts.svelte'), group: 'shell.group_district' },
  { path: '/patterns/:school', title: 'shell.summary', roles: [...LEADER, ...PRINCIPAL, 'teacher', 'analyst'], areas: ['figures'], load: () => import('./screens/SchoolSummary.svelte') },
  { path: '/imports', title: 'shell.imports', roles: ADMIN, areas: ['imports'], load: () => import('./screens/Imports.svelte'), group: 'shell.group_admin' },
  { path: '/imports/observations/:id', title: 'shell.import_report', roles: ADMIN, areas: ['imports'], load: () => import('./screens/ObservationImport.svelte') },
  { path: '/imports/:id', title: 'shell.import_report', roles: ADMIN, areas: ['imports'], load: () => import('./screens/ImportReport.svelte') },
  { path: '/accounts', title: 'shell.accounts', roles: ADMIN, areas: ['accounts'], load: () => import('./screens/Accounts.svelte'), group: 'shell.group_admin' },
  { path: '/accounts/invite', title: 'shell.invite', roles: ADMIN, areas: ['accounts'], load: () => import('./screens/Invite.svelte') },
  { path: '/outbox', title: 'shell.outbox', roles: ADMIN, areas: ['stage', 'imports'], load: () => import('./screens/stage/Outbox.svelte'), group: 'shell.group_admin' },
  { path: '/settings', title: 'shell.settings', roles: ADMIN, areas: ['operations'], load: () => import('./screens/Settings.svelte'), group: 'shell.group_admin' },
  { path: '/audit', title: 'shell.audit', roles: ADMIN, areas: ['operations'], load: () => import('./screens/Audit.svelte'), group: 'shell.group_admin' },
  { path: '/operations', title: 'shell.operations', roles: ADMIN, areas: ['operations'], load: () => import('./screens/Operations.svelte'), group: 'shell.group_admin' },
  { path: '/coaching', title: 'shell.coaching', roles: 'everyone', areas: ['coaching', 'remind'], load: () => import('./screens/Coaching.svelte'), group: 'shell.group_coaching' },
  { path: '/coaching/cycles/:cycle', title: 'shell.cycle', roles: 'everyone', areas: ['coaching'], load: () => import('./screens/Cycle.svelte') },
  { path: '/coaching/cycles/:cycle/meetings/:meeting', title: 'shell.cycle', roles: 'everyone', areas: ['coaching'], load: () => import('./screens/Cycle.svelte') },
  { path: '/coaching/partners', title: 'shell.partners', roles: 'everyone', areas: ['coaching'], load: () => import('./screens/Partners.svelte'), group: 'shell.group_coaching' },
  { path: '/coaching/commitments', title: 'shell.my_commitments', roles: 'everyone', areas: ['coaching'], load: () => import('./screens/MyCommitments.svelte'), group: 'shell.group_coaching' },
  { path: '/coaching/progress', title: 'shell.coaching_progress', roles: [...LEADER, ...ADMIN], areas: ['coaching', 'schedule'], load: () => import('./screens/CoachingProgress.svelte'), group: 'shell.group_coaching' },
  { path: '/coaching/protocols', title: 'shell.protocols', roles: [...LEADER, ...ADMIN], areas: ['coaching'], load: () => import('./screens/protocols/Protocols.svelte'), group: 'shell.group_coaching' },
  { path: '/coaching/protocols/:key', title: 'shell.protocol', roles: [...LEADER, ...ADMIN], areas: ['coaching', 'protocol'], load: () => import('./screens/protocols/ProtocolEditor.svelte') },
  { path: '/my-calendar', title: 'shell.my_calendar', roles: 'everyone', areas: ['stage', 'imports'], load: () => import('./screens/stage/MyCalendar.svelte'), group: 'shell.group_me' },
  { path: '/profile', title: 'shell.profile', roles: 'everyone', areas: [], load: () => import('./screens/Profile.svelte'), group: 'shell.group_me' },
];
