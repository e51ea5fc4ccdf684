// The agreement's own fields travel together: one change carries the others as they stand.
import type { AgreementView, EditAgreement } from '../api';
import { change } from '../commands';

export function editAgreement(agreement: AgreementView, edited: Partial<EditAgreement>): Promise<unknown> {
  const { title, purpose, follow_up, registry, validity } = agreement;
  return change('edit_agreement', { title, purpose, follow_up, registry, validity, ...edited });
}
