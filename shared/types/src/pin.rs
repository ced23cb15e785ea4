//! Which PINs are no secret.

/// Whether these digits are among the first that anybody would try: rows (123456, 987654, 890123, 135790), repetitions (000000, 121212, 123123), pairs (112233),
/// mirrored halves (123321).
#[must_use]
pub fn is_weak_pin(digits: &[u8]) -> bool {
    let step = |distance: usize| {
        let pairs = digits.iter().zip(digits.iter().skip(distance));
        pairs.map(|(a, b)| (10 + b - a) % 10).collect::<Vec<u8>>()
    };
    let same = |values: &[u8]| values.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
    let row = same(&step(1));
    let repeats = |period: usize| step(period).iter().all(|difference| *difference == 0);
    let mirrored = digits.iter().eq(digits.iter().rev());
    let pairs = digits.chunks(2).all(same);
    row || repeats(2) || repeats(3) || mirrored || pairs
}
