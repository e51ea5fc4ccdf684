// The one line at the foot that says what happened. It stays until it is closed or something newer happens.
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
