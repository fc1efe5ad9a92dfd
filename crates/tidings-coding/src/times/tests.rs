//! Times in invented clauses: an expression after a verb in the tense at hand, and whole trees.

use super::{Time, find, of_event};
use crate::test_trees::tree;
use jiff::civil::{Date, date};
use tidings_language::Conllu;

/// A Sunday.
const SUNDAY: Date = date(2022, 8, 21);

#[derive(Clone, Copy)]
enum Tense {
    Past,
    Present,
    Future,
}
use Tense::{Future, Past, Present};

fn clause(expression: &str, tense: Tense) -> Conllu {
    let (lead, verb, offset) = match tense {
        Past => ("They/PRON>2:nsubj", "met~meet/VERB/VBD>0:root", 2),
        Present => ("They/PRON>2:nsubj", "meet/VERB/VBP>0:root", 2),
        Future => ("They/PRON>3:nsubj will/AUX/MD>3:aux", "meet/VERB/VB>0:root", 3),
    };
    let mut line = format!("{lead} {verb}");
    for word in expression.split(' ') {
        let tags = match word.chars().next() {
            Some(c) if c.is_ascii_digit() => "NUM/CD",
            Some(c) if c.is_uppercase() => "PROPN/NNP",
            _ => "NOUN/NN",
        };
        // A slash parts the fields of a word.
        assert!(!word.contains('/'), "write dates with slashes as bare CoNLL-U");
        line.push_str(&format!(" {word}/{tags}>{offset}:obl:unmarked"));
    }
    tree(&line)
}

fn one(expression: &str, published: Option<Date>, tense: Tense) -> Option<(String, Time)> {
    let read = clause(expression, tense);
    let doc = read.document();
    let mut times = find(&doc, published);
    assert!(times.len() <= 1, "{expression}: {times:?}");
    times.pop().map(|time| (doc.text[time.span.clone()].to_string(), time))
}

/// Checks the type, the value and the days (`""` none, one day, or `from..to`).
#[track_caller]
fn check(expression: &str, tense: Tense, kind: &str, value: &str, days: &str) {
    check_on(SUNDAY, expression, tense, kind, value, days);
}

#[track_caller]
fn check_on(published: Date, expression: &str, tense: Tense, kind: &str, value: &str, days: &str) {
    let (_, time) = one(expression, Some(published), tense)
        .unwrap_or_else(|| panic!("no time in '{expression}'"));
    let told = match time.days {
        None => String::new(),
        Some((from, to)) if from == to => from.to_string(),
        Some((from, to)) => format!("{from}..{to}"),
    };
    assert_eq!(
        (time.kind, time.value.as_str(), told.as_str()),
        (kind, value, days),
        "{expression}"
    );
}

#[track_caller]
fn none(expression: &str) {
    assert_eq!(one(expression, Some(SUNDAY), Past), None, "{expression}");
}

#[track_caller]
fn span(expression: &str, expected: &str) {
    let found = one(expression, Some(SUNDAY), Past).map(|(text, _)| text);
    assert_eq!(found.as_deref(), Some(expected), "{expression}");
}

#[test]
fn absolute_dates() {
    let day = "2022-08-21";
    check("on August 21, 2022", Past, "DATE", day, day);
    check("on 21 August 2022", Past, "DATE", day, day);
    check("on the 21st of August 2022", Past, "DATE", day, day);
    check("on Aug. 21, 2022", Past, "DATE", day, day);
    check("on Sunday, August 21, 2022", Past, "DATE", day, day);
    check("on 2022-08-21", Past, "DATE", day, day);
    check("on 21.08.2022", Past, "DATE", day, day);
    check("on 21-Aug-2022", Past, "DATE", day, day);
    check("on Nov. 3, 1998", Past, "DATE", "1998-11-03", "1998-11-03");
    check("on March eighth", Past, "DATE", "2022-03-08", "2022-03-08");
    check("in March 1999", Past, "DATE", "1999-03", "1999-03-01..1999-03-31");
    check("in February of 2024", Future, "DATE", "2024-02", "2024-02-01..2024-02-29");
    check("in 1999", Past, "DATE", "1999", "1999-01-01..1999-12-31");
    check("in mid-1999", Past, "DATE", "1999", "1999-01-01..1999-12-31");
    check("in 1998-99", Past, "DATE", "1998/1999", "1998-01-01..1999-12-31");
    check("in 1998-2002", Past, "DATE", "1998/2002", "1998-01-01..2002-12-31");
    check("in the 1990s", Past, "DATE", "199", "1990-01-01..1999-12-31");
    check("in the late 1970s", Past, "DATE", "197", "1970-01-01..1979-12-31");
    check("in the '80s", Past, "DATE", "198", "1980-01-01..1989-12-31");
    check("in the nineties", Past, "DATE", "199", "1990-01-01..1999-12-31");
    check("in the 20th century", Past, "DATE", "19", "1901-01-01..2000-12-31");
    check("in nineteen ninety-seven", Past, "DATE", "1997", "1997-01-01..1997-12-31");
    check("on Aug. 12-14", Past, "DATE", "2022-08-12/2022-08-14", "2022-08-12..2022-08-14");
}

