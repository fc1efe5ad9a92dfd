//! One deed told by several words is one event: its harm ("attacked the camp, killing ten") and its
//! demand ("marched to demand the king's resignation").

use super::Event;
use super::matching::{Match, inside, measured};
use super::tree::Tree;
use tidings_language::{Deprel, Upos};
use tidings_world::events::{Kind, Operator};

/// Folds words of harm into the attack that did it: "a bombing killed two", "killed in an air strike",
/// "raids in which ten were killed or wounded", "shelled the port, killing ten".
pub(super) fn harm(tree: &Tree, found: &mut Vec<Match>) {
    let mut at = 0;
    while at < found.len() {
        let merged = tree.in_class(found[at].predicate, "harm")
            && violent(tree, &found[at])
            && (told_with(tree, found, at) || by_means(tree, found, at));
        if merged {
            found.remove(at);
        } else {
            at += 1;
        }
    }
}

fn violent(tree: &Tree, act: &Match) -> bool {
    let digits = tree.lexicon.digits(act.code);
    act.frame.section.operator.is_none()
        && (digits.starts_with("18") || digits.starts_with("19") || digits.starts_with("20"))
}

/// Folds the harm into the deed its clause hangs on; whether there is one.
fn told_with(tree: &Tree, found: &mut [Match], at: usize) -> bool {
    let verb = found[at].predicate;
    let Some(head) = tree.host(verb).or_else(|| tree.doc.head(verb)) else { return false };
    let relation = tree.relation(verb);
    let own_subject = tree.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some();
    let with = match relation {
        Deprel::AclRelcl => true,
        Deprel::Conj | Deprel::Advcl | Deprel::Acl | Deprel::Parataxis => !own_subject,
        _ => false,
    };
    let deed = (0..found.len()).find(|&other| {
        let act = &found[other];
        let harms = tree.in_class(act.predicate, "harm");
        let fits = match relation {
            // "raids in which ten were killed"; "gunmen who killed ten" have done nothing else.
            Deprel::AclRelcl => act.frame.kind == Kind::Noun,
            Deprel::Conj => harms || act.frame.kind == Kind::Verb,
            _ => true,
        };
        other != at && act.predicate == head && violent(tree, act) && fits
    });
    let Some(deed) = deed.filter(|_| with) else { return false };
    let Match { source, target: victims, edges, .. } = found[at].clone();
    let beside = relation == Deprel::Conj && tree.in_class(found[deed].predicate, "harm");
    let deed = &mut found[deed];
    if deed.source.is_empty() {
        deed.source = source;
    }
    // A place that was hit stands for who lives there.
    let hit = |&t: &usize| tree.names_actor(t) || tree.upos(t) == Upos::Propn;
    if beside || !deed.target.iter().any(hit) {
        deed.target.extend(victims.into_iter().filter(|&t| tree.names_actor(t)));
    }
    deed.edges.extend(edges);
    true
}

/// Takes the means of the harm, where that is the deed, into the verb: its code and who did it. The
/// verb stays, for it tells whether and when; so the harm itself is never folded away here.
fn by_means(tree: &Tree, found: &mut Vec<Match>, at: usize) -> bool {
    let verb = found[at].predicate;
    let clause = tree.clause(verb);
    let means = (0..found.len()).find(|&other| {
        let act = &found[other];
        let noun = act.predicate;
        let phrase = tree.doc.head(noun) == Some(verb)
            && matches!(tree.relation(noun), Deprel::Obl | Deprel::OblAgent)
            && tree.has_case(noun, &["in", "by", "with", "during"]);
        let named = act.frame.kind == Kind::Noun && tree.upos(noun) != Upos::Verb;
        // "Two waves of air strikes killed ten" too.
        let does = |subject: usize| subject == noun || measured(tree, subject) == Some(noun);
        named && violent(tree, act) && (clause.subject.is_some_and(does) || phrase)
    });
    let Some(means) = means else { return false };
    let deed = found.remove(means);
    let at = if means < at { at - 1 } else { at };
    let act = &mut found[at];
    // "A bombing killed two": the deed is no doer.
    let does =
        |source: usize| source == deed.predicate || measured(tree, source) == Some(deed.predicate);
    act.source.retain(|&source| !does(source));
    if act.source.is_empty() {
        act.source = deed.source;
    }
    if tree.lexicon.digits(deed.code) != "190" {
        (act.code, act.inner, act.section) = (deed.code, deed.inner, deed.section);
    }
    act.edges.extend(deed.edges);
    act.words.push(deed.predicate);
    false
}

