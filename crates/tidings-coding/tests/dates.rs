//! Invented sentences through the whole chain from raw text to the dates that somebody set: one line per
//! construction, of a report of Monday 10 March 2031.

mod chain;

use chain::who;
use tidings_coding::schema::SetDate;

/// The dates of the sentence as `kind told DAYS who: thing`.
fn dates(sentence: &str) -> Vec<String> {
    let Some(coded) = chain::coded(sentence) else {
        return vec!["no report".to_string()];
    };
    let tell = |d: &SetDate| {
        let days = d.when.map_or_else(String::new, |days| match days.from == days.to {
            true => days.from.strftime("%m-%d").to_string(),
            false => format!("{}..{}", days.from.strftime("%m-%d"), days.to.strftime("%m-%d")),
        });
        format!("{:?} {:?} {days} {}: {}", d.kind, d.told, who(&coded, &d.set_by), d.thing)
            .to_lowercase()
    };
    coded.dates.iter().map(tell).collect()
}

/// Checks lines `sentence = date; date`.
fn check(lines: &str) {
    let wrong: Vec<String> = lines
        .lines()
        .filter_map(|line| line.split_once(" ="))
        .filter_map(|(sentence, expected)| {
            let found = dates(sentence.trim()).join("; ");
            let expected = expected.trim().to_lowercase();
            (found != expected).then(|| format!("{} = {found}", sentence.trim()))
        })
        .collect();
    assert!(wrong.is_empty(), "read otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn deadlines_are_set_by_who_demands() {
    check(
        "Peru gave Ghana until March 20 to withdraw its troops. = deadline ahead 03-20 PER: withdraw
         Peru ordered Ghana to close the camp by Friday. = deadline ahead 03-14 PER: close
         Samoa demanded that Peru release the crew by March 21. = deadline ahead 03-21 WSM: release
         Peru set a deadline of March 20 for Ghana to reply. = deadline ahead 03-20 PER: deadline
         Peru has promised to open the border by March 31. = deadline ahead 03-31 PER: open
         The camp must be closed by March 31. = deadline ahead 03-31 : close
         Peru will work to reach a settlement in the next ten days. = deadline ahead 03-10..03-20 PER: reach
         Peru will close the border if the crew is not released by March 14. = deadline ahead 03-14 PER: release
         Peru will close the border unless Ghana releases the crew by March 14. = deadline ahead 03-14 PER: release
         Ghana must leave the camp within a month. = deadline ahead 03-10..04-10 : leave",
    );
}

#[test]
fn meetings_votes_and_hearings() {
    check(
        "Peru and Ghana will hold talks in Lima on March 14. = meeting ahead 03-14 PER+GHA: talk
         The presidents of Peru and Ghana will meet on Friday. = meeting ahead 03-14 PER+GHA: meet
         Ghana called an election for May 4. = vote ahead 05-04 GHA: election
         Peru postponed the referendum to June 1. = vote ahead 06-01 PER: referendum
         The trial is scheduled for March 17. = hearing ahead 03-17 : trial
         Peru will hold a round of elections on May 4. = vote ahead 05-04 PER: round
         Peru's president is expected to hold talks with Ghana on March 14. = meeting ahead 03-14 PER: talk
         Peru leads in the last round of elections next month. = vote ahead 04-01..04-30 : round
         The summit set an election in Ghana for May 4. = vote ahead 05-04 : election",
    );
}

#[test]
fn what_runs_out_and_what_is_planned() {
    check(
        "The truce expires on March 20. = expiry ahead 03-20 : truce
         The curfew will take effect on March 20. = expiry ahead 03-20 : curfew
         Peru will withdraw its troops from Ghana on March 20. = plan ahead 03-20 PER: withdraw
         Peru plans to open an embassy in Ghana on April 2. = plan ahead 04-02 PER: open
         Peru will attack Ghana unless the camp is closed. = condition ahead  PER: attack",
    );
}

#[test]
fn nobody_sets_what_is_guessed_or_gone() {
    check(
        "Rain is expected on Friday. =
         Prices could rise in April. =
         Peru shelled the port of Ghana in December. =
         The economy will grow by 2050. =
         Peru will celebrate Christmas. =
         Peru won the match on Sunday. =
         Friday's decision will please the governors of tomorrow. =
         Peru has said little since sending troops to Ghana in December. =
         Ghana will have enough votes at the congress. =
         Much will change if the bill passes within a week. =
         Nobody knows whether Peru would attack Ghana if the camp stays. =
         Peru would have attacked Ghana if the camp had stayed. =",
    );
}

#[test]
fn what_became_of_dates() {
    check(
        "Peru held the referendum on Sunday. = vote met 03-09 : referendum
         Peru called off the talks with Ghana on Monday. = meeting missed 03-10 : talk
         Peru did not hold the election on Sunday. = vote missed 03-09 : election
         The deadline passed on Sunday. = deadline missed 03-09 : deadline
         Ghana met the deadline on Sunday. = deadline met 03-09 : deadline
         The truce collapsed on Sunday. = expiry missed 03-09 : truce",
    );
}
