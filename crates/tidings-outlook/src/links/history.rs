//! What is known of the past on a given day: counts that fade.

// Not the hash maps of the standard library: their order, and so the last digit of a sum, is another
// each time.
use rustc_hash::FxHashMap as HashMap;

/// Half-lives of the counts, in days; the last hardly fades.
pub static HALF_LIVES: [f32; 5] = [2.0, 8.0, 30.0, 120.0, 4000.0];

/// A count under those half-lives.
pub(crate) type Fading = crate::fading::Fading<5>;

/// Everything that passed between two actors, seen from the first.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Any relation, in either direction.
    pub any: Fading,
    /// Each relation; those of the other side are numbered behind all relations.
    pub relations: Vec<(u32, Fading)>,
}

/// Ages of a past event, in days, told apart by the rules.
const AGES: [f32; 4] = [1.0, 7.0, 30.0, 120.0];

/// The past up to a day.
#[derive(Debug, Default)]
pub struct History {
    relations: usize,
    /// By actor: its partners.
    partners: Vec<HashMap<u32, Pair>>,
    /// By relation, both directions: whom it meets.
    objects: Vec<HashMap<u32, Fading>>,
    /// By actor: all it takes part in.
    activity: Vec<Option<Fading>>,
    /// Temporal rules: how often a pair that is active saw `head` after a `body` of some age.
    bodies: Vec<f32>,
    heads: HashMap<(u32, u32, u8), f32>,
    /// By relation: events between pairs that had seen the relation before, and all.
    recurring: Vec<(f32, f32)>,
}

impl History {
    /// Nothing known yet.
    pub fn new(actors: usize, relations: usize) -> History {
        History {
            relations,
            partners: vec![HashMap::default(); actors],
            objects: vec![HashMap::default(); 2 * relations],
            activity: vec![None; actors],
            bodies: vec![0.0; 2 * relations * (AGES.len() + 1)],
            heads: HashMap::default(),
            recurring: vec![(0.0, 0.0); 2 * relations],
        }
    }

    /// The relation seen from its object.
    pub fn inverse(&self, relation: u32) -> u32 {
        let all = self.relations as u32;
        if relation < all { relation + all } else { relation - all }
    }

    /// Adds the facts of one day, which must not lie before what is known.
    pub fn add(&mut self, day: i32, facts: &[super::facts::Fact]) {
        let mut links: Vec<(u32, u32, u32)> = Vec::with_capacity(facts.len() * 2);
        for fact in facts {
            links.push((fact.subject, fact.object, fact.relation));
            links.push((fact.object, fact.subject, self.inverse(fact.relation)));
        }
        links.sort_unstable();
        links.dedup();
        for pair in links.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            self.learn_rules(day, pair);
        }
        for &(subject, object, relation) in &links {
            let fresh = || Pair { any: Fading::new(&HALF_LIVES, day), relations: Vec::new() };
            let pair = self.partners[subject as usize].entry(object).or_insert_with(fresh);
            pair.any.add(day);
            let at = pair.relations.iter().position(|(r, _)| *r == relation);
            let recurs = at.is_some();
            let at = at.unwrap_or_else(|| {
                pair.relations.push((relation, Fading::new(&HALF_LIVES, day)));
                pair.relations.len() - 1
            });
            pair.relations[at].1.add(day);
            let of_relation = &mut self.objects[relation as usize];
            of_relation.entry(object).or_insert_with(|| Fading::new(&HALF_LIVES, day)).add(day);
            self.activity[object as usize]
                .get_or_insert_with(|| Fading::new(&HALF_LIVES, day))
                .add(day);
            let (again, all) = &mut self.recurring[relation as usize];
            *again += f32::from(u8::from(recurs));
            *all += 1.0;
        }
    }

    /// What followed on what, between two actors: rules of length one, as in TLogic (Liu et al.
    /// 2022), told apart by the age of the body.
    fn learn_rules(&mut self, day: i32, links: &[(u32, u32, u32)]) {
        let (subject, object, _) = links[0];
        let Some(pair) = self.partners[subject as usize].get(&object) else { return };
        for (body, seen) in &pair.relations {
            let age = age_class(seen.age(day));
            self.bodies[*body as usize * (AGES.len() + 1) + age as usize] += 1.0;
            for &(_, _, head) in links {
                *self.heads.entry((*body, head, age)).or_default() += 1.0;
            }
        }
    }

    /// Probability that an active pair sees `head`, after `body` of this age (smoothed).
    pub fn confidence(&self, body: u32, head: u32, age: f32) -> f32 {
        let age = age_class(age);
        let hits = self.heads.get(&(body, head, age)).copied().unwrap_or_default();
        (hits + 0.05) / (self.bodies[body as usize * (AGES.len() + 1) + age as usize] + 5.0)
    }

    /// Share of the events of a relation that fell between pairs that had seen it before.
    pub fn recurrence(&self, relation: u32) -> f32 {
        let (again, all) = self.recurring[relation as usize];
        (again + 1.0) / (all + 2.0)
    }

    /// The partners of an actor.
    pub fn partners(&self, actor: u32) -> &HashMap<u32, Pair> {
        &self.partners[actor as usize]
    }

    /// How many events of a relation a day sees an actor do, of late: by the half-life of a month.
    pub fn rate(&self, actor: u32, relation: u32, day: i32) -> f64 {
        const MONTH: usize = 2;
        let of_pair = |pair: &Pair| {
            let seen = pair.relations.iter().find(|(other, _)| *other == relation);
            seen.map_or(0.0, |(_, seen)| f64::from(seen.on(day)[MONTH]))
        };
        // In a fixed order: a sum of fractions hangs on it.
        let mut counts: Vec<f64> = self.partners(actor).values().map(of_pair).collect();
        counts.sort_by(f64::total_cmp);
        counts.iter().sum::<f64>() * std::f64::consts::LN_2 / f64::from(HALF_LIVES[MONTH])
    }

    /// Whom a relation meets.
    pub fn objects(&self, relation: u32) -> &HashMap<u32, Fading> {
        &self.objects[relation as usize]
    }

    /// All an actor took part in.
    pub fn activity(&self, actor: u32) -> Option<&Fading> {
        self.activity[actor as usize].as_ref()
    }
}

fn age_class(age: f32) -> u8 {
    AGES.iter().filter(|&&bound| age > bound).count() as u8
}
