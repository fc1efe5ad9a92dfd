//! Whether an act makes sense as one of its actors: who can do such a thing to whom, and what only looks
//! like an act.
//!
//! Words of force stand for quarrels and contests among politicians, for accidents and for what clerks and
//! neighbours do to one another; an event needs who could have done it.

use super::Event;
use super::matching::Match;
use super::politics::{abroad, political_act};
use super::resolve::{hosts, possessors};
use super::tree::Tree;
use crate::actors::Actor;
use tidings_language::{Deprel, Upos};
use tidings_world::Action;
use tidings_world::events::{Kind, Operator, Place, Role};

/// Whether the act is among clerks, firms and neighbours: what they say to and do for one another is no
/// politics, as long as nobody is hurt.
pub(super) fn private(tree: &Tree, event: &Event) -> bool {
    const PRIVATE: [&str; 7] = ["CVL", "BUS", "EDU", "JRN", "MED", "MNC", "HLH"];
    let known = |&actor: &usize| tree.actors.actors.get(actor);
    let all = || event.source.iter().chain(&event.target).filter_map(known);
    let private = |a: &Actor| unplaced(a) || only(a, &PRIVATE);
    !matches!(event.action.event, "ASSAULT" | "PROTEST" | "COERCE")
        && !abroad(tree, &event.source, &event.target)
        && all().all(private)
}

/// Whether the actor has sectors, and none but these.
pub(super) fn only(actor: &Actor, sectors: &[&str]) -> bool {
    !actor.sectors.is_empty() && actor.sectors.iter().all(|s| sectors.contains(&s.as_str()))
}

/// Whether nothing is known of the actor but a name.
pub(super) fn unplaced(actor: &Actor) -> bool {
    actor.sectors.is_empty() && (actor.country.is_none() || actor.person)
}

/// Sectors of people without power over others.
pub(super) const CIVIL: [&str; 9] = ["CVL", "BUS", "EDU", "JRN", "LAB", "REF", "MED", "AGR", "MNC"];

/// Whether one side is missing without which such an act tells nothing: a threat, a sanction or a
/// promise of nobody, help for nobody, praise of whom a pronoun means that nobody can tell. What is
/// praised may be a thing, and an apology may stand alone.
pub(super) fn lacks_a_side(
    tree: &Tree,
    act: &Match,
    action: &Action,
    source: &[usize],
    target: &[usize],
) -> bool {
    let person = |word: usize| {
        tree.upos(word) == Upos::Pron
            && tree.lemma_in(word, &["he", "she", "they", "I", "we", "you"])
    };
    let pronoun = |&word: &usize| {
        let own = tree.child(word, &[Deprel::NmodPoss]).filter(|&own| tree.upos(own) == Upos::Pron);
        person(word) || own.is_some_and(|own| !tree.lemma_in(own, &["its"]))
    };
    let nobody = source.is_empty() && act.frame.kind == Kind::Verb;
    let of_country =
        |actor: usize| tree.actors.actors.get(actor).is_some_and(|a| a.country.is_some());
    let meant = || act.target.iter().chain(&act.nouns).any(pronoun);
    let thing = || act.target.iter().any(|&word| !tree.names_actor(word));
    let mutual = ["050", "054", "055", "056", "057"];
    match action.event {
        "THREATEN" | "AGREE" => nobody,
        // "Six Russian diplomats were expelled": it is told of whom, if not by whom.
        "SANCTION" => nobody && !target.iter().any(|&actor| of_country(actor)),
        "AID" if action.cameo != "075" => target.is_empty() && act.target.is_empty(),
        "ACCUSE" => target.is_empty() && meant(),
        "SUPPORT" if mutual.iter().any(|code| action.cameo.starts_with(code)) => false,
        "SUPPORT" => target.is_empty() && (meant() || !thing()),
        _ => false,
    }
}

