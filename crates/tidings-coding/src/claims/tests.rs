use super::*;
use crate::actors::{Actor, Mention};
use tidings_language::Annotator;

/// Actors by the words that name them, in the order of their numbers.
fn actors(doc: &Document, names: &[&[&str]]) -> Actors {
    let mut who = Actors::default();
    for (actor, forms) in names.iter().enumerate() {
        who.actors.push(Actor { name: forms[0].to_string(), ..Actor::default() });
        for token in 0..doc.tokens.len() {
            if forms.contains(&doc.form(token)) {
                who.mentions.push(Mention { tokens: token..token + 1, head: token, actor });
            }
        }
    }
    who.mentions.sort_by_key(|m| m.head);
    who
}

struct Read {
    doc: Document<'static>,
    claims: Vec<Claim>,
}

impl Read {
    fn content(&self, nth: usize) -> &str {
        &self.doc.text[self.claims[nth].content.clone()]
    }

    fn note(&self, nth: usize) -> (EvidenceKind, &str, Option<usize>) {
        let note = &self.claims[nth].evidence[0];
        (note.kind, &self.doc.text[note.span.clone()], note.by)
    }

    /// The speakers of the event at the first word with the form.
    fn behind(&self, form: &str) -> Vec<usize> {
        let doc = &self.doc;
        let at = (0..doc.tokens.len()).find(|&i| doc.form(i) == form).expect("the word is there");
        according_to(doc, &self.claims, at)
    }
}

/// The claims of a text, as the program reads it.
fn read(text: &str, names: &[&[&str]]) -> Read {
    static ANNOTATOR: std::sync::LazyLock<Annotator> =
        std::sync::LazyLock::new(Annotator::embedded);
    let doc = ANNOTATOR.annotate(String::leak(text.to_owned()));
    let claims = find(&doc, World::embedded(), &mut actors(&doc, names));
    Read { claims, doc }
}

use ClaimForm::{Direct, Indirect, Mixed};

/// One claim, of actor 0.
#[track_caller]
fn check(text: &str, speaker: &str, form: ClaimForm, content: &str) -> Read {
    let read = read(text, &[&[speaker]]);
    assert_eq!(read.claims.len(), 1, "{:?}", read.claims);
    assert_eq!((read.claims[0].speaker, read.claims[0].form), (Some(0), form));
    assert_eq!(read.content(0), content);
    read
}

#[test]
fn the_cue_before_the_content() {
    let read =
        check("Dahl said that rebels shelled Korsa.", "Dahl", Indirect, "rebels shelled Korsa");
    assert_eq!(read.behind("shelled"), [0]);
    assert_eq!(read.behind("said"), [0; 0]);
}

#[test]
fn the_cue_after_or_inside_the_content() {
    check("Rebels shelled Korsa, Dahl said.", "Dahl", Indirect, "Rebels shelled Korsa");
    check("The port, Dahl said, fell", "Dahl", Indirect, "The port, Dahl said, fell");
    check("As Dahl said, the port fell", "Dahl", Indirect, "the port fell");
}

#[test]
fn speech_between_marks() {
    check("“We are trapped,” said Dahl.", "Dahl", Direct, "We are trapped");
    check("Dahl said Oman would “work hard”", "Dahl", Mixed, "Oman would “work hard");
}

#[test]
fn marks_that_were_lost() {
    check("We will not leave, Dahl said.", "Dahl", Direct, "We will not leave");
}

#[test]
fn speech_in_a_paragraph_of_its_own() {
    let read =
        read("“Nobody fled,” said Dahl.\n\n“We will stay here.”\n\nShips left.", &[&["Dahl"]]);
    assert_eq!(read.claims.len(), 2, "{:?}", read.claims);
    assert_eq!(read.content(1), "We will stay here.");
    assert_eq!((read.claims[1].speaker, read.claims[1].form), (Some(0), Direct));
    assert_eq!(read.claims[1].cue, None);
    assert_eq!(read.behind("stay"), [0]);
    assert_eq!(read.behind("left"), [0; 0]);
}

#[test]
fn words_used_with_reserve_are_no_speech() {
    let read = read("Troops hunted “gangs”", &[&["Troops"]]);
    assert_eq!(read.claims, []);
}

#[test]
fn according_to_a_source() {
    let read = check("According to Dahl, two ships sank", "Dahl", Indirect, "two ships sank");
    assert_eq!(read.behind("sank"), [0]);
    check("Two ships sank according to Dahl", "Dahl", Indirect, "Two ships sank");
    check("In Dahl's view, ships sank", "Dahl", Indirect, "ships sank");
}

