//! The values of the coded report as the record writes them: as in its JSON form (`docs/schema.md`).

use tidings_coding::schema::{
    Certainty, ClaimForm, EvidenceKind, Polarity, QuantityKind, Standing, Told,
};

pub(crate) fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Certain => "certain",
        Certainty::Probable => "probable",
        Certainty::Possible => "possible",
        Certainty::Unknown => "unknown",
    }
}

pub(crate) fn polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Positive => "positive",
        Polarity::Negative => "negative",
    }
}

pub(crate) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Background => "background",
        Standing::Current => "current",
        Standing::Planned => "planned",
    }
}

pub(crate) fn quantity(kind: QuantityKind) -> &'static str {
    match kind {
        QuantityKind::Killed => "killed",
        QuantityKind::Wounded => "wounded",
        QuantityKind::Arrested => "arrested",
        QuantityKind::Displaced => "displaced",
        QuantityKind::Participants => "participants",
        QuantityKind::Troops => "troops",
        QuantityKind::Other => "other",
    }
}

pub(crate) fn form(form: ClaimForm) -> &'static str {
    match form {
        ClaimForm::Direct => "direct",
        ClaimForm::Indirect => "indirect",
        ClaimForm::Mixed => "mixed",
    }
}

pub(crate) fn evidence(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::NoneGiven => "none_given",
        EvidenceKind::Denied => "denied",
        EvidenceKind::Supported => "supported",
    }
}

pub(crate) fn told(told: Told) -> &'static str {
    match told {
        Told::Ahead => "ahead",
        Told::Met => "met",
        Told::Missed => "missed",
    }
}