/// Whether who acts can do such an act: clerks ban and arrest nobody, a traveller without an office
/// makes no visit (CAMEO codebook, 042, 17), and people of whom nothing is known have no politics.
pub(super) fn fits(
    tree: &Tree,
    act: &Match,
    action: &Action,
    source: &[usize],
    target: &[usize],
) -> bool {
    let sectors = |actor: usize| tree.actors.actors.get(actor).map_or(&[][..], |a| &a.sectors);
    let known = |&actor: &usize| tree.actors.actors.get(actor);
    let civil = |actor: &usize| known(actor).is_some_and(|a| only(a, &CIVIL));
    let unknown = |actor: &usize| known(actor).is_none_or(unplaced);
    let party =
        |&actor: &usize| sectors(actor).iter().any(|s| s == "PTY" || s == "ELI" || s == "LEG");
    if source.iter().chain(target).all(unknown) {
        return false;
    }
    let code = action.cameo.as_str();
    let inner = tree.lexicon.digits(act.inner);
    // "her campaign prepares to battle the senator": a contest for votes.
    if act.frame.section.operator == Some(Operator::Intend)
        && fights(tree, act, source, target)
        && act.nouns.iter().any(|&noun| tree.in_class(noun, "contest_of_words"))
    {
        return false;
    }
    let outlaw =
        |&actor: &usize| sectors(actor).iter().any(|s| ["REB", "UAF", "CRM"].contains(&s.as_str()));
    let private = |actor: &usize| civil(actor) || unknown(actor);
    let political = |actor: &usize| known(actor).is_some_and(|a| only(a, &POLITICAL));
    if inner == "042" {
        let exile = |actor: &usize| sectors(*actor).iter().any(|s| s == "CVL" || s == "REF");
        let nobody = source.iter().all(|a| private(a) || outlaw(a) || exile(a));
        let greets = source.iter().all(party) && !target.is_empty() && target.iter().all(civil);
        return !(nobody || greets || at_home(tree, source, target));
    }
    if !political_act(tree, act, action, source, target) {
        return false;
    }
    // What is kept back is kept back by somebody, or from somebody.
    if code.starts_with("162") && source.is_empty() && target.iter().all(unknown) {
        return false;
    }
    // Who warns people of this or that guards them.
    let of = act.frame.arguments.iter().any(|a| matches!(a.place, Place::Preposition(_)));
    if code == "130"
        && of
        && tree.lemma_in(act.predicate, &["warn", "caution", "alert"])
        && !target.is_empty()
        && target.iter().all(civil)
        && !source.iter().all(outlaw)
    {
        return false;
    }
    // Candidates greet their supporters, and nobody in particular invites to a feast.
    if code == "043" && (source.iter().all(private) || target.iter().all(civil)) {
        return false;
    }
    // Who has no office looks into this and that; candidates are hurt by polls.
    if code.starts_with("090") && !source.is_empty() && source.iter().all(|a| civil(a) || party(a))
        || code == "182"
            && !target.is_empty()
            && target.iter().all(political)
            && !source
                .iter()
                .any(|actor| sectors(*actor).iter().any(|s| ARMED.contains(&s.as_str())))
    {
        return false;
    }
    // Clerks who warn of this and that threaten nobody.
    let expert = |actor: &usize| known(actor).is_some_and(|a| only(a, &["HLH", "EDU"]));
    let clerk = |actor: &usize| {
        expert(actor) || private(actor) && !sectors(*actor).iter().any(|s| s == "LAB")
    };
    if action.event == "THREATEN" && code != "133" && source.iter().all(clerk) {
        return false;
    }
    // Candidates and clerks help this and that; the aid of CAMEO 07 is given by those who have it.
    if (code == "070" || code == "074") && act.nouns.is_empty() || code == "072" {
        let able = |actor: &usize| !civil(actor) && !unknown(actor) && !party(actor);
        return source.is_empty() || source.iter().any(able);
    }
    // "donated to the candidate"
    let citizen = |&actor: &usize| {
        let own = sectors(actor);
        own.iter().all(|s| s == "CVL") && (!own.is_empty() || unknown(&actor))
    };
    if code == "071" && !source.is_empty() && source.iter().all(citizen) {
        return false;
    }
    if action.event == "PROTEST" && campaigns(tree, act, source) {
        return false;
    }
    let official = ["170", "172", "173", "174", "153", "191"].iter().any(|c| code.starts_with(c));
    let powerless = |actor: &usize| civil(actor) || code == "170" && party(actor);
    !official || source.is_empty() || !source.iter().all(powerless)
}

