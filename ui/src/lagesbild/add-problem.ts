// A theme becomes a problem, from wherever one stands; what happened is said at the foot.
import { change } from '../commands';
import type { Action } from '../parts/action.svelte';
import { messages } from '../shell/messages.svelte';

export async function addThemeAsProblem(action: Action, theme: { theme: string; name: string; problem: string | null }): Promise<void> {
  if (theme.problem) {
    messages.say(`”${theme.name}” ligger redan bland problemen.`);
    return;
  }
  const made = await action.run(() => change('add_problem', { title: theme.name, description: '', theme: theme.theme }));
  if (made) messages.say(`”${theme.name}” ligger nu bland problemen, med sina figurer.`, 'Ångra med Ctrl Z.');
}
