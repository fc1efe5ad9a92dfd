//! The library face of Tidings.