#[test]
fn slashes_resolve_only_where_they_can_be_one_day() {
    let read = |word: &str| {
        let file = format!(
            "1\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n2\t{word}\t_\tNUM\tCD\t_\t1\tobl\t_\t_\n"
        );
        let read = Conllu::parse(&file).unwrap();
        find(&read.document(), Some(SUNDAY)).pop().map(|time| time.value)
    };
    assert_eq!(read("21/08/2022").as_deref(), Some("2022-08-21"));
    assert_eq!(read("08/21/2022").as_deref(), Some("2022-08-21"));
    assert_eq!(read("4/4/2022").as_deref(), Some("2022-04-04"));
    assert_eq!(read("2022/08/21").as_deref(), Some("2022-08-21"));
    assert_eq!(read("03/04/2022").as_deref(), Some("XXXX"));
    assert_eq!(read("21/08"), None);
}

#[test]
fn impossible_days_are_not_guessed() {
    check("on 30 February 2022", Past, "DATE", "XXXX-XX-XX", "");
    check("on June 31", Past, "DATE", "XXXX-XX-XX", "");
    check("on 2022-02-29", Past, "DATE", "XXXX-XX-XX", "");
    check("on Feb. 29", Past, "DATE", "2020-02-29", "2020-02-29");
}

#[test]
fn dates_without_a_year_follow_the_tense() {
    check("until September 1", Past, "DATE", "2022-09-01", "2022-09-01");
    check("on September 1", Future, "DATE", "2022-09-01", "2022-09-01");
    check("on Sept. 1", Past, "DATE", "2021-09-01", "2021-09-01");
    check("by September 1", Future, "DATE", "2022-09-01", "2022-09-01");
    check("on 21 August", Past, "DATE", "2022-08-21", "2022-08-21");
    check("on January 6", Future, "DATE", "2023-01-06", "2023-01-06");
    check("in July", Past, "DATE", "2022-07", "2022-07-01..2022-07-31");
    check("in December", Past, "DATE", "2021-12", "2021-12-01..2021-12-31");
    check("in May", Past, "DATE", "2022-05", "2022-05-01..2022-05-31");
    check("in March", Future, "DATE", "2023-03", "2023-03-01..2023-03-31");
    check("last May", Past, "DATE", "2022-05", "2022-05-01..2022-05-31");
    check("last August", Past, "DATE", "2021-08", "2021-08-01..2021-08-31");
    check("next May", Future, "DATE", "2023-05", "2023-05-01..2023-05-31");
    check("in June last year", Past, "DATE", "2021-06", "2021-06-01..2021-06-30");
    check("since April", Past, "DATE", "2022-04", "2022-04-01..2022-04-30");
    assert_eq!(one("on September 1", None, Past).unwrap().1.value, "XXXX-09-01");
}

#[test]
fn weekdays() {
    check("on Sunday", Past, "DATE", "2022-08-21", "2022-08-21");
    check("on Friday", Past, "DATE", "2022-08-19", "2022-08-19");
    check("on Friday", Future, "DATE", "2022-08-26", "2022-08-26");
    check("on Monday", Present, "DATE", "2022-08-22", "2022-08-22");
    check("on Sunday", Future, "DATE", "2022-08-21", "2022-08-21");
    check("last Friday", Past, "DATE", "2022-08-19", "2022-08-19");
    check("last Sunday", Past, "DATE", "2022-08-14", "2022-08-14");
    check("next Monday", Future, "DATE", "2022-08-22", "2022-08-22");
    check("this Friday", Past, "DATE", "2022-08-19", "2022-08-19");
    check("Tuesday last week", Past, "DATE", "2022-08-09", "2022-08-09");
    check("Friday evening", Past, "TIME", "2022-08-19TEV", "2022-08-19");
    check("late Friday", Past, "DATE", "2022-08-19", "2022-08-19");
    assert_eq!(one("on Sunday", None, Past).unwrap().1.value, "XXXX-WXX-7");
}

