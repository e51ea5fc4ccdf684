// Underlag as a person works there: a table typed in and pasted, long readings stopped, questions answered, words written down.
// Keys are used wherever a person would use them. Leaves pictures in out/screens.
import { main } from './runner.mjs';
import { Stage } from './stage.mjs';
import { failing } from './underlag/failing.mjs';
import { personData } from './underlag/guard.mjs';
import { proof } from './underlag/proof.mjs';
import { readFiles } from './underlag/reading.mjs';
import { typedTable } from './underlag/typed.mjs';
import { writtenWords } from './underlag/words.mjs';

await main(async () => {
  const stage = await Stage.open();
  for (const chapter of [typedTable, writtenWords, readFiles, personData, proof, failing].filter((one) => !process.argv[2] || one.name === process.argv[2])) await chapter(stage);
});
