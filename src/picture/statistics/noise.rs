//! Noise in population figures (S12). From reference year 2025 SCB adds a small random whole number to every published value over zero,
//! totals too (Cell Key Method, scb.se/FAQ-CKM), so that parts need not sum to their total. That is no fault, and nothing is corrected.

/// The first reference year with the noise.
pub const FIRST_YEAR: i32 = 2025;
/// SCB does not publish how large the noise may be ("ett litet heltal"). This much per value is our allowance.
const MOST_PER_VALUE: f64 = 5.0;

/// Whether the noise can explain that `parts` published values and their total differ by `difference` in a year's figures.
pub fn explains(year: i32, parts: usize, difference: f64) -> bool {
    year >= FIRST_YEAR && difference.abs() <= MOST_PER_VALUE * (parts as f64 + 1.0)
}

/// How much a rate may be off because its population is: a share of the rate, never more than half. Nothing before 2025.
pub fn share_of_rate(year: i32, population: u64) -> f64 {
    if year < FIRST_YEAR || population == 0 { 0.0 } else { (MOST_PER_VALUE / population as f64).min(0.5) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_difference_from_2025_on_is_no_fault() {
        assert!(explains(2025, 3, 4.0) && explains(2026, 3, -20.0));
        assert!(!explains(2025, 3, 21.0));
        assert!(!explains(2024, 3, 1.0), "earlier figures add up");
    }

    #[test]
    fn in_a_municipality_the_noise_hardly_moves_a_rate() {
        assert!(share_of_rate(2025, 2_700) < 0.002);
        assert_eq!(share_of_rate(2024, 2_700), 0.0);
        assert_eq!(share_of_rate(2025, 3), 0.5);
    }
}