#[test]
fn relative_to_the_report() {
    check("yesterday", Past, "DATE", "2022-08-20", "2022-08-20");
    check("tomorrow", Future, "DATE", "2022-08-22", "2022-08-22");
    check("the day before yesterday", Past, "DATE", "2022-08-19", "2022-08-19");
    check("yesterday morning", Past, "TIME", "2022-08-20TMO", "2022-08-20");
    check("tonight", Future, "TIME", "2022-08-21TNI", "2022-08-21");
    check("last night", Past, "TIME", "2022-08-20TNI", "2022-08-20");
    check("overnight", Past, "TIME", "2022-08-21TNI", "2022-08-21");
    check("last month", Past, "DATE", "2022-07", "2022-07-01..2022-07-31");
    check("this week", Past, "DATE", "2022-W33", "2022-08-15..2022-08-21");
    check("earlier this week", Past, "DATE", "2022-W33", "2022-08-15..2022-08-21");
    check("earlier this month", Past, "DATE", "2022-08", "2022-08-01..2022-08-21");
    check("later this year", Future, "DATE", "2022", "2022-08-21..2022-12-31");
    check("early next year", Future, "DATE", "2023", "2023-01-01..2023-12-31");
    check("last week", Past, "DATE", "2022-W32", "2022-08-08..2022-08-14");
    check("three days ago", Past, "DATE", "2022-08-18", "2022-08-18");
    check("two weeks ago", Past, "DATE", "2022-W31", "2022-08-01..2022-08-07");
    check("two years ago", Past, "DATE", "2020", "2020-01-01..2020-12-31");
    check("a year and a half ago", Past, "DATE", "2021-02", "2021-02-01..2021-02-28");
    check("several years ago", Past, "DATE", "PAST_REF", "");
    check("two days from now", Future, "DATE", "2022-08-23", "2022-08-23");
    check("two weeks later", Past, "DATE", "XXXX-WXX", "");
    check("the end of next month", Future, "DATE", "2022-09", "2022-09-01..2022-09-30");
    check("now", Present, "DATE", "PRESENT_REF", "2022-08-21");
    check("recently", Past, "DATE", "PAST_REF", "");
    check("in the near future", Future, "DATE", "FUTURE_REF", "");
    check("in recent weeks", Past, "DATE", "PAST_REF", "");
}

#[test]
fn durations_and_sets() {
    check("during the last 10 years", Past, "DURATION", "P10Y", "2012-08-21..2022-08-21");
    check("in the next 10 days", Future, "DURATION", "P10D", "2022-08-21..2022-08-31");
    check("over the past two weeks", Past, "DURATION", "P2W", "2022-08-07..2022-08-21");
    check("for three hours", Past, "DURATION", "PT3H", "");
    check("for twenty-four hours", Past, "DURATION", "PT24H", "");
    check("for years", Past, "DURATION", "PXY", "");
    check("for a few days", Past, "DURATION", "PXD", "");
    check("for half an hour", Past, "DURATION", "PT30M", "");
    check("for nearly two years", Past, "DURATION", "P2Y", "");
    check("for a year and a half", Past, "DURATION", "P1Y6M", "");
    check("for 2½ years", Past, "DURATION", "P2Y6M", "");
    check("the 10-day", Past, "DURATION", "P10D", "");
    check("for two decades", Past, "DURATION", "P2DE", "");
    check("every Friday", Past, "SET", "XXXX-WXX-5", "");
    check("every two weeks", Past, "SET", "P2W", "");
    check("each July", Past, "SET", "XXXX-07", "");
    check("annually", Past, "SET", "P1Y", "");
    check("twice a week", Past, "SET", "P1W", "");
    check("on Mondays", Past, "SET", "XXXX-WXX-1", "");
}

