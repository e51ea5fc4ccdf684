//! Table `area`: the words for its levels.

use crate::import::batch::AreaLevel;

pub fn level_word(level: AreaLevel) -> &'static str {
    match level {
        AreaLevel::Country => "country",
        AreaLevel::County => "county",
        AreaLevel::Municipality => "municipality",
        AreaLevel::District => "district",
        AreaLevel::Deso => "deso",
        AreaLevel::School => "school",
        AreaLevel::Place => "place",
        AreaLevel::Foreign => "foreign",
    }
}