/// Whether a journey stays inside the traveller's own country: "the president travelled to Iowa".
fn at_home(tree: &Tree, source: &[usize], target: &[usize]) -> bool {
    let known = |&actor: &usize| tree.actors.actors.get(actor);
    let place = |actor: &usize| {
        let place = |a: &&Actor| a.sectors.is_empty() && !a.person && !tree.is_country(&a.name);
        known(actor).filter(place).is_some()
    };
    let country = |actor: &usize| known(actor).and_then(|a| a.country.as_deref());
    let mut all = source.iter().chain(target).map(country);
    let first = all.next().flatten();
    !source.is_empty()
        && !target.is_empty()
        && target.iter().all(place)
        && first.is_some()
        && all.all(|country| country == first)
}

/// Whether a rally or a march is a politician's who wants votes: it is against nobody.
fn campaigns(tree: &Tree, act: &Match, source: &[usize]) -> bool {
    let wants_votes = |&actor: &usize| {
        let known = tree.actors.actors.get(actor);
        known.is_some_and(|a| only(a, &["PTY", "LEG", "ELI", "GOV"]))
    };
    let against =
        || hosts(act).any(|host| tree.children(host).any(|c| tree.has_case(c, &["against"])));
    let gatherings = || act.words.iter().filter(|&&word| tree.in_class(word, "gathering"));
    // "attended a rally of the candidate"
    let of_candidate = || {
        gatherings().any(|&word| {
            let owners = possessors(tree, word);
            !owners.is_empty() && owners.iter().all(wants_votes)
        })
    };
    gatherings().next().is_some()
        && (!source.is_empty() && source.iter().all(wants_votes) || of_candidate())
        && !against()
}

/// Sectors of those who fight with words, and of those who do not.
const POLITICAL: [&str; 6] = ["PTY", "LEG", "ELI", "JUD", "JRN", "OPP"];
pub(super) const ARMED: [&str; 7] = ["MIL", "REB", "COP", "PRM", "UAF", "SPY", "CRM"];

/// Whether an "attack" is one of words: "the candidate attacked the judge". Politicians and governments
/// protest with words, too.
pub(super) fn with_words(tree: &Tree, act: &Match, source: &[usize], target: &[usize]) -> bool {
    let official = |&actor: &usize| {
        let known = tree.actors.actors.get(actor);
        known.is_some_and(|a| only(a, &["PTY", "LEG", "ELI", "GOV"]))
    };
    let protests = || {
        tree.lexicon.digits(act.code) == "140"
            && tree.lemma_in(act.predicate, &["protest"])
            && source.iter().all(official)
    };
    !source.is_empty() && !target.is_empty() && (fights(tree, act, source, target) || protests())
}

/// Whether a fight is one of politicians: "the candidates battled in Iowa". The others are not armed:
/// "the president attacked the candidate", "the candidate clashed with the editor".
pub(super) fn fights(tree: &Tree, act: &Match, source: &[usize], target: &[usize]) -> bool {
    let any = |actor: &usize, of: &[&str]| {
        let known = tree.actors.actors.get(*actor);
        known.is_some_and(|a| a.is_any(of))
    };
    let political = |actor: &usize| any(actor, &POLITICAL) && !any(actor, &ARMED);
    // Whoever holds an office, and who has neither country nor arms.
    let unarmed = |actor: &usize| {
        tree.actors.actors.get(*actor).is_some_and(|a| {
            let private = a.sectors.iter().all(|s| CIVIL.contains(&s.as_str()));
            let governs = only(a, &["GOV"]);
            a.office.is_some() || governs || private && (a.person || !a.sectors.is_empty())
        })
    };
    // "the ministry fought for more money": fought nobody; the counterattack of a firm is on its rivals.
    let under_for = |host: usize| tree.children(host).any(|c| tree.has_case(c, &["for"]));
    let harder =
        || tree.children(act.predicate).any(|c| tree.relation(c) == Deprel::Advmod && under_for(c));
    let wanted = || {
        let crowd = |a: &Actor| only(a, &CIVIL);
        let known = source.iter().filter_map(|&actor| tree.actors.actors.get(actor));
        (under_for(act.predicate) || harder()) && !known.into_iter().all(crowd)
    };
    let holds_office = |actor: &usize| {
        tree.actors.actors.get(*actor).is_some_and(|a| a.office.is_some() || a.person)
    };
    let alone = target.is_empty()
        && act.words.iter().any(|&word| tree.in_class(word, "contest_of_words"))
        && (source.iter().all(holds_office) || wanted());
    let firm =
        |actor: &usize| tree.actors.actors.get(*actor).is_some_and(|a| only(a, &["BUS", "MNC"]));
    let of_firms = !source.is_empty() && source.iter().all(firm);
    // "offered attacks on the senator", and not "called for a war": who calls for it still only calls.
    let intends = act.frame.section.operator == Some(Operator::Intend);
    let meant: &[usize] = if intends { &act.nouns } else { &[] };
    let mut all = source.iter().chain(target);
    tree.lexicon.digits(act.inner) == "190"
        && act.words.iter().chain(meant).any(|&word| tree.in_class(word, "fight_with_words"))
        && (all.clone().any(political) || alone && !source.is_empty() || of_firms)
        && all.all(|actor| political(actor) || unarmed(actor))
}

