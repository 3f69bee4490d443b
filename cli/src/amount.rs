//! Amounts and shares as people write them, exactly: decimals are parsed digit by digit, and no
//! floating-point number is ever involved.

use tallystick_primitives::{Balance, Share};

/// Decimals of the native token: 1 TLY = 10^12 plancks.
pub const DECIMALS: usize = 12;
/// The symbol of the native token.
pub const SYMBOL: &str = "TLY";
/// A share of one, in the parts that [`Share`] counts.
const BILLION: u128 = 1_000_000_000;

/// Reads an amount of money: `0.01TLY`, `3 TLY`, or a whole number of the currency's smallest unit.
pub fn parse_amount(text: &str) -> Result<Balance, String> {
	let text = text.trim();
	match text.strip_suffix(SYMBOL).or_else(|| text.strip_suffix("tly")) {
		Some(number) => scaled(number.trim_end(), DECIMALS).map_err(|why| match why {
			Decimal::TooFine => {
				format!("{SYMBOL} has {DECIMALS} decimals, and `{text}` has more")
			}
			Decimal::TooLarge => format!("`{text}` is more than any account can hold"),
			Decimal::NotANumber => not_an_amount(text),
		}),
		None => parse_units(text).map_err(|_| not_an_amount(text)),
	}
}

/// Reads a whole number of units. Groups of digits may be parted with `_`.
pub fn parse_units(text: &str) -> Result<Balance, String> {
	scaled(&text.replace('_', ""), 0).map_err(|why| match why {
		Decimal::TooLarge => format!("`{text}` is too large"),
		_ => format!("`{text}` is not a whole number"),
	})
}

/// Reads a share: `20%`, `12.5%` or `0.2`.
pub fn parse_share(text: &str) -> Result<Share, String> {
	let text = text.trim();
	let (number, decimals) = match text.strip_suffix('%') {
		Some(number) => (number.trim_end(), 7),
		None => (text, 9),
	};
	let parts = scaled(number, decimals).map_err(|why| match why {
		Decimal::TooFine => format!("a share is counted in billionths, and `{text}` is finer"),
		Decimal::TooLarge => above_the_whole(text),
		Decimal::NotANumber => format!("`{text}` is not a share: write 20% or 0.2"),
	})?;
	match u32::try_from(parts) {
		Ok(parts) if u128::from(parts) <= BILLION => Ok(Share::from_parts(parts)),
		_ => Err(above_the_whole(text)),
	}
}

fn not_an_amount(text: &str) -> String {
	format!("`{text}` is not an amount: write 0.01{SYMBOL}, or a whole number of plancks")
}

fn above_the_whole(text: &str) -> String {
	format!("`{text}` is more than the whole: a share is at most 100% (a share of 20 percent is 20% or 0.2)")
}

/// An amount of the native token, for people: `0.01 TLY`.
pub fn show_tly(amount: Balance) -> String {
	format!("{} {SYMBOL}", shown(amount, DECIMALS))
}

/// A share, for people: `12.5%`.
pub fn show_share(share: Share) -> String {
	format!("{}%", shown(share.deconstruct().into(), 7))
}

/// Why a decimal number could not be read.
enum Decimal {
	NotANumber,
	TooFine,
	TooLarge,
}

/// Reads a decimal number, times 10^`decimals`.
fn scaled(text: &str, decimals: usize) -> Result<u128, Decimal> {
	let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
	let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
	let point_without_digits = text.contains('.') && fraction.is_empty();
	if whole.is_empty() || point_without_digits || !all_digits(whole) || !all_digits(fraction) {
		return Err(Decimal::NotANumber);
	}
	// Zeros at the end say nothing: 0.10 is as good as 0.1.
	let fraction = fraction.trim_end_matches('0');
	if fraction.len() > decimals {
		return Err(Decimal::TooFine);
	}
	format!("{whole}{fraction:0<decimals$}").parse().map_err(|_| Decimal::TooLarge)
}

/// `amount` over 10^`decimals`, without zeros at the end.
fn shown(amount: u128, decimals: usize) -> String {
	let digits = format!("{amount:0>width$}", width = decimals + 1);
	let (whole, fraction) = digits.split_at(digits.len() - decimals);
	match fraction.trim_end_matches('0') {
		"" => whole.to_owned(),
		fraction => format!("{whole}.{fraction}"),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn amounts_are_read_exactly() {
		for (text, plancks) in [
			("0.01TLY", 10_000_000_000),
			("3 TLY", 3_000_000_000_000),
			("1tly", 1_000_000_000_000),
			("0.10TLY", 100_000_000_000),
			("0.000000000001TLY", 1),
			("0TLY", 0),
			("25", 25),
			("1_000_000", 1_000_000),
			("340282366920938463463374607431768211455", u128::MAX),
			("340282366920938463463374607.431768211455TLY", u128::MAX),
		] {
			assert_eq!(parse_amount(text), Ok(plancks), "{text}");
		}
	}

	#[test]
	fn what_is_no_amount_is_refused_in_words() {
		for text in
			["", "TLY", "1.5", "-1TLY", "1e3TLY", ".5TLY", "1.TLY", "1,5TLY", "0x10", "١TLY"]
		{
			assert!(parse_amount(text).unwrap_err().contains("is not an amount"), "{text}");
		}
		assert!(parse_amount("0.0000000000001TLY").unwrap_err().contains("12 decimals"));
		assert!(parse_amount("340282366920938463463374608TLY").unwrap_err().contains("more than"));
	}

	#[test]
	fn shares_are_read_exactly() {
		for (text, parts) in [
			("20%", 200_000_000),
			("0.2", 200_000_000),
			("12.5%", 125_000_000),
			("0.000000001", 1),
			("0.0000001%", 1),
			("100%", 1_000_000_000),
			("1", 1_000_000_000),
			("0", 0),
		] {
			assert_eq!(parse_share(text), Ok(Share::from_parts(parts)), "{text}");
		}
	}

	#[test]
	fn what_is_no_share_is_refused_in_words() {
		for text in ["20", "100.1%", "1.000000001", "99999999999999999999999999999999999999999"] {
			assert!(parse_share(text).unwrap_err().contains("more than the whole"), "{text}");
		}
		assert!(parse_share("0.00000001%").unwrap_err().contains("billionths"));
		for text in ["", "%", "a", "-5%", "5%%"] {
			assert!(parse_share(text).unwrap_err().contains("is not a share"), "{text}");
		}
	}

	#[test]
	fn what_is_shown_can_be_read_again() {
		for amount in [0, 1, 999_999_999_999, 1_000_000_000_000, 1_234_500_000_000, u128::MAX] {
			assert_eq!(parse_amount(&show_tly(amount)), Ok(amount));
		}
		assert_eq!(show_tly(10_000_000_000), "0.01 TLY");
		for parts in [0, 1, 125_000_000, 999_999_999, 1_000_000_000] {
			let share = Share::from_parts(parts);
			assert_eq!(parse_share(&show_share(share)), Ok(share));
		}
		assert_eq!(show_share(Share::from_parts(125_000_000)), "12.5%");
	}
}
