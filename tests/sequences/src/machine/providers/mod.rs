//! Calls of providers, by what they are about.

mod offerings;
mod registration;
