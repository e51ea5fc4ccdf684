// The agreement's own fields travel together, and so do a focus area's. Two fields left in quick succession must not overwrite each
// other, so edits stand in line and each starts from what the file holds when its turn comes.
import type { EditAgreement, FocusArea } from '../api';
import { ask, change } from '../commands';

let last: Promise<unknown> = Promise.resolve();

function inLine<T>(edit: () => Promise<T>): Promise<T> {
  const turn = last.then(edit, edit);
  last = turn;
  return turn;
}

export function editAgreement(edited: Partial<EditAgreement>): Promise<unknown> {
  return inLine(async () => {
    const { title, purpose, follow_up, registry, validity } = await ask('agreement', {});
    return change('edit_agreement', { title, purpose, follow_up, registry, validity, ...edited });
  });
}

export function editFocusArea(id: string, edited: Partial<FocusArea>): Promise<unknown> {
  return inLine(async () => {
    const held = (await ask('agreement', {})).focus_areas.find((view) => view.area.id === id);
    return held && change('edit_focus_area', { ...held.area, ...edited });
  });
}
