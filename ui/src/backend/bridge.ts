// The seam towards the dev bridge: the whole interface in an ordinary browser against the real core.
import type { Backend, DropEvent, PickedFile, Projector, ShellCommand, Unsubscribe } from '.';
import { BackendError } from './error';
import { OPENS_A_FILE, StaleListeners } from './stale';

async function ask<T>(address: string, body: BodyInit, headers: Record<string, string>): Promise<T> {
  let response: Response;
  try {
    response = await fetch(address, { method: 'POST', body, headers });
  } catch (thrown) {
    throw BackendError.from(thrown);
  }
  const answer: unknown = await response.json();
  if (!response.ok) throw BackendError.from(answer);
  return answer as T;
}

let before: Promise<unknown> = Promise.resolve();

/**
 * One at a time: the core answers so anyway, and the bridge's server can lose a connection when several are opened at once.
 * Progress and cancelling go beside this line.
 */
function askJson<T>(address: string, command: string, request: unknown): Promise<T> {
  const answer = before.then(() => ask<T>(address, JSON.stringify({ command, request }), { 'Content-Type': 'application/json' }));
  before = answer.catch(() => undefined);
  return answer;
}

/** A browser gives bytes where the native shell gives a path, so the bytes are laid in the bridge's own folder first. */
async function upload(files: Iterable<File>): Promise<PickedFile[]> {
  const picked: PickedFile[] = [];
  for (const file of files) {
    picked.push(await ask('/upload', file, { 'Content-Type': 'application/octet-stream', 'X-File-Name': encodeURIComponent(file.name) }));
  }
  return picked;
}

/** A hidden file input, made for one choice. Resolves to nothing when the person changes their mind. */
function choose(accept: string, multiple: boolean): Promise<File[]> {
  return new Promise((resolve) => {
    const input = Object.assign(document.createElement('input'), { type: 'file', hidden: true, accept, multiple });
    input.dataset.pick = accept || 'data';
    const finish = () => {
      input.remove();
      resolve([...(input.files ?? [])]);
    };
    input.addEventListener('change', finish, { once: true });
    input.addEventListener('cancel', finish, { once: true });
    document.body.append(input);
    input.click();
  });
}

function onDrop(callback: (event: DropEvent) => void): Unsubscribe {
  const stop = new AbortController();
  const listen = (name: 'dragenter' | 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void) =>
    window.addEventListener(name, act, { signal: stop.signal });
  listen('dragenter', () => callback({ kind: 'over' }));
  listen('dragover', (event) => event.preventDefault());
  listen('dragleave', (event) => event.relatedTarget === null && callback({ kind: 'left' }));
  listen('drop', (event) => {
    event.preventDefault();
    void upload(event.dataTransfer?.files ?? []).then((files) => callback({ kind: 'dropped', files }));
  });
  return () => stop.abort();
}

function projector(): Projector {
  const channel = new BroadcastChannel('lagesbild-duk');
  let wall: Window | null = null;
  let last: unknown;
  let sent = false;
  channel.addEventListener('message', ({ data }) => {
    if (data.kind === 'ready' && sent) channel.postMessage({ kind: 'state', state: last });
  });
  return {
    async show() {
      wall = window.open('#/duk', 'lagesbild-duk');
    },
    async hide() {
      wall?.close();
    },
    send(state) {
      // A reactive proxy cannot be cloned by the channel; the state is plain data.
      last = JSON.parse(JSON.stringify(state ?? null));
      sent = true;
      channel.postMessage({ kind: 'state', state: last });
    },
    on(callback) {
      const listener = ({ data }: MessageEvent) => data.kind === 'state' && callback(data.state);
      channel.addEventListener('message', listener);
      channel.postMessage({ kind: 'ready' });
      return () => channel.removeEventListener('message', listener);
    },
  };
}

export function bridge(): Backend {
  const stale = new StaleListeners();
  async function shell<T>(command: ShellCommand, request: unknown = {}): Promise<T> {
    let asked = request;
    if (command === 'open' && !(request as { path?: string }).path) {
      const [file] = await upload(await choose('.lagesbild', false));
      if (!file) return null as T;
      asked = { ...(request as object), path: file.path };
    }
    const answer = await askJson<T>('/shell', command, asked);
    const url = (answer as { url?: string } | null)?.url;
    if (command === 'show' && url) window.open(url, '_blank');
    if (OPENS_A_FILE.has(command)) stale.tell(['*']);
    stale.notice(answer);
    return answer;
  }
  return {
    kind: 'bridge',
    call: async <T>(command: string, request: unknown = {}): Promise<T> => stale.unpack(await askJson('/call', command, request)),
    shell,
    progress: () => ask('/progress', '', {}),
    cancel: () => ask('/cancel', '', {}),
    pickDataFiles: async () => upload(await choose('', true)),
    onDrop,
    onStale: (callback) => stale.on(callback),
    painted: async () => {},
    projector: projector(),
  };
}
