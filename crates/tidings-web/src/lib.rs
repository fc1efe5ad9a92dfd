//! The page of Tidings and its JSON API, over one record.