#[test]
fn fears_have_those_who_fear() {
    let read = check(
        "There are fears among traders that Oman could close the strait",
        "traders",
        Indirect,
        "Oman could close the strait",
    );
    assert_eq!(read.behind("close"), [0]);
    check("Dahl voiced fears that ships sank", "Dahl", Indirect, "ships sank");
}

#[test]
fn participles_have_the_subject_above() {
    check("Troops were deployed, saying they are ready", "Troops", Indirect, "they are ready");
    check("The envoy who claimed that ships sank has left", "envoy", Indirect, "ships sank");
    check("Dahl left Oman and said ships sank", "Dahl", Indirect, "ships sank");
}

#[test]
fn infinitives_and_prepositions() {
    check("Dahl vowed to respond", "Dahl", Indirect, "to respond");
    check("Dahl warned of unrest", "Dahl", Indirect, "unrest");
    let read =
        check("Dahl accused Oman of shelling ships", "Dahl", Indirect, "Oman of shelling ships");
    assert_eq!(read.behind("shelling"), [0]);
    assert_eq!(read.behind("accused"), [0]);
    let read = check("Dahl called on Oman to withdraw", "Dahl", Indirect, "Oman to withdraw");
    assert_eq!(read.behind("called"), [0; 0]);
}

#[test]
fn nested_sources_run_from_outer_to_inner() {
    let read = read("Dahl said Oman feared rebels would attack", &[&["Dahl"], &["Oman"]]);
    assert_eq!(read.behind("attack"), [0, 1]);
    assert_eq!(read.behind("feared"), [0]);
}

const CLAIMED: &str = "Dahl claimed ships sank.";

#[test]
fn a_claim_without_proof() {
    let read =
        check("Dahl claimed without evidence that ships sank", "Dahl", Indirect, "ships sank");
    assert_eq!(read.note(0), (EvidenceKind::NoneGiven, "without evidence", None));
    let next = "He did not provide any proof.";
    let read = self::read(&format!("{CLAIMED}\n{next}"), &[&["Dahl", "He"]]);
    assert_eq!(read.claims.len(), 1, "{:?}", read.claims);
    assert_eq!(read.note(0), (EvidenceKind::NoneGiven, "He did not provide any proof", None));
}

#[test]
fn a_claim_denied_or_confirmed() {
    let with = |next: &str| read(&format!("{CLAIMED}\n{next}"), &[&["Dahl"], &["Oman"]]);
    let denied = with("Oman denied the claim.");
    assert_eq!(denied.claims.len(), 1, "{:?}", denied.claims);
    assert_eq!((denied.note(0).0, denied.note(0).2), (EvidenceKind::Denied, Some(1)));
    let confirmed = with("The report was confirmed by Oman");
    assert_eq!((confirmed.note(0).0, confirmed.note(0).2), (EvidenceKind::Supported, Some(1)));
    let open = with("The claim could not be independently verified");
    assert_eq!(open.note(0).0, EvidenceKind::NoneGiven);
}

#[test]
fn a_denial_in_apposition_leaves_the_claim() {
    let read = read(
        "Dahl claimed Oman sank ships, something that was repeatedly denied by officials",
        &[&["Dahl"], &["officials"]],
    );
    assert_eq!(read.content(0), "Oman sank ships");
    let expected = "something that was repeatedly denied by officials";
    assert_eq!(read.note(0), (EvidenceKind::Denied, expected, Some(1)));
}

#[test]
fn a_chain_of_sources_ends_with_who_is_not_named() {
    let read = read(
        "Officials said the army believes that rebels shelled Korsa.",
        &[&["Officials"], &["army"]],
    );
    assert_eq!(read.behind("shelled"), [0, 1]);
    let read =
        self::read("A resident said the governor had told him that rebels shelled Korsa.", &[]);
    let names: Vec<&str> =
        read.claims.iter().map(|c| &read.doc.text[c.named.clone().unwrap_or_default()]).collect();
    assert_eq!(names, ["A resident", "the governor"]);
}

#[test]
fn speech_over_paragraphs_is_of_one_speaker() {
    let text = "“We came to talk,” Dahl said.\n\n“We will not leave. We have waited for years.\n\n\
                “And we will wait again.”\n\nShips left.";
    let read = read(text, &[&["Dahl"]]);
    for word in ["came", "leave", "waited", "again"] {
        assert_eq!(read.behind(word), [0], "{word}");
    }
    assert_eq!(read.behind("left"), [0; 0]);
}

