/** The keys of the message catalogue, checked by the compiler: "area.key", plural forms under one name. */
interface Catalogue {
  shell: typeof import('../../shared/catalogue/shell.json');
  me: typeof import('../../shared/catalogue/me.json');
  words: typeof import('../../shared/catalogue/words.json');
  accounts: typeof import('../../shared/catalogue/accounts.json');
  board: typeof import('../../shared/catalogue/board.json');
  calendar: typeof import('../../shared/catalogue/calendar.json');
  capture: typeof import('../../shared/catalogue/capture.json');
  columns: typeof import('../../shared/catalogue/columns.json');
  coaching: typeof import('../../shared/catalogue/coaching.json');
  debrief: typeof import('../../shared/catalogue/debrief.json');
  district: typeof import('../../shared/catalogue/district.json');
  edit: typeof import('../../shared/catalogue/edit.json');
  evidence: typeof import('../../shared/catalogue/evidence.json');
  figures: typeof import('../../shared/catalogue/figures.json');
  followup: typeof import('../../shared/catalogue/followup.json');
  imports: typeof import('../../shared/catalogue/imports.json');
  instruments: typeof import('../../shared/catalogue/instruments.json');
  operations: typeof import('../../shared/catalogue/operations.json');
  observe: typeof import('../../shared/catalogue/observe.json');
  plans: typeof import('../../shared/catalogue/plans.json');
  prepare: typeof import('../../shared/catalogue/prepare.json');
  protocol: typeof import('../../shared/catalogue/protocol.json');
  remind: typeof import('../../shared/catalogue/remind.json');
  refused: typeof import('../../shared/catalogue/refused.json');
  schedule: typeof import('../../shared/catalogue/schedule.json');
  schools: typeof import('../../shared/catalogue/schools.json');
  slot: typeof import('../../shared/catalogue/slot.json');
  visitday: typeof import('../../shared/catalogue/visitday.json');
  start: typeof import('../../shared/catalogue/start.json');
  stage: typeof import('../../shared/catalogue/stage.json');
  visits: typeof import('../../shared/catalogue/visits.json');
}

type Singular<K> = K extends `${infer Name}_one` | `${infer Name}_other` ? Name : K;

export type Area = keyof Catalogue;
export type Key = { [A in Area]: `${A}.${Singular<keyof Catalogue[A] & string>}` }[Area];
