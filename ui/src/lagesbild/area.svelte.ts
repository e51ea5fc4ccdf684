// Which municipality the picture is about, when the file holds several. One choice for overview and themes.
class Area {
  /** Null: the file's first municipality. */
  name = $state<string | null>(null);
}
export const area = new Area();
