// The seam towards the native shell: two commands and a few events. The only file that imports from Tauri.
import { invoke } from '@tauri-apps/api/core';
import { emitTo, listen, type UnlistenFn } from '@tauri-apps/api/event';
import type { Backend, DropEvent, PickedFile, Projector, ShellCommand, Unsubscribe } from '.';
import { BackendError } from './error';
import { OPENS_A_FILE, StaleListeners } from './stale';
import { rememberZoom } from './zoom';

const FACILITATOR = 'huvud';
const PROJECTOR = 'duk';

async function ask<T>(door: 'call' | 'shell' | 'painted' | 'progress' | 'cancel', payload?: { command: string; request: unknown }): Promise<T> {
  try {
    return await invoke<T>(door, payload);
  } catch (thrown) {
    throw BackendError.from(thrown);
  }
}

/** Tauri hands the way out asynchronously; a screen needs it at once. */
function later(listening: Promise<UnlistenFn>): Unsubscribe {
  return () => void listening.then((stop) => stop());
}

function named(paths: string[]): PickedFile[] {
  return paths.map((path) => ({ path, name: path.split(/[\\/]/).at(-1) ?? path }));
}

function onDrop(callback: (event: DropEvent) => void): Unsubscribe {
  const stops = [
    listen('tauri://drag-enter', () => callback({ kind: 'over' })),
    listen('tauri://drag-leave', () => callback({ kind: 'left' })),
    listen<{ paths: string[] }>('tauri://drag-drop', ({ payload }) => callback({ kind: 'dropped', files: named(payload.paths) })),
  ].map(later);
  return () => stops.forEach((stop) => stop());
}

function projector(): Projector {
  let last: unknown;
  let sent = false;
  const deliver = () => void emitTo(PROJECTOR, 'duk:visa', last);
  void listen('duk:klar', () => sent && deliver());
  return {
    show: () => ask('shell', { command: 'projector_show', request: {} }),
    hide: () => ask('shell', { command: 'projector_hide', request: {} }),
    send(state) {
      last = state ?? null;
      sent = true;
      deliver();
    },
    on(callback) {
      const listening = listen('duk:visa', ({ payload }) => callback(payload));
      void listening.then(() => emitTo(FACILITATOR, 'duk:klar'));
      return later(listening);
    },
  };
}

export function tauri(): Backend {
  const stale = new StaleListeners();
  rememberZoom((factor) => invoke('plugin:webview|set_webview_zoom', { value: factor }));
  async function shell<T>(command: ShellCommand, request: unknown = {}): Promise<T> {
    const answer = await ask<T>('shell', { command, request });
    if (answer !== null && OPENS_A_FILE.has(command)) stale.tell(['*']);
    stale.notice(answer);
    return answer;
  }
  return {
    kind: 'tauri',
    call: async <T>(command: string, request: unknown = {}): Promise<T> => stale.unpack(await ask('call', { command, request })),
    shell,
    progress: () => ask('progress'),
    cancel: () => ask('cancel'),
    pickDataFiles: () => shell<PickedFile[]>('pick_data_files'),
    onDrop,
    onStale: (callback) => stale.on(callback),
    painted: () => ask('painted'),
    projector: projector(),
  };
}
