//! `#[derive(Action)]`, `#[derive(Group)]` and `#[derive(Shape)]`: from one definition to parser, checks and reference.
