//! Dates and times in ISO 8601.

const DAY: i64 = 86_400_000_000;

/// Days since 1970-01-01 as year, month and day of the proleptic Gregorian calendar.
pub fn date(days: i64) -> String {
    // years begin in March here, so that the leap day is the last one
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Nanoseconds of the day.
pub fn time(nanos: i64) -> String {
    let seconds = nanos / 1_000_000_000;
    let clock = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    match nanos % 1_000_000_000 {
        0 => clock,
        rest => format!("{clock}.{}", format!("{rest:09}").trim_end_matches('0')),
    }
}

/// Microseconds since 1970-01-01T00:00:00.
pub fn timestamp(micros: i64) -> String {
    format!("{}T{}", date(micros.div_euclid(DAY)), time(micros.rem_euclid(DAY) * 1_000))
}

/// Microseconds as a duration.
pub fn seconds(micros: i64) -> String {
    let sign = if micros < 0 { "-" } else { "" };
    let size = micros.unsigned_abs();
    let fraction = format!("{:06}", size % 1_000_000);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}PT{}{point}{fraction}S", size / 1_000_000)
}
