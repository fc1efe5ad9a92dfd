//! Offices and who holds them: by the report ("Kosovo's interior minister, Xhelal Svecla"), else by
//! the lexicon on the day of the report.

use super::coreference::{Joining, Known};
use super::roles::is_kin;
use super::spelling::fold;
use super::{Draft, Sort};
use tidings_language::Deprel;

impl Known {
    /// Whether the office held may be called so: "minister" of an interior minister.
    pub fn holds(&self, noun: &str) -> bool {
        self.office.as_deref().is_some_and(|office| same_office(office, noun))
    }
}

/// Whether an office may be called by a noun: "minister" of an interior minister, but no more than a
/// deputy's is the office itself.
fn same_office(office: &str, noun: &str) -> bool {
    let (office, noun) = (plain(office), plain(noun));
    let ends = || office.strip_suffix(noun).is_some_and(|before| before.ends_with(' '));
    office == noun || (!matches!(office, "prime minister" | "vice president") && ends())
}

/// One name for offices that go by several.
fn plain(office: &str) -> &str {
    match office {
        "premier" => "prime minister",
        "foreign secretary"
        | "secretary of state"
        | "external affairs minister"
        | "foreign affairs minister"
        | "minister of foreign affairs"
        | "minister for foreign affairs" => "foreign minister",
        "defense minister"
        | "defence secretary"
        | "defense secretary"
        | "secretary of defense"
        | "defense chief"
        | "minister of defence"
        | "minister of defense" => "defence minister",
        "home secretary"
        | "home minister"
        | "home affairs minister"
        | "minister of the interior"
        | "internal affairs minister" => "interior minister",
        "chancellor of the exchequer" | "treasury secretary" | "treasurer" => "finance minister",
        other => other,
    }
}

/// Sectors of those who govern, guard or judge in the name of a state.
pub(super) fn is_of_state(sector: &str) -> bool {
    matches!(sector, "GOV" | "MIL" | "COP" | "SPY" | "JUD" | "LEG")
}

