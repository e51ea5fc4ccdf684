// The core's error as the screens meet it: a closed code to act on, Swedish words to show.

/** Where in a source file: rows are physical lines from 1, columns are letters. */
export interface ErrorPlace {
  file?: string;
  sheet?: string;
  row?: number;
  column?: string;
}

interface ErrorFields {
  code: string;
  message: string;
  hint?: string;
  place?: ErrorPlace;
  detail?: string;
}

export class BackendError extends Error {
  readonly code: string;
  readonly hint?: string;
  readonly place?: ErrorPlace;
  /** Technical text for a bug report, never shown unasked. */
  readonly detail?: string;

  constructor(fields: ErrorFields) {
    super(fields.message);
    this.name = 'BackendError';
    this.code = fields.code;
    this.hint = fields.hint;
    this.place = fields.place;
    this.detail = fields.detail;
  }

  /** Whatever was thrown under the seam, as an error with a code. */
  static from(thrown: unknown): BackendError {
    if (thrown instanceof BackendError) return thrown;
    if (isErrorFields(thrown)) return new BackendError(thrown);
    return new BackendError({
      code: 'internal',
      message: 'Programmet fick inget svar.',
      hint: 'Försök igen. Händer det på nytt, stäng programmet och öppna filen igen; det som är sparat finns kvar.',
      detail: String(thrown),
    });
  }
}

function isErrorFields(thrown: unknown): thrown is ErrorFields {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'message' in thrown;
}
