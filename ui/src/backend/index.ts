// The one seam between the screens and what lies under them: the native shell or, in an ordinary browser, the bridge.
// No file outside this folder knows which of them it talks to.
import { bridge } from './bridge';
import type { BackendError } from './error';
import { tauri } from './tauri';

/** A file that a person has chosen, as the core can open it. */
export interface PickedFile {
  path: string;
  /** The name to show. */
  name: string;
}

/** What the shell knows about the open file. `path` is null while no file is open. */
export interface FileState {
  path: string | null;
  name: string | null;
  /** Why the file that the program was started with could not be opened. */
  problem?: BackendError | null;
}

/** A document that was saved. `url` is set in a browser, where the file is fetched instead of shown. */
export interface SavedFile {
  path: string;
  name: string;
  url?: string;
  /** What the core answered when it wrote the file. */
  answer: unknown;
}

/** The file-level commands. Those that ask a person answer null when the person changes their mind. */
export type ShellCommand =
  | 'state' //          {} → FileState
  | 'open' //           { path? } → FileState | null                  without path: asks
  | 'create' //         { municipalities: string[], path? } → FileState | null
  | 'example' //        {} → FileState                                the practice municipality, in a folder of its own
  | 'save_copy' //      { path? } → SavedFile | null
  | 'save_document' //  { name, command, request } → SavedFile | null  runs `command` with { ...request, path }
  | 'show' //           { path } → null                               opens a saved document in its own program
  | 'pick_data_files'; // {} → PickedFile[]                            (screens call pickDataFiles instead)

export type Unsubscribe = () => void;

/** The picture on the wall. The projector window has no way to the core: it shows what it is sent and nothing else. */
export interface Projector {
  /** Opens the projector window, on another monitor if there is one. It stays empty until something is sent. */
  show(): Promise<void>;
  hide(): Promise<void>;
  /** Replaces what the projector shows. Plain data only. A window that opens later gets the last state sent. */
  send(state: unknown): void;
  /** In the projector window: called with each state. */
  on(callback: (state: unknown) => void): Unsubscribe;
}

export interface Backend {
  kind: 'tauri' | 'bridge';
  /** Runs a declared command. Rejects with a {@link BackendError}. */
  call<T>(command: string, request?: unknown): Promise<T>;
  /** Runs a file-level command, see {@link ShellCommand}. Rejects with a {@link BackendError}. */
  shell<T>(command: ShellCommand, request?: unknown): Promise<T>;
  /** How far the running call has come. Answers at once, also while the core is busy. */
  progress(): Promise<WorkProgress>;
  /** Stops the running call at its next step; it then rejects with the code `cancelled` and has stored nothing. */
  cancel(): Promise<void>;
  /** Lets a person choose data files. Empty when they change their mind. */
  pickDataFiles(): Promise<PickedFile[]>;
  /** Files that are dropped on the window; `over` while they hang above it, `left` when they are taken away. */
  onDrop(callback: (event: DropEvent) => void): Unsubscribe;
  /** Called with the names of the tables that a command wrote, and with `['*']` when another file is opened. */
  onStale(callback: (stale: string[]) => void): Unsubscribe;
  /** Tells the shell that the first picture is drawn, so that the window may be shown. */
  painted(): Promise<void>;
  projector: Projector;
}

/** How far a long piece of work has come: the stage in words, steps done, and in all (0 when nobody knows). */
export interface WorkProgress {
  stage: string;
  done: number;
  of: number;
}

export type DropEvent = { kind: 'over' } | { kind: 'left' } | { kind: 'dropped'; files: PickedFile[] };

export { BackendError } from './error';
export const backend: Backend = '__TAURI_INTERNALS__' in window ? tauri() : bridge();