/// What a protest is for becomes its last digit (CAMEO codebook, 1411 to 1454: change of leadership,
/// of policy, of rights, of institutions), told as a demand beside it or under a preposition.
pub(super) fn demands(tree: &Tree, events: &mut Vec<Event>, first: usize) {
    let mut protest = first;
    while protest < events.len() {
        let event = &events[protest];
        let code = event.action.cameo.as_str();
        let base = if code == "140" { "141" } else { code };
        if event.action.event != "PROTEST" || base.len() != 3 {
            protest += 1;
            continue;
        }
        let told = (first..events.len()).find_map(|other| {
            let demand = &events[other];
            let below = tree.doc.dominates(event.predicate, demand.predicate);
            let same = demand.source.iter().all(|s| event.source.contains(s));
            let wanted = demand.action.event == "REQUEST" && same;
            let refused = demand.action.event == "REJECT" && !demand.source.is_empty() && !same;
            let digit = wished(&demand.action.cameo)?;
            (other != protest && below && (wanted || refused)).then_some((other, digit, wanted))
        });
        let digit = told.map(|(_, digit, _)| digit).or_else(|| cause(tree, event));
        let code = digit.and_then(|digit| tree.lexicon.code(&format!("{base}{digit}")));
        if let Some(action) = code.and_then(|code| tree.lexicon.action(code, None)) {
            events[protest].action = action;
        }
        if let Some((demand, _, true)) = told {
            let demand_event = events.remove(demand);
            if demand < protest {
                protest -= 1;
            }
            if events[protest].target.is_empty() {
                events[protest].target = demand_event.target;
            }
        }
        protest += 1;
    }
}

/// "met to discuss the war", "called a meeting to discuss it": the talk is that meeting's.
pub(super) fn talks(tree: &Tree, events: &mut Vec<Event>, first: usize) {
    let purpose = |verb: usize| {
        let below = [Deprel::Advcl, Deprel::Acl, Deprel::Xcomp];
        (below.contains(&tree.relation(verb)) && tree.infinitive(verb))
            .then(|| tree.doc.head(verb))
            .flatten()
    };
    let told: Vec<usize> = (first..events.len())
        .filter(|&at| events[at].action.event == "CONSULT")
        .filter(|&at| {
            let Some(above) = purpose(events[at].predicate) else { return false };
            events[first..].iter().any(|other| {
                let meets = other.action.event == "CONSULT" && !other.target.is_empty();
                meets && (other.predicate == above || other.words.contains(&above))
            })
        })
        .collect();
    for at in told.into_iter().rev() {
        events.remove(at);
    }
}

/// "launched an offensive, aiming to oust the army": what a fight is for is no threat beside it.
pub(super) fn aims(tree: &Tree, events: &mut Vec<Event>, first: usize) {
    let fights: Vec<usize> = events[first..]
        .iter()
        .filter(|event| matches!(event.action.event, "ASSAULT" | "MOBILIZE"))
        .map(|event| event.predicate)
        .collect();
    let own = events.split_off(first);
    events.extend(own.into_iter().filter(|event| {
        let aim = event.action.event == "THREATEN"
            && tree.relation(event.predicate) == Deprel::Advcl
            && tree.in_class(event.predicate, "aim");
        !(aim && tree.doc.head(event.predicate).is_some_and(|above| fights.contains(&above)))
    }));
}

/// The last digit of the demand: 1 leadership, 2 policy, 3 rights, 4 institutions.
fn wished(cameo: &str) -> Option<char> {
    let political = ["024", "034", "083", "104", "123"].iter().any(|root| cameo.starts_with(root));
    political.then(|| cameo.chars().nth(3).unwrap_or('4'))
}

/// "for greater freedoms", "against a new law", "over the king's decision".
fn cause(tree: &Tree, event: &Event) -> Option<char> {
    let hosts = event.words.iter().copied().chain([event.predicate]);
    for host in hosts {
        for phrase in tree.children(host) {
            if !tree.has_case(phrase, &["for", "against", "over", "at", "about"]) {
                continue;
            }
            let Some(act) = inside(tree, phrase, 1) else {
                if tree.in_class(phrase, "policy") && !tree.has_case(phrase, &["for"]) {
                    return Some('2');
                }
                continue;
            };
            let asked = tree.lexicon.compose(Operator::Appeal, act.inner);
            if let Some(digit) = asked.and_then(|code| wished(tree.lexicon.digits(code))) {
                return Some(digit);
            }
        }
    }
    None
}
