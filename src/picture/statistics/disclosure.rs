//! Cells that would tell of single persons (S16), and the further cells that must be hidden so that nobody can compute them back from totals.
//! For tables of persons (youth surveys, field reports); open crime counts are shown as published.

/// A cell of one to four might be somebody. Nobody is told by a zero.
pub const SMALL: u64 = 5;
/// What the reader must still have to guess between: a hidden cell whose possible values are fewer than this is as good as shown.
const NARROW: u64 = 4;

/// Which cells of a table are hidden when its row and column sums are shown (`true`: hidden). Rows must be of one length.
///
/// First the small cells. Then, as long as somebody who knows the sums and that hidden cells are no negative numbers could narrow a hidden
/// small cell down to fewer than four values, the cheapest shown cell of its row or column is hidden too (complementary suppression;
/// Hundepool et al. 2012, chapter 4.4: bounds from row and column sums).
pub fn hidden(table: &[Vec<u64>]) -> Vec<Vec<bool>> {
    let small = |n: &u64| (1..SMALL).contains(n);
    let mut hidden: Vec<Vec<bool>> = table.iter().map(|row| row.iter().map(small).collect()).collect();
    while let Some((row, column)) = told(table, &hidden) {
        match cheapest(table, &hidden, row, column) {
            Some((r, c)) => hidden[r][c] = true,
            None => break,
        }
    }
    hidden
}

/// The possible values of every hidden cell, as a reader with the sums can work them out: each cell's bounds are narrowed by what the
/// other hidden cells of its row and column must leave, until nothing more follows. Shown cells have themselves.
pub fn possible(table: &[Vec<u64>], hidden: &[Vec<bool>]) -> Vec<Vec<(u64, u64)>> {
    let is_hidden = |r: usize, c: usize| hidden.get(r).and_then(|row| row.get(c)).copied().unwrap_or(false);
    let total: u64 = table.iter().flatten().sum();
    let start = |r: usize, c: usize, n: u64| if is_hidden(r, c) { (0, total) } else { (n, n) };
    let mut bounds: Vec<Vec<(u64, u64)>> =
        table.iter().enumerate().map(|(r, row)| row.iter().enumerate().map(|(c, n)| start(r, c, *n)).collect()).collect();
    let columns = table.first().map_or(0, Vec::len);
    let lines: Vec<Vec<(usize, usize)>> = (0..table.len())
        .map(|r| (0..columns).map(|c| (r, c)).collect())
        .chain((0..columns).map(|c| (0..table.len()).map(|r| (r, c)).collect()))
        .collect();
    let mut moved = true;
    while moved {
        moved = false;
        for line in &lines {
            moved |= narrow(table, &mut bounds, line);
        }
    }
    bounds
}

/// One line's sum gives each of its cells what the others cannot take.
fn narrow(table: &[Vec<u64>], bounds: &mut [Vec<(u64, u64)>], line: &[(usize, usize)]) -> bool {
    let sum: u64 = line.iter().map(|&(r, c)| table[r][c]).sum();
    let least: u64 = line.iter().map(|&(r, c)| bounds[r][c].0).sum();
    let most: u64 = line.iter().map(|&(r, c)| bounds[r][c].1).sum();
    let mut moved = false;
    for &(r, c) in line {
        let (low, high) = bounds[r][c];
        let new = (low.max(sum.saturating_sub(most - high)), high.min(sum - (least - low)));
        moved |= new != (low, high);
        bounds[r][c] = new;
    }
    moved
}

/// A small hidden cell that can be narrowed down too far, if there is one.
fn told(table: &[Vec<u64>], hidden: &[Vec<bool>]) -> Option<(usize, usize)> {
    let bounds = possible(table, hidden);
    let cells = (0..table.len()).flat_map(|r| (0..table[r].len()).map(move |c| (r, c)));
    cells.into_iter().find(|&(r, c)| (1..SMALL).contains(&table[r][c]) && bounds[r][c].1 - bounds[r][c].0 + 1 < NARROW)
}