impl Joining<'_> {
    /// Offices beside a name tell who holds them: apposition either way, or "is the president".
    pub(super) fn appositions(&mut self, drafts: &[Draft]) {
        let doc = self.page.doc;
        for draft in drafts.iter().filter(|d| matches!(d.sort, Sort::Office | Sort::Body)) {
            if draft.plural {
                continue;
            }
            let head = draft.head;
            let person = |i: usize| self.heads.get(&i).copied();
            let up = doc.head(head).filter(|_| doc.tokens[head].deprel == Deprel::Appos);
            let beside = up
                .and_then(person)
                .or_else(|| doc.children_by(head, &[Deprel::Appos, Deprel::Flat]).find_map(person));
            let comma = || {
                let next = draft.tokens.end;
                let comma =
                    next < doc.tokens.len() && doc.form(next) == "," && draft.sort == Sort::Office;
                comma.then(|| person(next + 1)).flatten()
            };
            let is = || {
                let copula = doc
                    .children_by(head, &[Deprel::Cop])
                    .any(|c| matches!(doc.form(c), "is" | "'s" | "’s" | "am"));
                // "is a dictator", "is not the president", "is no minister"
                let copula = copula
                    && !doc
                        .children_by(head, &[Deprel::Det, Deprel::Advmod, Deprel::Aux])
                        .any(|i| matches!(doc.lemma(i), "a" | "no" | "not" | "n't" | "never"));
                let subject = doc.children_by(head, &[Deprel::Nsubj]).find_map(person);
                subject.filter(|_| copula && draft.sort == Sort::Office)
            };
            let Some(id) = beside.or_else(comma).or_else(is) else { continue };
            let known = &mut self.known[id];
            if (known.entry.is_none() || known.country.is_none()) && !is_kin(doc.lemma(head)) {
                known.country = draft.country.or(known.country);
            }
            if let Some(office) = &draft.office
                && !known.holds(office)
            {
                known.office = Some(office.clone());
                // The envoy whom the lexicon knows as one of the United Nations is theirs, and the
                // opposition's negotiator is of the opposition.
                let stays = draft.proxy && !known.sectors.is_empty();
                if known.sectors.first() != Some(&"IGO") && !draft.sectors.is_empty() && !stays {
                    known.sectors.clone_from(&draft.sectors);
                }
            } else if known.sectors.is_empty() {
                known.sectors.clone_from(&draft.sectors);
            }
            if doc.children_by(head, &[Deprel::Cop]).next().is_none() {
                self.heads.insert(head, id);
            }
        }
    }

    /// In a report of one country, those in office whose country it does not give are of that one.
    pub(super) fn at_home(&mut self) {
        let Some(home) = self.page.home else { return };
        for known in self.known.iter_mut().filter(|k| k.sort == Sort::Person) {
            let governs = known.sectors.first().is_some_and(|s| is_of_state(s));
            if known.country.is_none() && known.office.is_some() && governs {
                known.country = Some(home);
            }
        }
    }

    pub(super) fn office(&mut self, draft: &Draft) -> usize {
        if let Some(&id) = self.heads.get(&draft.head) {
            return id;
        }
        let noun = draft.office.as_deref().unwrap_or_default();
        let owner = self.owner(draft);
        let mut country = draft.country.or(owner.and_then(|id| self.known[id].country));
        if country.is_none() && draft.key.starts_with('|') && !noun.is_empty() {
            if draft.definite
                && let Some(id) = self.last(|k| k.is_one_person() && k.holds(noun))
            {
                return id;
            }
            let governs = draft.sectors.first().is_some_and(|s| is_of_state(s));
            country = self.page.home.filter(|_| governs);
        }
        if let Some(country) = country
            && let Some(id) = self.holder(draft, country, noun)
        {
            return id;
        }
        let mut draft = draft.clone();
        if draft.country.is_none() && country.is_some() {
            draft.country = country;
            draft.key = format!("{}{}", country.unwrap_or_default(), draft.key);
        }
        self.by_key(&draft)
    }

    /// Who holds an office of the country: by the report, else by the lexicon.
    fn holder(&mut self, draft: &Draft, country: &'static str, noun: &str) -> Option<usize> {
        // The president of a bank or a league is not that of the country.
        let of_state = draft.key.starts_with('|') || draft.key.starts_with(country);
        if noun.is_empty() || !of_state {
            return None;
        }
        let holds = |k: &Known| k.is_one_person() && k.country == Some(country) && k.holds(noun);
        if let Some(id) = self.known.iter().position(holds) {
            return Some(id);
        }
        // "President Ana Horvat" of a report that names one president without a country.
        let stateless = |k: &Known| k.sort == Sort::Person && k.country.is_none() && k.holds(noun);
        let mut all = self.known.iter().enumerate().filter(|(_, k)| stateless(k));
        match (all.next(), all.next()) {
            (Some((id, _)), None) => {
                self.known[id].country = Some(country);
                Some(id)
            }
            (None, _) => self.listed_holder(country, noun),
            _ => None,
        }
    }

    /// The person who, by the lexicon, held the office when the report was published.
    fn listed_holder(&mut self, country: &'static str, noun: &str) -> Option<usize> {
        let day = self.page.published?;
        let names = &self.page.world.names;
        let mut holders = names.people_of(country).filter(|(_, entry)| {
            entry.roles.iter().any(|role| {
                role.on(day) && is_of_state(role.sector) && same_office(role.office, noun)
            }) && entry.role_on(Some(day)).is_some()
        });
        let (id, entry) = holders.next()?;
        if holders.next().is_some() {
            return None;
        }
        let known = self.known.iter().position(|k| k.entry == Some(id));
        Some(known.unwrap_or_else(|| {
            let mut draft = Draft::new(0..0, 0, Sort::Person);
            draft.name = entry.name.to_string();
            draft.entry = Some(id);
            draft.country = entry.country;
            draft.sectors = entry.sectors_on(Some(day));
            draft.office = entry.role_on(Some(day)).map(|role| role.office.to_string());
            let words = entry.name.split(' ').map(fold).collect();
            self.add(Known { words, ..Known::new(&draft) })
        }))
    }
}
