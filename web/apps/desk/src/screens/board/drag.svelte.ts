/** Dragging a statement by mouse, pen or finger: pointer events, for a finger starts no HTML drag. */

export interface Target {
  /** null: unsorted. */
  group_id: string | null;
  before: string | null;
}

const EDGE_PX = 70;
const STEP_PX = 14;

export class Drag {
  id = $state<string>();
  x = $state(0);
  y = $state(0);
  over = $state.raw<Target>();
  readonly #drop: (id: string, target: Target) => void;

  constructor(drop: (id: string, target: Target) => void) {
    this.#drop = drop;
  }

  lift(id: string, event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    const handle = event.currentTarget as HTMLElement;
    handle.setPointerCapture(event.pointerId);
    this.id = id;
    this.#at(event);
    const moved = (e: PointerEvent) => this.#at(e);
    const done = (e: PointerEvent) => {
      handle.removeEventListener('pointermove', moved);
      handle.removeEventListener('pointerup', done);
      handle.removeEventListener('pointercancel', done);
      removeEventListener('keydown', escape);
      const target = this.over;
      const held = this.id;
      this.id = this.over = undefined;
      if (e.type === 'pointerup' && held && target) this.#drop(held, target);
    };
    const escape = (e: KeyboardEvent) => {
      if (e.key === 'Escape') this.id = this.over = undefined;
    };
    handle.addEventListener('pointermove', moved);
    handle.addEventListener('pointerup', done);
    handle.addEventListener('pointercancel', done);
    addEventListener('keydown', escape);
  }

  #at(event: PointerEvent): void {
    if (this.id === undefined) return;
    this.x = event.clientX;
    this.y = event.clientY;
    if (event.clientY < EDGE_PX) scrollBy(0, -STEP_PX);
    else if (event.clientY > innerHeight - EDGE_PX) scrollBy(0, STEP_PX);
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const list = under?.closest<HTMLElement>('[data-group]');
    if (!list) return void (this.over = undefined);
    const on = under?.closest<HTMLElement>('[data-statement]')?.dataset.statement;
    this.over = { group_id: list.dataset.group || null, before: on && on !== this.id ? on : null };
  }
}