#[test]
fn clock_seasons_quarters_and_feasts() {
    check("at 8 p.m.", Past, "TIME", "2022-08-21T20:00", "2022-08-21");
    check("at 8:30 am", Past, "TIME", "2022-08-21T08:30", "2022-08-21");
    check("at 12 a.m.", Past, "TIME", "2022-08-21T00:00", "2022-08-21");
    check("at 1400 GMT", Past, "TIME", "2022-08-21T14:00", "2022-08-21");
    check("at 14:00 local time", Past, "TIME", "2022-08-21T14:00", "2022-08-21");
    check("at noon", Past, "TIME", "2022-08-21T12:00", "2022-08-21");
    check("10 p.m. Wednesday", Past, "TIME", "2022-08-17T22:00", "2022-08-17");
    check("this morning", Past, "TIME", "2022-08-21TMO", "2022-08-21");
    check("last summer", Past, "DATE", "2021-SU", "2021-06-01..2021-08-31");
    check("in the winter of 1994", Past, "DATE", "1994-WI", "1994-12-01..1995-02-28");
    check("in Q2 2022", Past, "DATE", "2022-Q2", "2022-04-01..2022-06-30");
    check("in the third quarter", Past, "DATE", "2022-Q3", "2022-07-01..2022-09-30");
    check("for the second quarter", Future, "DATE", "2022-Q2", "2022-04-01..2022-06-30");
    check("for the fourth quarter", Future, "DATE", "2022-Q4", "2022-10-01..2022-12-31");
    check("in the year-ago quarter", Past, "DATE", "2021-Q2", "2021-04-01..2021-06-30");
    check("in the year-earlier first quarter", Past, "DATE", "2021-Q1", "2021-01-01..2021-03-31");
    check("in the third quarter of 1984", Past, "DATE", "1984-Q3", "1984-07-01..1984-09-30");
    check("in the first half of 2021", Past, "DATE", "2021-H1", "2021-01-01..2021-06-30");
    check("on Christmas Eve", Past, "DATE", "2021-12-24", "2021-12-24");
    check("at Easter", Past, "DATE", "2022-04-17", "2022-04-17");
    check("on Good Friday", Future, "DATE", "2023-04-07", "2023-04-07");
    check("during Ramadan", Past, "DATE", "XXXX-XX-XX", "");
    assert_eq!(one("at 8 p.m.", None, Past).unwrap().1.value, "T20:00");
}

#[test]
fn words_that_are_no_times() {
    none("with Theresa May");
    none("in second place");
    none("at Resolution 1244 text");
    none("with 1999 soldiers");
    none("for $2000");
    none("a may pole");
    none("with 3,500 men");
    none("by ratio 3:2");
    none("sun and sat");
    none("her last day");
    none("spent the night");
    none("after the fall of Ruritania");
}

#[test]
fn spans_hold_modifiers_but_no_preposition() {
    span("in the late 1970s", "the late 1970s");
    span("on Sunday, August 21, 2022", "Sunday, August 21, 2022");
    span("at least 30 days", "at least 30 days");
    span("since Aug. 2", "Aug. 2");
    span("at around 7:15 p.m.", "around 7:15 p.m.");
    span("by the end of the year", "the end of the year");
}

/// The days of the word, given as in the tree, of the only or first sentence.
fn days_of(trees: &str, word: &str, published: Option<Date>) -> Option<(Date, Date)> {
    let read = tree(trees);
    let doc = read.document();
    let times = find(&doc, published);
    let at = (0..doc.tokens.len()).find(|&i| doc.form(i) == word).unwrap();
    of_event(&doc, &times, at, published)
}

#[track_caller]
fn dated(trees: &str, word: &str, days: &str) {
    let told = match days_of(trees, word, Some(SUNDAY)) {
        None => String::new(),
        Some((from, to)) if from == to => from.to_string(),
        Some((from, to)) => format!("{from}..{to}"),
    };
    assert_eq!(told, days, "{word}");
}

const OLD_WAR: &str = "A/DET>2:det mission/NOUN>5:nsubj in/ADP>4:case 1999/NUM/CD>2:nmod \
    ended~end/VERB/VBD>0:root the/DET>7:det war/NOUN>5:obj +,/PUNCT>9:punct \
    halting~halt/VERB/VBG//>5:advcl a/DET>11:det crackdown/NOUN>9:obj";

