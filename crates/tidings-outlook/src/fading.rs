//! Counts that fade: what the past still weighs on a day.

/// A count of events under several half-lives, in days, and when the last was.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fading<const N: usize> {
    half_lives: &'static [f32; N],
    counts: [f32; N],
    /// Day of the last event.
    last: i32,
}

impl<const N: usize> Fading<N> {
    /// Nothing yet, on `day`.
    pub fn new(half_lives: &'static [f32; N], day: i32) -> Fading<N> {
        Fading { half_lives, counts: [0.0; N], last: day }
    }

    /// Adds an event of `day`, which must not lie before the last.
    pub fn add(&mut self, day: i32) {
        self.counts = self.on(day);
        self.counts.iter_mut().for_each(|count| *count += 1.0);
        self.last = day;
    }

    /// The counts as they stand on `day`.
    pub fn on(&self, day: i32) -> [f32; N] {
        let age = self.age(day);
        std::array::from_fn(|at| self.counts[at] * (-age / self.half_lives[at]).exp2())
    }

    /// Days since the last event.
    pub fn age(&self, day: i32) -> f32 {
        day.saturating_sub(self.last).max(0) as f32
    }
}