/// The smallest shown cell beside it, other than zeros where there is another: hiding what is small loses least.
fn cheapest(table: &[Vec<u64>], hidden: &[Vec<bool>], row: usize, column: usize) -> Option<(usize, usize)> {
    let beside = (0..table[row].len()).map(|c| (row, c)).chain((0..table.len()).map(|r| (r, column)));
    let shown = beside.filter(|&(r, c)| !hidden[r][c]);
    let near = shown.min_by_key(|&(r, c)| (table[r][c] == 0, table[r][c], r, c));
    let anywhere = || {
        let all = (0..table.len()).flat_map(|r| (0..table[r].len()).map(move |c| (r, c)));
        all.filter(|&(r, c)| !hidden[r][c]).min_by_key(|&(r, c)| (table[r][c] == 0, table[r][c], r, c))
    };
    near.or_else(anywhere)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_small_cell_takes_others_with_it() {
        let table = vec![vec![3, 20, 30], vec![12, 40, 9], vec![15, 11, 25]];
        let hidden = hidden(&table);
        assert!(hidden[0][0]);
        assert!(hidden.iter().flatten().filter(|h| **h).count() >= 4, "one in a row and column could be computed: {hidden:?}");
        let (low, high) = possible(&table, &hidden)[0][0];
        assert!(low <= 3 && high >= 3 && high - low >= 3);
    }

    #[test]
    fn a_table_without_small_cells_is_shown_whole() {
        assert!(hidden(&[vec![5, 0], vec![12, 7]]).iter().flatten().all(|h| !h));
    }

    /// Whether the hidden cells can be filled with whole numbers so that every sum holds and one cell has a given value, found by trying:
    /// independent of the bounds above.
    fn fits(table: &[Vec<u64>], hidden: &[Vec<bool>], cell: (usize, usize), value: u64) -> bool {
        let cells: Vec<(usize, usize)> =
            (0..table.len()).flat_map(|r| (0..table[0].len()).map(move |c| (r, c))).filter(|&(r, c)| hidden[r][c]).collect();
        let left_of = |line: Vec<(usize, usize)>| line.iter().filter(|&&(r, c)| hidden[r][c]).map(|&(r, c)| table[r][c]).sum::<u64>();
        let mut rows: Vec<u64> = (0..table.len()).map(|r| left_of((0..table[0].len()).map(|c| (r, c)).collect())).collect();
        let mut columns: Vec<u64> = (0..table[0].len()).map(|c| left_of((0..table.len()).map(|r| (r, c)).collect())).collect();
        fn fill(cells: &[(usize, usize)], rows: &mut [u64], columns: &mut [u64], cell: (usize, usize), value: u64) -> bool {
            let Some((&(r, c), rest)) = cells.split_first() else { return rows.iter().chain(columns.iter()).all(|left| *left == 0) };
            let most = rows[r].min(columns[c]);
            let tries = if (r, c) == cell { value..=value.min(most) } else { 0..=most };
            for n in tries {
                rows[r] -= n;
                columns[c] -= n;
                let done = fill(rest, rows, columns, cell, value);
                rows[r] += n;
                columns[c] += n;
                if done {
                    return true;
                }
            }
            false
        }
        fill(&cells, &mut rows, &mut columns, cell, value)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        /// Nobody with all sums can tell a small cell: by brute force it still has at least four values, unless the whole table is hidden
        /// and its sums alone tell (a grid whose sums are that small must not be published at all).
        #[test]
        fn small_cells_cannot_be_computed_back(table in prop::collection::vec(prop::collection::vec(0u64..7, 3), 3)) {
            let hidden = hidden(&table);
            let all = hidden.iter().flatten().all(|h| *h);
            for r in 0..3 {
                for c in 0..3 {
                    if (1..SMALL).contains(&table[r][c]) && !all {
                        let values = (0..=table.iter().flatten().sum()).filter(|v| fits(&table, &hidden, (r, c), *v)).count();
                        prop_assert!(values >= 4, "{table:?} {hidden:?} ({r}, {c}) has {values}");
                    }
                }
            }
        }
    }
}