#[test]
fn speech_goes_on_behind_its_cue() {
    check(
        "''We will stay,'' Dahl said. ''Nobody will make us leave.''",
        "Dahl",
        Direct,
        "We will stay,'' Dahl said. ''Nobody will make us leave.",
    );
    check(
        "“One reason,” Dahl said, “is that the ships have left the port.”",
        "Dahl",
        Direct,
        "One reason,” Dahl said, “is that the ships have left the port.",
    );
}

#[test]
fn a_report_that_nobody_could_check() {
    let kind = |next: &str| {
        let read = read(&format!("{CLAIMED} {next}"), &[&["Dahl"], &["Oman"]]);
        read.claims.first().and_then(|c| c.evidence.first()).map(|note| note.kind)
    };
    assert_eq!(kind("The claim could not be verified."), Some(EvidenceKind::NoneGiven));
    assert_eq!(kind("The claim has been independently verified."), Some(EvidenceKind::Supported));
    assert_eq!(kind("The report was denied by Oman."), Some(EvidenceKind::Denied));
    assert_eq!(kind("The report was confirmed by Oman."), Some(EvidenceKind::Supported));
}

#[test]
fn deeds_beside_what_is_said_are_the_reports() {
    let read = read(
        "Traders reacted angrily to the plan, blocking roads and firing guns.",
        &[&["Traders"]],
    );
    assert_eq!(read.behind("blocking"), [0; 0]);
    let read = self::read("Dahl called it a crime and recalled his envoy.", &[&["Dahl"]]);
    assert_eq!(read.behind("recalled"), [0; 0]);
    assert_eq!(self::read("The navy attacked two boats.", &[&["navy"]]).claims, []);
    let read = self::read("Dahl condemned the attack on the port.", &[&["Dahl"]]);
    assert_eq!(read.behind("attack"), [0; 0]);
}

/// Speaker, form and content of each claim.
#[track_caller]
fn check_all(text: &str, expected: &[(&str, ClaimForm, &str)]) {
    let read = read(text, &[]);
    let named = |c: &Claim| read.doc.text[c.named.clone().unwrap_or_default()].to_owned();
    let found: Vec<(String, ClaimForm, &str)> =
        read.claims.iter().map(|c| (named(c), c.form, &read.doc.text[c.content.clone()])).collect();
    let found: Vec<_> =
        found.iter().map(|(who, form, what)| (who.as_str(), *form, *what)).collect();
    assert_eq!(found, expected);
}

#[test]
fn turns_of_a_transcript() {
    check_all(
        "HOST: Will the army leave?\nDAHL: We will stay. We have nowhere to go.\nHOST: Thank you.",
        &[
            ("HOST", Direct, "Will the army leave?"),
            ("DAHL", Direct, "We will stay. We have nowhere to go."),
            ("HOST", Direct, "Thank you."),
        ],
    );
    check_all("Location: Korsa\nWeather: It rains.\nFerries: They sail.", &[]);
}

#[test]
fn headlines_and_dashes_attribute() {
    check_all("Minister: talks failed", &[("Minister", Indirect, "talks failed")]);
    check_all("Talks failed: minister", &[("minister", Indirect, "Talks failed")]);
    check_all("Talks failed, says minister", &[("minister", Indirect, "Talks failed")]);
    check_all("It is over - minister", &[("minister", Indirect, "It is over")]);
    check_all("Exclusive: talks failed", &[]);
    check_all("Peru: army enters the port", &[]);
}

#[test]
fn a_lost_mark_is_made_good() {
    check("“The talks are over, Dahl said.", "Dahl", Direct, "The talks are over");
    check("The talks are over,” Dahl told reporters.", "Dahl", Direct, "The talks are over");
}

#[test]
fn what_only_seems_so_is_nobodys_word() {
    let read = read("Oman seems to have shelled the port.", &[&["Oman"]]);
    assert_eq!(read.behind("shelled"), [0; 0]);
}

#[test]
fn a_verdict_finds_the_claim_that_tells_of_the_same() {
    let with = |next: &str| {
        let read = read(
            &format!("Dahl claimed that rebels shelled the port. {next}"),
            &[&["Dahl"], &["Oman"], &["rebels", "Rebels"]],
        );
        read.claims.first().and_then(|c| c.evidence.first()).map(|note| (note.kind, note.by))
    };
    assert_eq!(with("Oman confirmed the shelling."), Some((EvidenceKind::Supported, Some(1))));
    assert_eq!(with("There was no confirmation from Oman."), Some((EvidenceKind::NoneGiven, None)));
    assert_eq!(with("Neither claim could be verified."), Some((EvidenceKind::NoneGiven, None)));
    assert_eq!(with("Oman confirmed the visit."), None);
}
