// The one line at the foot that says what happened. It stays until it is closed or something else is changed; the history keeps it.
import { onChanged } from '../commands';

class Messages {
  text = $state('');
  hint = $state('');

  say(text: string, hint = ''): void {
    this.text = text;
    this.hint = hint;
  }

  close(): void {
    this.say('');
  }
}
export const messages = new Messages();
onChanged(() => messages.close());