/// "two men suspected of spying", "a Libyan accused of theft": who accuses is not told, and the words
/// only say which men; "US-backed militias" are some militias.
pub(super) fn described(tree: &Tree, act: &Match) -> bool {
    let operator = act.frame.section.operator.is_some();
    let nobody = || operator && act.passive && act.source.is_empty();
    match tree.relation(act.predicate) {
        // "men convicted of theft" were convicted by nobody in particular.
        Deprel::Acl => {
            let legal = ["112", "115", "116"];
            let digits = tree.lexicon.digits(act.code);
            // "troops not invited", "the attention commanded by the singer"
            let thing = || tree.doc.head(act.predicate).is_some_and(|n| !tree.names_actor(n));
            let of_nobody = operator && act.passive && act.target.is_empty() && thing();
            nobody()
                || act.passive && tree.negated(act.predicate)
                || of_nobody
                || act.passive
                    && act.source.is_empty()
                    && legal.iter().any(|c| digits.starts_with(c))
        }
        // "EU-brokered talks" are the mediator's act, whoever talks.
        Deprel::Amod => {
            let noun = tree.doc.head(act.predicate);
            let deed = noun.is_some_and(|n| act.nouns.contains(&n)) && !act.source.is_empty();
            nobody() || !deed && noun.is_some_and(|n| tree.names_actor(n))
        }
        _ => false,
    }
}

/// Whether the words leave open whether anybody acts: "asked whether Brona attacked", "a mandate to
/// protect the camps".
pub(super) fn not_told(tree: &Tree, act: &Match, source: &[usize]) -> bool {
    let verb = act.predicate;
    let asked =
        tree.child(verb, &[Deprel::Mark]).is_some_and(|mark| tree.lemma_in(mark, &["whether"]));
    let first = match tree.relation(verb) {
        Deprel::Conj => tree.doc.head(verb).unwrap_or(verb),
        _ => verb,
    };
    let due = tree.relation(first) == Deprel::Acl
        && tree.infinitive(first)
        && tree.doc.head(first).is_some_and(|noun| tree.in_class(noun, "entitlement"));
    asked
        || due
        || ends_of_others(tree, act, source)
        || possible(tree, act)
        || circumstances(tree, act)
}

/// "can pave the way", "could make deals", "has shown no interest in talks", "less willing to meet": what
/// somebody is able or free to do, or hardly minded to, he neither does nor promises.
fn possible(tree: &Tree, act: &Match) -> bool {
    let verb = act.predicate;
    let friendly = tree.lexicon.action(act.code, None).is_some_and(|action| action.quad < 3);
    let asks = act.frame.section.operator == Some(Operator::Appeal)
        || tree.lexicon.digits(act.code).starts_with("02");
    let intends = act.frame.section.operator == Some(Operator::Intend);
    let may = tree.modal(verb).is_some_and(|m| {
        let paves = intends && act.frame.kind == Kind::Verb;
        tree.lemma_in(m, &["can"]) || paves && tree.lemma_in(m, &["could", "may", "might"])
    });
    let hardly = |word: usize| {
        tree.children(word).any(|c| {
            tree.lemma_in(c, &["no", "less", "little", "hardly"]) && tree.relation(c) != Deprel::Obj
        })
    };
    // "leaders free to support either candidate"
    let free = tree.infinitive(verb)
        && tree
            .doc
            .head(verb)
            .is_some_and(|head| tree.lemma_in(head, &["free", "able", "eligible", "entitled"]));
    // "had no praise for the king"
    let none = act.frame.kind == Kind::Noun && tree.lexicon.digits(act.code).starts_with("05") && {
        let no = |&word: &usize| {
            tree.children(word)
                .any(|c| tree.relation(c) == Deprel::Det && tree.lemma_in(c, &["no"]))
        };
        act.words.iter().chain(&act.nouns).chain([&act.predicate]).any(no)
    };
    none || friendly && !asks && (may || free) && !tree.negated(verb)
        || intends && act.words.iter().any(|&word| hardly(word))
}

