//! `#[derive(Action)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{DeriveInput, Error, Path, Result, Token, Type};

use crate::attrs::doc;
use crate::params::{Expanded, expand_fields};

/// `#[action(...)]`.
struct ActionAttrs {
    product: TokenStream,
    mode: TokenStream,
    region: TokenStream,
    reply: Type,
    dry_run: Option<Path>,
    idempotent: bool,
    billable: bool,
    creates_instances: bool,
    owner_only: bool,
    raises: Vec<Path>,
    tells: Vec<Path>,
}

/// Expands the derive.
pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let attrs = ActionAttrs::of(input)?;
    let name = &input.ident;
    let (wire_name, doc) = (name.to_string(), doc(&input.attrs));
    let Expanded { specs, presence, reads, names } = expand_fields(input)?;
    let ActionAttrs {
        product,
        mode,
        region,
        reply,
        dry_run,
        idempotent,
        billable,
        creates_instances,
        owner_only,
        raises,
        tells,
    } = attrs;
    let dry_run = dry_run.map_or(quote!(None), |row| quote!(Some(&#row)));
    Ok(quote! {
        impl crate::spec::Action for #name {
            type Reply = #reply;

            const SPEC: &'static crate::spec::ActionSpec = &crate::spec::ActionSpec {
                product: crate::spec::Product::#product,
                name: #wire_name,
                doc: #doc,
                mode: crate::spec::Mode::#mode,
                region: crate::spec::RegionUse::#region,
                dry_run: #dry_run,
                idempotent: #idempotent,
                billable: #billable,
                creates_instances: #creates_instances,
                owner_only: #owner_only,
                params: &[#(#specs),*],
                reply: <#reply as ::moyun_wire::shape::Shape>::SPEC,
                raises: &[#(&#raises),*],
                tells: &[#(&#tells),*],
            };

            fn read(params: &::moyun_wire::params::Params) -> ::std::result::Result<Self, crate::errors::ApiError> {
                let prefix = "";
                let _ = (params, prefix);
                #(#presence)*
                #(#reads)*
                Ok(Self { #(#names),* })
            }
        }
    })
}

impl ActionAttrs {
    fn of(input: &DeriveInput) -> Result<ActionAttrs> {
        let (mut product, mut mode, mut reply) = (None, None, None);
        let mut region = quote!(Optional);
        let (mut dry_run, mut idempotent, mut billable, mut creates_instances) = (None, false, false, false);
        let mut owner_only = false;
        let (mut raises, mut tells) = (vec![], vec![]);
        for attr in input.attrs.iter().filter(|attr| attr.path().is_ident("action")) {
            attr.parse_nested_meta(|meta| {
                let key = meta.path.require_ident()?.to_string();
                match key.as_str() {
                    "ecs" => product = Some(quote!(Ecs)),
                    "ram" => product = Some(quote!(Ram)),
                    "vpc" => product = Some(quote!(Vpc)),
                    "sts" => product = Some(quote!(Sts)),
                    "location" => product = Some(quote!(Location)),
                    "read" => mode = Some(quote!(Read)),
                    "write" => mode = Some(quote!(Write)),
                    "region" => region = quote!(Required),
                    "regionless" => region = quote!(None),
                    "idempotent" => idempotent = true,
                    "billable" => billable = true,
                    "owner_only" => owner_only = true,
                    "creates_instances" => creates_instances = true,
                    "reply" => reply = Some(meta.value()?.parse::<Type>()?),
                    "dry_run" => dry_run = Some(meta.value()?.parse::<Path>()?),
                    "raises" => raises = rows(meta.input)?,
                    "tells" => tells = rows(meta.input)?,
                    _ => return Err(Error::new_spanned(&meta.path, "unknown word in #[action(...)]")),
                }
                Ok(())
            })?;
        }
        let missing = |what| Error::new_spanned(&input.ident, format!("#[action(...)] does not say {what}"));
        Ok(ActionAttrs {
            product: product.ok_or_else(|| missing("the product"))?,
            mode: mode.ok_or_else(|| missing("read or write"))?,
            reply: reply.ok_or_else(|| missing("the reply"))?,
            region,
            dry_run,
            idempotent,
            billable,
            creates_instances,
            owner_only,
            raises: with_emptiness(raises),
            tells,
        })
    }
}

/// The rows in a pair of parentheses.
fn rows(input: ParseStream<'_>) -> Result<Vec<Path>> {
    let content;
    syn::parenthesized!(content in input);
    Ok(Punctuated::<Path, Token![,]>::parse_terminated(&content)?.into_iter().collect())
}

/// What may be missing may be empty: the row for that follows, unless the action says where it stands.
fn with_emptiness(mut raises: Vec<Path>) -> Vec<Path> {
    let at = |name: &str| raises.iter().position(|row: &Path| row.is_ident(name));
    if let (Some(missing), None) = (at("RequiredParameterMissing"), at("RequiredParameterEmpty")) {
        raises.insert(missing + 1, syn::parse_quote!(crate::errors::RequiredParameterEmpty));
    }
    raises
}
