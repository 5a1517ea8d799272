import { accountEn } from './account.en.ts'
import { agentsEn } from './agents.en.ts'
import { askedEn } from './asked.en.ts'
import { benchEn } from './bench.en.ts'
import { dashboardEn } from './dashboard.en.ts'
import { deadlinesEn } from './deadlines.en.ts'
import { demoEn } from './demo.en.ts'
import { deskEn } from './desk.en.ts'
import { requestsEn } from './requests.en.ts'
import { registerEn } from './register.en.ts'
import { cardsEn } from './cards.en.ts'
import type { WordKey } from './keys.ts'
import { devicesEn } from './devices.en.ts'
import { disposalEn } from './disposal.en.ts'
import { inboundEn } from './inbound.en.ts'
import { intakeEn } from './intake.en.ts'
import { hallEn } from './hall.en.ts'
import { lawsEn } from './laws.en.ts'
import { caseWorkEn } from './case-work.en.ts'
import { measuresEn } from './measures.en.ts'
import { outboxEn } from './outbox.en.ts'
import { papersEn } from './papers.en.ts'
import { peopleEn } from './people.en.ts'
import { asOfEn } from './as-of.en.ts'
import { keeperEn } from './keeper.en.ts'
import { regroupEn } from './regroup.en.ts'
import { stocktakesEn } from './stocktakes.en.ts'
import { boxesEn } from './boxes.en.ts'
import { campaignsEn } from './campaigns.en.ts'
import { samplesEn } from './samples.en.ts'
import { rollUpEn } from './roll-up.en.ts'
import { rankingEn } from './ranking.en.ts'
import { maintainingEn } from './maintaining.en.ts'
import { ratingEn } from './rating.en.ts'
import { signOnsEn } from './sign-ons.en.ts'
import { leaksEn } from './leaks.en.ts'
import { worthEn } from './worth.en.ts'
import { watchEn } from './watch.en.ts'
import { comparingEn } from './comparing.en.ts'
import { copiesEn } from './copies.en.ts'
import { seeingEn } from './seeing.en.ts'
import { storesEn } from './stores.en.ts'
import { superviseEn } from './supervise.en.ts'
import { urgingEn } from './urging.en.ts'
import { roadEn } from './road.en.ts'
import { keptEn } from './kept.en.ts'
import { onPaperEn } from './on-paper.en.ts'
import { reconcilingEn } from './reconciling.en.ts'
import { witnessedEn } from './witnessed.en.ts'

