//! Time and randomness, passed in. The core has no clock of its own, so a test can replay any day.

use chrono::{DateTime, NaiveDate, Utc};

/// Where ids and timestamps come from. A shell passes the real clock and random source, a test fixed ones.
pub struct Context {
    now: Box<dyn Fn() -> DateTime<Utc> + Send>,
    random: Box<dyn FnMut() -> [u8; 10] + Send>,
    last: u64,
}

impl Context {
    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + 'static, random: impl FnMut() -> [u8; 10] + Send + 'static) -> Self {
        Self { now: Box::new(now), random: Box::new(random), last: 0 }
    }

    /// A clock that stands still and ids that count upwards: the same steps give the same file.
    pub fn fixed(day: NaiveDate) -> Self {
        let noon = day.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc();
        let mut count: u64 = 0;
        Self::new(
            move || noon,
            move || {
                count += 1;
                let mut bytes = [0; 10];
                bytes[2..].copy_from_slice(&count.to_be_bytes());
                bytes
            },
        )
    }

    /// The same source of ids on another day, at noon: to build what happened then.
    pub fn on(self, day: NaiveDate) -> Self {
        let noon = day.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc();
        Self { now: Box::new(move || noon), ..self }
    }

    pub fn now(&self) -> DateTime<Utc> {
        (self.now)()
    }

    pub fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }

    /// A UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then randomness. Strictly increasing within a context,
    /// so that rows sort in the order they were made.
    pub fn new_id(&mut self) -> String {
        let millis = (self.now().timestamp_millis().max(0) as u64).max(self.last);
        self.last = millis;
        let random = (self.random)();
        let mut b = [0u8; 16];
        b[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        b[6..].copy_from_slice(&random);
        b[6] = 0x70 | (b[6] & 0x0f);
        b[8] = 0x80 | (b[8] & 0x3f);
        let hex: String = b.iter().map(|x| format!("{x:02x}")).collect();
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_version_seven_and_increase() {
        let mut context = Context::fixed(NaiveDate::from_ymd_opt(2026, 3, 9).unwrap_or_default());
        let ids: Vec<String> = (0..300).map(|_| context.new_id()).collect();
        assert!(ids.iter().all(|id| id.len() == 36 && &id[14..15] == "7"));
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "ids must sort in the order they were made");
    }
}