#[test]
fn history_stays_history() {
    for word in ["mission", "ended", "war", "halting", "crackdown"] {
        dated(OLD_WAR, word, "1999-01-01..1999-12-31");
    }
}

#[test]
fn history_goes_on_in_the_next_sentence() {
    let raid = "Allies/NOUN/NNS>2:nsubj bombed~bomb/VERB/VBD>0:root the/DET>4:det port/NOUN>2:obj \
        in/ADP>6:case 1999/NUM/CD>2:obl\n";
    let died = "Hundreds/NOUN/NNS>2:nsubj died~die/VERB/VBD>0:root";
    dated(&format!("{raid}{died}"), "died", "");
    dated(&format!("{raid}\n{died}"), "died", "2022-08-21");
    let said = "Petrov/PROPN>2:nsubj condemned~condemn/VERB/VBD>0:root it/PRON>2:obj";
    dated(&format!("{raid}{said}"), "condemned", "2022-08-21");
}

#[test]
fn news_is_of_the_report_day_and_plans_have_none() {
    let past =
        "Troops/NOUN/NNS>2:nsubj shelled~shell/VERB/VBD>0:root the/DET>4:det town/NOUN>2:obj";
    dated(past, "shelled", "2022-08-21");
    assert_eq!(days_of(past, "shelled", None), None);
    let perfect = "Troops/NOUN/NNS>3:nsubj have/AUX/VBP>3:aux shelled~shell/VERB/VBN>0:root";
    dated(perfect, "shelled", "2022-08-21");
    let future = "Troops/NOUN/NNS>3:nsubj will/AUX/MD>3:aux leave/VERB/VB>0:root";
    dated(future, "leave", "");
    let before = "Troops/NOUN/NNS>3:nsubj had~have/AUX/VBD>3:aux left~leave/VERB/VBN>0:root";
    dated(before, "left", "");
    let condition = "They/PRON>2:nsubj wait/VERB/VBP>0:root if/SCONJ/IN>5:mark troops/NOUN>5:nsubj \
        attack/VERB/VBP>2:advcl";
    dated(condition, "attack", "");
    let planned = "Leaders/NOUN/NNS>2:nsubj agreed~agree/VERB/VBD>0:root to/PART/TO>4:mark \
        meet/VERB/VB>2:xcomp";
    dated(planned, "meet", "");
    dated(planned, "agreed", "2022-08-21");
}