/// Whether nobody acts but the circumstances, or a law or plan that only speaks of acts: "was obliged to
/// sell", "the measure would require the city to pay", "is a threat to peace".
fn circumstances(tree: &Tree, act: &Match) -> bool {
    let verb = act.predicate;
    let forced = act.passive && act.source.is_empty() && tree.lemma_in(verb, &["oblige"]);
    let statute = act.source.iter().any(|&word| tree.in_class(word, "statute"));
    let threat = act.frame.kind == Kind::Noun
        && tree.in_class(verb, "threat")
        && (tree.child(verb, &[Deprel::Cop]).is_some()
            || tree.has_case(verb, &["as"])
            || tree.light_verb(verb).is_some_and(|v| tree.in_class(v, "poses")));
    // "told the hearing that it had yet to decide"
    let told = tree.lemma_in(verb, &["tell"])
        && tree.child(verb, &[Deprel::Ccomp]).is_some_and(|c| {
            tree.child(c, &[Deprel::Mark]).is_some_and(|mark| tree.lemma_in(mark, &["that"]))
        });
    // "failed to mention the attack" refuses nothing; "hinted at his plans" threatens nothing.
    let operator = act.frame.section.operator;
    let hostile = tree.lexicon.action(act.inner, None).is_some_and(|inner| inner.quad > 2);
    let omits = operator == Some(Operator::Reject)
        && hostile
        && tree.lemma_in(verb, &["fail", "neglect", "omit", "hesitate"]);
    let hints = operator == Some(Operator::Threaten)
        && act.inner == act.frame.section.code
        && tree.lemma_in(verb, &["hint", "suggest"]);
    // Nor is it a threat to warn of words: "warned against the demand".
    let of_words = ["01", "02", "10"].iter().any(|c| tree.lexicon.digits(act.inner).starts_with(c));
    let hints = hints || operator == Some(Operator::Threaten) && of_words;
    // "the silence they have demonstrated"
    let of_thing = tree.relation(verb) == Deprel::AclRelcl
        && tree.child(verb, &[Deprel::Nsubj]).is_some_and(|s| tree.upos(s) != Upos::Pron)
        && tree.doc.head(verb).is_some_and(|noun| !tree.names_actor(noun));
    let shows = tree.lemma_in(verb, &["demonstrate"])
        && !act.passive
        && (of_thing || tree.clause(verb).object.is_some());
    // "dragged the guards into the road" asks nothing of them.
    let unknown = act.inner == act.frame.section.code;
    let dragged = tree.lemma_in(verb, &["drag"]) && unknown;
    // "recommended that no charges be filed"
    let asks = matches!(operator, Some(Operator::Appeal | Operator::Demand));
    let no = |word: usize| {
        tree.child(word, &[Deprel::Det]).is_some_and(|det| tree.lemma_in(det, &["no"]))
    };
    let spares = asks
        && tree
            .content_clause(verb)
            .and_then(|content| tree.child(content, &[Deprel::Nsubj, Deprel::NsubjPass]))
            .is_some_and(no);
    let hints = hints || operator == Some(Operator::Appeal) && dragged || spares;
    forced || statute || threat || omits || hints || shows || told && operator.is_some()
}

/// "halted the rebel attack": who ends what others do gives nothing up.
fn ends_of_others(tree: &Tree, act: &Match, source: &[usize]) -> bool {
    let digits = tree.lexicon.digits(act.code);
    digits == "087"
        && !source.is_empty()
        && act.nouns.iter().any(|&noun| {
            let doers = possessors(tree, noun);
            !doers.is_empty() && !doers.iter().any(|doer| source.contains(doer))
        })
}