/** Every text of the screens, in English: the same keys and the same places as in Chinese. */
export const en: Readonly<Record<WordKey, string>> = {
  ...accountEn,
  ...agentsEn,
  ...askedEn,
  ...benchEn,
  ...dashboardEn,
  ...deadlinesEn,
  ...demoEn,
  ...deskEn,
  ...requestsEn,
  ...registerEn,
  ...cardsEn,
  ...devicesEn,
  ...disposalEn,
  ...inboundEn,
  ...intakeEn,
  ...hallEn,
  ...lawsEn,
  ...caseWorkEn,
  ...measuresEn,
  ...worthEn,
  ...leaksEn,
  ...outboxEn,
  ...papersEn,
  ...peopleEn,
  ...asOfEn,
  ...keeperEn,
  ...regroupEn,
  ...stocktakesEn,
  ...boxesEn,
  ...campaignsEn,
  ...samplesEn,
  ...rankingEn,
  ...rollUpEn,
  ...ratingEn,
  ...maintainingEn,
  ...comparingEn,
  ...copiesEn,
  ...signOnsEn,
  ...watchEn,
  ...seeingEn,
  ...storesEn,
  ...superviseEn,
  ...urgingEn,
  ...keptEn,
  ...onPaperEn,
  ...reconcilingEn,
  ...witnessedEn,
  ...roadEn,
  'app.name': 'Clearhold',
  'app.subject': 'Custody of seized property',
  'app.sentence': 'One case, one account · one item, one card · who seizes does not keep · cases close clean',

  'language.name': 'Language',
  'language.zh': '中文',
  'language.en': 'English',

  'state.ok': 'Accepted',
  'state.refused': 'Refused',
  'state.fault': 'Fault',
  'state.attention': 'Attention',
  'state.unknown': 'To be checked',
  'state.quiet': 'Ready',

  'link.connecting': 'Connecting',
  'link.live': 'Connected',
  'link.lost': 'Connection lost',
  'link.lost-detail': 'Reconnecting by itself; until then what you see may not be the latest state',

  'lock.locked': 'Locked',
  'lock.unlocked': 'Unlocked',

  'shell.place': 'Place',
  'shell.number': 'Number',
  'shell.person': 'Person',
  'shell.nobody': 'Not signed in',
  'shell.sign-out': 'Sign out',
  'shell.skip': 'Skip to the main part',
  'shell.volume': 'Volume',
  'shell.keys': 'Keys',

  'verdict.rule': 'Rule',
  'verdict.remedy': 'What to do',
  'verdict.code': 'Code',
  'verdict.waiting': 'Please scan',

  'action.back': 'Back',
  'action.cancel': 'Cancel',
  'action.close': 'Close',
  'action.confirm': 'Confirm',
  'action.more': 'Show more',
  'action.retry': 'Try again',
  'action.remove': 'Remove',
  'action.save': 'Save',
  'action.choose': 'Choose',

  'field.required': 'required',
  'field.fill-in': 'Fill this in',
  'field.not-so': 'This is not as it must be',
  'field.too-long': '{most} characters at most, {over} too many',
  'field.choose': 'Please choose',

  'step.done': 'done',
  'step.now': 'in progress',
  'step.todo': 'not begun',
  'step.refused': 'not passed',
  'step.needless': 'not needed',

  'text.comma': ', ',
  'text.aside': '{text} ({aside})',
  'text.of': '{what}: {words}',

  'table.empty': 'No entries',
  'table.rows': '{count} in all',
  'table.keys': 'Arrow keys move, Enter opens',
  'table.keys-mark': ', Space chooses',
  'table.mark': 'Choose this row',
  'table.mark-all': 'Choose all',

  'busy.working': 'Working…',

  'item.category': 'Category',
  'item.quantity': 'Quantity',
  'item.case': 'Case',
  'item.holder': 'Held by',
  'item.place': 'Place',
  'item.photo-none': 'No photo yet',
  'item.photo-broken': 'The photo did not load',
  'item.photo-of': 'Photo of {name}',

  'timeline.recorded': 'recorded {at}',
  'timeline.with': 'with {people}',
  'timeline.entry': 'Register {register}, entry {seq}',
  'timeline.hash': 'Hash',
  'timeline.photo': 'Photo {n}',

  'photo.take': 'Take photo',
  'photo.open-camera': 'Open camera',
  'photo.close-camera': 'Close camera',
  'photo.choose': 'Choose files',
  'photo.drop': 'Or drag pictures here, or paste them',
  'photo.count': '{count} chosen, at most {most}',
  'photo.remove': 'Remove photo {name}',
  'photo.none': 'No photo chosen yet',
  'photo.too-large': '{name} is {size}; one photo may have {limit}',
  'photo.not-image': '{name} is not a usable picture (JPEG or PNG)',
  'photo.too-many-pixels':
    '{name} has too many pixels (40 million at most, 12,000 a side) and was not added; take it again at a lower resolution',
  'photo.too-many': 'At most {most}; the rest were not added',
  'photo.camera-insecure': 'The browser gives the camera to secure addresses only; use https, or choose files',
  'photo.camera-denied': 'The browser was not allowed to use the camera; allow it beside the address, or choose files',
  'photo.camera-missing': 'No camera was found; choose files',
  'photo.camera-busy': 'Another program is using the camera; close it and try again, or choose files',

  'barcode.by-hand': 'Scan, or type and press Enter',

  'camera.open': 'Scan with the camera',
  'camera.title': 'Scan with the camera',
  'camera.close': 'Close the camera',
  'camera.other': 'Another camera',
  'camera.none': 'No camera',
  'camera.asking':
    'Opening the camera. If the browser asks, choose “Allow”; the picture is read on this machine, not kept and not sent.',
  'camera.looking': 'Hold the code inside the frame, 10 to 25 cm away, and keep it still.',
  'camera.straining':
    'Nothing read yet. Move closer or further away, out of reflections, and wipe the lens; if it still does not read, type the code.',
  'camera.insecure':
    'The browser gives the camera to secure addresses only. Use the https address, a scanner, or type the code.',
  'camera.denied':
    'The browser was not allowed to use the camera. Allow it beside the address and try again, or type the code.',
  'camera.missing': 'No camera was found. Connect one and try again, or use a scanner or type the code.',
  'camera.busy': 'Another program is using the camera. Close it and try again, or type the code.',
  'camera.taken': 'The camera is gone. Check its cable and try again, or type the code.',
  'camera.unloaded':
    'The reading program did not load; the line to the server may be down. Try again in a moment, or type the code.',

  'fault.line-cut': 'The bar code was cut short',
  'fault.line-too-long': 'The bar code is too long to be one of our labels',
  'fault.line-garbled': 'The bar code holds control characters or cannot be read',
  'fault.scan-again': 'Scan again; if it stays, replace the label or check the scanner',

  'problem.offline': 'The server gave no answer',
  'problem.offline-remedy': 'Check the network and try again; sending the same action twice records it once',
  'problem.failed': 'The server failed ({status})',
  'problem.failed-remedy': 'Try again; if it stays, call the system administrator',

  'route.missing': 'There is no such page',
  'route.missing-detail': 'The address {path} leads nowhere',
  'route.home': 'To the first page',
  'route.not-loaded': 'The page was not loaded',
  'route.not-loaded-detail': 'The server may just have been updated, or cannot be reached',

  'sign-in.title': 'Sign in',
  'sign-in.by-badge': 'badge and PIN',
  'sign-in.by-password': 'name and password',
  'sign-in.login': 'Sign-in name',
  'sign-in.password': 'Password',
  'sign-in.badge': 'Badge',
  'sign-in.badge-hint': 'Scan or present your badge',
  'sign-in.pin': 'PIN',
  'sign-in.code': 'One-time code',
  'sign-in.code-hint': 'The six digits that your authenticator app shows, or a recovery code',
  'sign-in.enter': 'Sign in',
  'sign-in.other-way': 'Use {way} instead',
  'sign-in.provider': 'Sign in through {provider}',
  'sign-in.returning': 'Confirming who you are',
  'sign-in.back': 'Back to the sign-in page',

  'home.title': 'Choose your work',
  'home.stations': 'Stations',
  'home.stations-none': 'No station is set up yet',
  'home.desks': 'Desks',
  'home.desk': 'Cases',
  'home.desk-detail': 'Open case accounts, register items, print cards, hand over, ask for loans',
  'home.decide': 'Approvals',
  'home.decide-detail': 'Decide requests, conclude incidents, see case accounts',
  'home.cases': 'Case accounts',
  'home.cases-detail': 'Case accounts, hand-over lists, overdue loans',
  'home.supervise': 'Supervision',
  'home.supervise-detail': 'Follow items, verify the registers',
  'home.deadlines': 'Deadlines',
  'home.deadlines-detail': 'What is due and overdue, working-day calendars, deadline rules',
  'home.people': 'People and posts',
  'home.people-detail': 'Organisation, posts, badges, new secrets; what two administrators do together',
  'home.devices': 'Devices',
  'home.agents-detail': 'Enrol and revoke PCs that have devices; their connection, clock, and what waits there',
  'home.outbox-detail': 'How far e-mails and messages to the gateway came; try, send again',
  'home.devices-detail': 'How they are, what they read, live bytes; add, change, move, try',
  'home.counter-detail': 'Sign on, call the next one, ask for the rating',
  'home.rating-detail': 'Satisfied and how sure, not rated, warnings, the account of the votes',
  'home.demo': 'Demonstration devices',
  'home.demo-detail': 'Scan, weigh, print and unplug by hand',

  'sign-in.asking': 'Asking who is signed in',
  'home.posts': 'Posts: {posts}',
  'home.waiting': 'Waiting for me',
  'home.task.approvals': 'Approvals',
  'home.task.approvals-detail': 'requests wait for your decision',
  'home.task.approvals-none': 'No request waits for your decision',
  'home.task.conclusions': 'Conclusions',
  'home.task.conclusions-detail': 'incidents wait for your conclusion',
  'home.task.conclusions-none': 'No incident waits for your conclusion',
  'home.task.to-hand-over': 'To hand over',
  'home.task.to-hand-over-detail': 'items are still with the department',
  'home.task.to-hand-over-none': 'No item is still with the department',
  'home.task.asked': 'My requests',
  'home.task.asked-detail': 'requests of yours wait for a decision',
  'home.task.asked-none': 'No request of yours waits',
  'home.task.check-in': 'To check in',
  'home.task.check-in-detail': 'items stand on lists and wait for their check-in',
  'home.task.check-in-none': 'No item waits for its check-in',
  'home.task.overdue': 'Overdue loans',
  'home.task.overdue-detail': 'loans are overdue',
  'home.task.overdue-none': 'No loan is overdue',
  'home.task.incidents': 'Incidents',
  'home.task.incidents-detail': 'incidents are not concluded',
  'home.task.incidents-none': 'No incident is open',
  'home.task.registers': 'Registers',
  'home.task.registers-detail': 'registers do not hold: look at once',
  'home.task.registers-none': 'No register was found broken',
  'home.task.proposals': 'To confirm',
  'home.task.proposals-detail': 'changes of people wait for you',
  'home.task.proposals-none': 'No change waits for you',
  'post.officer': 'case officer',
  'post.custodian': 'custodian',
  'post.approver': 'approver',
  'post.supervisor': 'supervisor',
  'post.clerk': 'clerk',
  'post.manager': 'head of unit',
  'post.system-admin': 'system administrator',
  'post.security-admin': 'security administrator',
  'post.audit-admin': 'audit administrator',

  'station.bench': 'Store bench',
  'station.door': 'Store door',
  'station.aisle': 'Aisle',
  'station.desk': 'Registration desk',
  'station.counter': 'Service counter',
  'station.wall': 'Wall screen',
}