#[test]
fn own_times_and_their_prepositions() {
    let visited = "Petrov/PROPN>2:nsubj visited~visit/VERB/VBD>0:root on/ADP>4:case \
        Friday/PROPN>2:obl the/DET>6:det units/NOUN>2:obj";
    dated(visited, "visited", "2022-08-19");
    let since = "Troops/NOUN/NNS>3:nsubj have/AUX/VBP>3:aux stayed~stay/VERB/VBN>0:root \
        since/ADP>5:case 1999/NUM/CD>3:obl";
    dated(since, "stayed", "1999-01-01..2022-08-21");
    let window = "Borduria/PROPN>3:nsubj has~have/AUX/VBZ>3:aux taxed~tax/VERB/VBN>0:root \
        them/PRON>3:obj during/ADP>9:case the/DET>9:det last/ADJ>9:amod 10/NUM/CD>9:nummod years/NOUN>3:obl";
    dated(window, "taxed", "2012-08-21..2022-08-21");
    let named = "Petrov/PROPN>4:nsubj on/ADP>3:case Friday/PROPN>1:nmod urged~urge/VERB/VBD>0:root \
        calm/NOUN>4:obj";
    dated(named, "urged", "2022-08-19");
    let raid = "He/PRON>2:nsubj died~die/VERB/VBD>0:root in/ADP>5:case a/DET>5:det raid/NOUN>2:obl \
        in/ADP>7:case 2017/NUM/CD>5:nmod";
    dated(raid, "died", "2017-01-01..2017-12-31");
    let truce = "They/PRON>2:nsubj agreed~agree/VERB/VBD>0:root to/ADP>5:case a/DET>5:det truce/NOUN>2:obl \
        on/ADP>7:case Friday/PROPN>5:nmod";
    dated(truce, "agreed", "2022-08-19");
    dated(truce, "truce", "2022-08-19");
    let before = "Troops/NOUN/NNS>3:nsubj will/AUX/MD>3:aux leave/VERB/VB>0:root before/ADP>5:case \
        Friday/PROPN>3:obl";
    dated(before, "leave", "2022-08-21..2022-08-26");
    let again = "Troops/NOUN/NNS>3:nsubj could/AUX/MD>3:aux rebel/VERB/VB>0:root as/SCONJ/IN>6:mark \
        they/PRON>6:nsubj did~do/VERB/VBD>3:advcl in/ADP>8:case 2009/NUM/CD>6:obl";
    dated(again, "rebel", "");
    dated(again, "did", "2009-01-01..2009-12-31");
    let planned = "The/DET>2:det vote/NOUN>6:nsubj planned~plan/VERB/VBN>2:acl for/ADP>5:case \
        Friday/PROPN>3:obl mattered~matter/VERB/VBD>0:root";
    dated(planned, "planned", "2022-08-26");
    let since_war = "Troops/NOUN/NNS>3:nsubj have/AUX/VBP>3:aux stayed~stay/VERB/VBN>0:root since/ADP>7:case \
        the/DET>7:det 1998-99/NUM/CD>7:compound war/NOUN>3:obl";
    dated(since_war, "war", "1998-01-01..1999-12-31");
    dated(since_war, "stayed", "1999-12-31..2022-08-21");
    let range = "They/PRON>2:nsubj talked~talk/VERB/VBD>0:root from/ADP>4:case Monday/PROPN>2:obl \
        to/ADP>6:case Friday/PROPN>2:obl";
    dated(range, "talked", "2022-08-15..2022-08-19");
    let by = "Troops/NOUN/NNS>3:nsubj will/AUX/MD>3:aux leave/VERB/VB>0:root by/ADP>5:case \
        Friday/PROPN>3:obl";
    dated(by, "leave", "2022-08-21..2022-08-26");
    let delayed = "Kovac/PROPN>2:nsubj delayed~delay/VERB/VBD>0:root the/DET>4:det step/NOUN>2:obj \
        until/ADP>6:case September/PROPN>2:obl 1/NUM/CD>6:nummod";
    dated(delayed, "delayed", "2022-08-21");
    let lasting = "They/PRON>2:nsubj fought~fight/VERB/VBD>0:root for/ADP>5:case \
        three/NUM/CD>5:nummod hours/NOUN/NNS>2:obl";
    dated(lasting, "fought", "2022-08-21");
    let often = "They/PRON>2:nsubj marched~march/VERB/VBD>0:root every/DET>4:det Friday/PROPN>2:obl:unmarked";
    dated(often, "marched", "");
    let ago = "They/PRON>2:nsubj left~leave/VERB/VBD>0:root several/ADJ>4:amod years/NOUN/NNS>5:obl:unmarked \
        ago/ADV>2:advmod";
    dated(ago, "left", "");
    let far = "Borduria/PROPN>3:nsubj has~have/AUX/VBZ>3:aux taxed~tax/VERB/VBN>0:root traders/NOUN/NNS>3:obj \
        crossing~cross/VERB/VBG>4:acl during/ADP>9:case the/DET>9:det last/ADJ>9:amod decade/NOUN>5:obl";
    dated(far, "taxed", "2012-08-21..2022-08-21");
    let noun = "The/DET>3:det 1998-99/NUM/CD>3:compound war/NOUN>4:nsubj displaced~displace/VERB/VBD>0:root \
        many/ADJ>4:obj";
    dated(noun, "war", "1998-01-01..1999-12-31");
    dated(noun, "displaced", "1998-01-01..1999-12-31");
}