/// Whether somebody acts whom the words tell, though not who he is: "he mocked the king" of an unknown
/// man, "to mock the king" of nobody. What weapons and deeds do ("the blast killed ten") and what is
/// done ("was accused") stands without a doer.
pub(super) fn acts_unnamed(tree: &Tree, act: &Match, action: &Action) -> bool {
    match act.frame.kind {
        Kind::Verb => {
            let does = act.frame.subject.is_some_and(|slot| slot.role == Role::Source);
            let subject = tree.surface_subject(act.predicate);
            let thing = subject.is_some_and(|word| tree.upos(word) == Upos::Noun);
            does && !act.passive && !(thing && matches!(action.event, "ASSAULT" | "PROTEST"))
                || action.quad < 3
        }
        Kind::Noun => matches!(action.quad, 1 | 3),
        Kind::Adjective => false,
    }
}

/// "The earthquake killed ten": nobody acted.
pub(super) fn done_by_nobody(tree: &Tree, act: &Match) -> bool {
    let calamity = |noun: usize| {
        let word = tree.word(noun);
        let calamities = tree.lexicon.class("calamity");
        word.is_some_and(|w| calamities.iter().any(|n| n.head == w)) && !tree.names_actor(noun)
    };
    act.source.iter().any(|&noun| calamity(noun))
}

/// "Ten died in the crash", "the bus hit a wall, killing ten": harm in a sentence that tells of an
/// accident, done by nobody who is named.
pub(super) fn by_accident(tree: &Tree, act: &Match) -> bool {
    let harmed = tree.in_class(act.predicate, "harm");
    harmed && tree.sentence().any(|word| tree.in_class(word, "accident"))
}

/// Whether police and courts deal with private people over ordinary crime and mishaps, which is no
/// politics: "a man was charged with burglary", "the police investigate the crash".
pub(super) fn police_report(
    tree: &Tree,
    act: &Match,
    action: &Action,
    source: &[usize],
    target: &[usize],
) -> bool {
    let of = |actor: &usize, sectors: &[&str]| {
        tree.actors.actors.get(*actor).is_some_and(|a| unplaced(a) || only(a, sectors))
    };
    let told = |class: &str| tree.sentence().any(|word| tree.in_class(word, class));
    let mishap = |&noun: &usize| tree.in_class(noun, "accident") || tree.in_class(noun, "calamity");
    let police = !source.is_empty() && source.iter().all(|a| of(a, &["COP"]));
    let examined = action.cameo.starts_with("090")
        && target.is_empty()
        && (act.target.iter().chain(&act.nouns).any(mishap) || police && told("accident"));
    let everyday = matches!(action.event, "ACCUSE" | "COERCE" | "ASSAULT")
        && source.iter().all(|a| of(a, &["COP", "JUD", "CVL", "CRM", "GOV"]))
        && target.iter().all(|a| of(a, &["CVL", "EDU", "CRM", "LAB", "BUS", "REL"]))
        && told("ordinary_crime");
    examined || everyday
}

/// "warned that it would attack" is a threat; "warned that prices would rise" is none: who warns
/// must be who acts.
pub(super) fn threat_is_own(tree: &Tree, act: &Match, source: &[usize]) -> bool {
    let clausal = act.frame.arguments.iter().any(|a| a.place == Place::Clause);
    let content = tree.content_clause(act.predicate);
    if act.frame.section.operator != Some(Operator::Threaten) || !clausal && content.is_none() {
        return true;
    }
    let Some(content) = content.filter(|&content| tree.lies_ahead(content)) else { return false };
    let country = |actor: usize| tree.actors.actors.get(actor).and_then(|a| a.country.as_deref());
    let own = |word: usize| {
        tree.actors.of_phrase(tree.doc, word).iter().any(|&doer| {
            source.contains(&doer)
                || source.iter().any(|&s| country(s).is_some() && country(s) == country(doer))
        })
    };
    match tree.surface_subject(content) {
        Some(subject) => own(subject),
        // A tree without a subject there: whoever is named before the verb.
        None => (act.predicate + 1..content).any(own),
    }
}
