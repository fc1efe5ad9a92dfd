//! The events of each dyad by day, and what a day knows of them.

use rustc_hash::FxHashMap as HashMap;

/// One event of a table. Events of one day are no order among themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// Day, counted from any first one.
    pub day: i32,
    /// Number of who acted.
    pub source: u32,
    /// Number of who was acted upon.
    pub target: u32,
    /// Class of the act, from 0: the quad class less one, the place of a PLOVER type.
    pub class: u8,
}

/// Half-lives of the counts, in days.
static HALF_LIVES: [f32; 4] = [2.0, 7.0, 30.0, 120.0];
/// Numbers that describe a dyad and a class on a day.
pub const WIDTH: usize = 34;

/// What a group of the numbers stands for: the drivers of a forecast.
pub const DRIVERS: [(&str, std::ops::Range<usize>); 7] = [
    ("the usual rate of this dyad", 1..3),
    ("recent acts of the kind", 3..9),
    ("other recent acts of the source on the target", 9..13),
    ("recent acts of the target on the source", 13..19),
    ("how active the source is", 19..23),
    ("how much is done to the target", 23..27),
    ("the day of the week", 27..34),
];

type Fading = crate::fading::Fading<4>;

#[derive(Debug, Clone)]
struct Dyad {
    first: i32,
    all: Fading,
    /// By class: fading counts, days with an event, day of the last.
    classes: Vec<(Fading, u32, i32)>,
}

impl Dyad {
    fn new(day: i32, classes: usize) -> Dyad {
        let none = (Fading::new(&HALF_LIVES, day), 0, i32::MIN);
        Dyad { first: day, all: Fading::new(&HALF_LIVES, day), classes: vec![none; classes] }
    }
}

/// The past up to a day, of every dyad.
#[derive(Debug)]
pub struct History {
    classes: usize,
    dyads: HashMap<(u32, u32), Dyad>,
    /// By actor: what it does, and what is done to it.
    sources: HashMap<u32, Fading>,
    targets: HashMap<u32, Fading>,
}

impl History {
    /// Nothing yet, of events with so many classes.
    pub fn new(classes: usize) -> History {
        let (dyads, sources, targets) = Default::default();
        History { classes, dyads, sources, targets }
    }

    /// The first day a dyad is known from, and the days with an event of the class.
    pub fn seen(&self, dyad: (u32, u32), class: usize) -> Option<(i32, u32)> {
        let dyad = self.dyads.get(&dyad)?;
        Some((dyad.first, dyad.classes.get(class)?.1))
    }

    /// Adds an event, which must not lie before those known.
    pub fn add(&mut self, event: Event) {
        let Event { day, source, target, class } = event;
        let dyad =
            self.dyads.entry((source, target)).or_insert_with(|| Dyad::new(day, self.classes));
        dyad.all.add(day);
        if let Some((fading, days, last)) = dyad.classes.get_mut(class as usize) {
            fading.add(day);
            *days += u32::from(*last != day);
            *last = day;
        }
        self.sources.entry(source).or_insert_with(|| Fading::new(&HALF_LIVES, day)).add(day);
        self.targets.entry(target).or_insert_with(|| Fading::new(&HALF_LIVES, day)).add(day);
    }

    /// Describes a dyad and a class as they stand at the end of `day`.
    pub fn describe(&self, (source, target): (u32, u32), class: usize, day: i32) -> [f32; WIDTH] {
        let mut row = [0.0; WIDTH];
        let mut slots = row.iter_mut();
        let mut push = |value: f32| {
            if let Some(slot) = slots.next() {
                *slot = value;
            }
        };
        let log = |count: f32| (count + 0.05).ln();
        let age = |last: Option<i32>, day: i32| {
            let days = last.filter(|last| *last > i32::MIN).map_or(400, |last| day - last);
            (1.0 + days as f32).ln()
        };
        push(1.0);
        let dyad = self.dyads.get(&(source, target));
        let of_class = dyad.and_then(|dyad| dyad.classes.get(class));
        let known = dyad.map_or(0, |dyad| day - dyad.first) as f32;
        let days = of_class.map_or(0, |class| class.1) as f32;
        let rate = (days + 0.3) / (known + 10.0);
        push(rate.ln());
        push(rate.sqrt());
        let counts = |fading: Option<&Fading>| fading.map_or([0.0; 4], |fading| fading.on(day));
        let own = counts(of_class.map(|class| &class.0));
        own.iter().for_each(|&count| push(log(count)));
        push(own[1].sqrt());
        push(age(of_class.map(|class| class.2), day));
        let all = counts(dyad.map(|dyad| &dyad.all));
        all.iter().zip(&own).for_each(|(all, own)| push(log(all - own)));
        let back = self.dyads.get(&(target, source));
        let back_class = back.and_then(|dyad| dyad.classes.get(class));
        counts(back_class.map(|class| &class.0)).iter().for_each(|&count| push(log(count)));
        push(age(back_class.map(|class| class.2), day));
        push(log(counts(back.map(|dyad| &dyad.all))[1]));
        counts(self.sources.get(&source)).iter().for_each(|&count| push(log(count)));
        counts(self.targets.get(&target)).iter().for_each(|&count| push(log(count)));
        // Less is reported of weekends; which day of the seven is one, the weights learn.
        let tomorrow = (day + 1).rem_euclid(7);
        (0..7).for_each(|weekday| push(f32::from(u8::from(weekday == tomorrow))));
        row
    }
}
