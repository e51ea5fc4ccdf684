// Underlag as a person works there: a table typed in and pasted, long readings stopped, questions answered, words written down.
// Keys are used wherever a person would use them. Leaves pictures in out/screens.
import { fail, main } from './runner.mjs';
import { Stage } from './stage.mjs';
import { typedTable } from './underlag/typed.mjs';

await main(async () => {
  const stage = await Stage.open();
  if (!stage) fail('ingen scen');
  for (const chapter of [typedTable]) await chapter(stage);
});