#[test]
fn times_are_shared_where_the_grammar_says_so() {
    let talks = "Remarks/NOUN/NNS>2:nsubj follow/VERB/VBP>0:root the/DET>4:det collapse/NOUN>2:obj \
        of/ADP>6:case talks/NOUN/NNS>4:nmod earlier/ADV>9:advmod this/DET>9:det week/NOUN>6:nmod:unmarked";
    dated(talks, "talks", "2022-08-15..2022-08-21");
    dated(talks, "collapse", "2022-08-15..2022-08-21");
    let both = "On/ADP>2:case Friday/PROPN>4:obl troops/NOUN>4:nsubj attacked~attack/VERB/VBD>0:root \
        a/DET>6:det post/NOUN>4:obj and/CCONJ>8:cc shelled~shell/VERB/VBD>4:conj a/DET>10:det town/NOUN>8:obj";
    dated(both, "attacked", "2022-08-19");
    dated(both, "shelled", "2022-08-19");
    let when = "Tensions/NOUN/NNS>2:nsubj rose~rise/VERB/VBD>0:root last/ADJ>4:amod \
        month/NOUN>2:obl:unmarked when/ADV>7:advmod Kovac/PROPN>7:nsubj banned~ban/VERB/VBD>2:advcl it/PRON>7:obj";
    dated(when, "banned", "2022-07-01..2022-07-31");
    let said = "Petrov/PROPN>2:nsubj said~say/VERB/VBD>0:root on/ADP>4:case Friday/PROPN>2:obl \
        troops/NOUN>7:nsubj had~have/AUX/VBD>7:aux left~leave/VERB/VBN>2:ccomp";
    dated(said, "said", "2022-08-19");
    dated(said, "left", "");
    let condemned = "Petrov/PROPN>2:nsubj condemned~condemn/VERB/VBD>0:root the/DET>5:det \
        1999/NUM/CD>5:nummod massacre/NOUN>2:obj";
    dated(condemned, "condemned", "2022-08-21");
    dated(condemned, "massacre", "1999-01-01..1999-12-31");
    let relative = "Petrov/PROPN>2:nsubj visited~visit/VERB/VBD>0:root a/DET>4:det town/NOUN>2:obj \
        that/PRON/WDT>7:nsubj:pass was~be/AUX/VBD>7:aux:pass burned~burn/VERB/VBN>4:acl:relcl in/ADP>9:case \
        1999/NUM/CD>7:obl";
    dated(relative, "visited", "2022-08-21");
    dated(relative, "burned", "1999-01-01..1999-12-31");
    let below = "Sailors/NOUN/NNS>3:nsubj:pass were~be/AUX/VBD>3:aux:pass killed~kill/VERB/VBN>0:root \
        when/ADV>7:advmod a/DET>6:det ship/NOUN>7:nsubj shelled~shell/VERB/VBD>3:advcl them/PRON>7:obj \
        on/ADP>10:case Friday/PROPN>7:obl";
    dated(below, "killed", "2022-08-19");
    let deed = "The/DET>2:det town/NOUN>3:nsubj remembers~remember/VERB/VBZ>0:root the/DET>5:det \
        raid/NOUN>3:obj in/ADP>7:case April/PROPN>5:nmod that/PRON/WDT>9:nsubj \
        killed~kill/VERB/VBD>5:acl:relcl ten/NUM>9:obj";
    dated(deed, "killed", "2022-04-01..2022-04-30");
}

#[test]
fn times_of_day_take_the_day_beside_them() {
    let read = tree(
        "They/PRON>2:nsubj met~meet/VERB/VBD>0:root on/ADP>4:case Friday/PROPN>2:obl at/ADP>6:case \
         8/NUM/CD>2:obl p.m./NOUN>6:nmod",
    );
    let doc = read.document();
    let values: Vec<String> = find(&doc, Some(SUNDAY)).into_iter().map(|t| t.value).collect();
    assert_eq!(values, ["2022-08-19", "2022-08-19T20:00"]);
}

#[test]
fn later_is_counted_from_the_time_before() {
    let read = tree(
        "They/PRON>2:nsubj met~meet/VERB/VBD>0:root on/ADP>4:case March/PROPN>2:obl 24,/NUM/CD>4:nummod \
         1999/NUM/CD>4:nummod
         They/PRON>2:nsubj left~leave/VERB/VBD>0:root two/NUM/CD>4:nummod weeks/NOUN/NNS>2:obl:unmarked \
         later/ADV>2:advmod
         It/PRON>2:nsubj ended~end/VERB/VBD>0:root the/DET>5:det following/ADJ>5:amod year/NOUN>2:obl:unmarked",
    );
    let doc = read.document();
    let values: Vec<String> = find(&doc, Some(SUNDAY)).into_iter().map(|t| t.value).collect();
    assert_eq!(values, ["1999-03-24", "1999-04-07", "2000"]);
}

