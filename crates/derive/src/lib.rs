//! `#[derive(Action)]`, `#[derive(Group)]` and `#[derive(Shape)]`: one definition becomes parser, checks and reference.
//!
//! The code they generate names `crate::param`, `crate::spec` and `moyun_wire`, so they serve `moyun-cloud` alone.

mod action;
mod attrs;
mod params;
mod shape;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a request struct an action: its parser and its page of the reference.
///
/// `#[action(ecs, write, reply = Empty, region, idempotent, dry_run = DryRunOperation, billable, raises(RowA, RowB),
/// tells(RowC))]`
#[proc_macro_derive(Action, attributes(action, param))]
pub fn derive_action(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    action::expand(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes a struct a group of parameters that stand under one name, such as `SystemDisk.` or `Tag.N.`.
#[proc_macro_derive(Group, attributes(param))]
pub fn derive_group(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    params::expand_group(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes a struct a structure of a reply.
#[proc_macro_derive(Shape, attributes(shape))]
pub fn derive_shape(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    shape::expand(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}