mod hostile {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_words_are_read_without_harm(words in prop::collection::vec(
            prop_oneof![
                "[0-9]{1,12}", "[a-z]{1,6}", "(\\.|,|-|:|'|%|é|’s|–)",
                Just("Aug.".to_string()), Just("last".to_string()), Just("years".to_string()),
                Just("ago".to_string()), Just("century".to_string()), Just("decades".to_string()),
            ], 1..12)
        ) {
            let mut file = String::new();
            for (nth, word) in words.iter().enumerate() {
                file.push_str(&format!("{}\t{word}\t{word}\tX\tXX\t_\t{}\tdep\t_\tSpaceAfter=No\n", nth + 1, nth));
            }
            let read = Conllu::parse(&file).unwrap();
            let doc = read.document();
            for published in [None, Some(SUNDAY), Some(Date::MIN), Some(Date::MAX)] {
                let times = find(&doc, published);
                for time in &times {
                    prop_assert!(doc.text.get(time.span.clone()).is_some());
                    prop_assert!(time.tokens.end <= doc.tokens.len());
                    prop_assert!(time.days.is_none_or(|(from, to)| from <= to));
                }
                for token in 0..doc.tokens.len() {
                    of_event(&doc, &times, token, published);
                }
            }
        }
    }
}

/// The days of the verb `attacked` of a text, as the program reads it.
#[track_caller]
fn attacked(text: &str, expected: &str) {
    static ANNOTATOR: std::sync::LazyLock<tidings_language::Annotator> =
        std::sync::LazyLock::new(tidings_language::Annotator::embedded);
    let doc = ANNOTATOR.annotate(text);
    let times = find(&doc, Some(SUNDAY));
    let verb = (0..doc.tokens.len()).find(|&i| doc.lemma(i) == "attack").unwrap();
    let days = of_event(&doc, &times, verb, Some(SUNDAY));
    let told = days.map_or(String::new(), |(from, to)| match from == to {
        true => from.to_string(),
        false => format!("{from}..{to}"),
    });
    assert_eq!(told, expected, "{text}");
}

#[test]
fn events_dated_by_other_events() {
    let talks = "Talks were held on August 3. ";
    attacked(&format!("{talks}Three days after the talks, Oman attacked the port."), "2022-08-06");
    attacked(&format!("{talks}Oman attacked the port the day after the talks."), "2022-08-04");
    attacked(&format!("{talks}Oman attacked the port on the eve of the talks."), "2022-08-02");
    attacked("Oman attacked the port a week before the vote of August 9.", "2022-08-02");
    attacked("Oman attacked the port the day after the vote.", "");
    attacked("Oman attacked the port in the days before the vote.", "");
}

#[test]
fn what_has_no_day_of_its_own_gets_none() {
    attacked("Oman attacked the port in recent weeks.", "");
    attacked("Oman attacked the port on 03/04/2022.", "");
    attacked("Oman attacked the port during Ramadan.", "");
    attacked("Oman attacks the port every spring.", "");
}

#[test]
fn weekdays_of_a_month_and_parts_of_a_day() {
    attacked("Oman attacked the port on the third Sunday of January.", "2022-01-16");
    attacked("Oman attacked the port on the last Friday in May 2021.", "2021-05-28");
    attacked("Oman attacked the port at dawn on Friday.", "2022-08-19");
}

#[test]
fn what_is_done_again_and_again_has_no_day() {
    for text in [
        "Oman regularly attacks the port.",
        "Oman often attacks the port.",
        "Oman routinely attacked the port.",
        "Oman attacks the port on Eid.",
        "Oman attacks the port every Ramadan.",
        "Oman attacked the port on Eid al-Fitr.",
        "Oman attacked the port before Eid.",
    ] {
        attacked(text, "");
    }
}

#[test]
fn then_is_another_time_of_the_text() {
    attacked("Talks ended on August 3. By then, Oman had attacked the port.", "");
    attacked("Talks ended on August 3. Oman had by then attacked the port.", "");
    let ahead = "Talks will end on September 3. Oman will have attacked the port by then.";
    attacked(ahead, "2022-08-21..2022-09-03");
}

#[test]
fn somebody_called_like_a_month_is_no_time() {
    attacked("Theresa May attacked the plan on Friday.", "2022-08-19");
    for text in [
        "Theresa May attacked the plan.",
        "Mrs May attacked the plan.",
        "Prime Minister May attacked the plan.",
        "The plan was attacked by Theresa May.",
        "Dahl attacked the plan of Theresa May.",
        "Dahl attacked May and her ministers.",
        "May's government attacked the plan.",
    ] {
        attacked(text, "2022-08-21");
    }
}
