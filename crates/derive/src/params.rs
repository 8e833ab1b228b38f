//! Request structs: each field becomes a line of the reference, a presence check and a typed read.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Error, Expr, ExprLit, Field, Ident, Lit, LitInt, LitStr, Path, Result, Token, Type};

use crate::attrs::{Arity, arity, doc, fields, wire_name};

/// `#[param(...)]` of one field.
#[derive(Default)]
struct ParamAttrs {
    name: Option<String>,
    required: bool,
    /// The row of its own by which the action refuses its absence.
    missing: Option<Path>,
    required_unless: Vec<LitStr>,
    default: Option<Expr>,
    range: Option<(i64, i64)>,
    len: Option<(usize, usize)>,
    one_of: Vec<LitStr>,
    max_items: Option<usize>,
    row: Option<Path>,
    /// An older spelling of the name, read where the present one is not given.
    also: Option<String>,
    check: Option<Path>,
    group: bool,
    /// Whether a list of groups may also come as a JSON array in one parameter.
    json: bool,
    flatten: bool,
    preview: bool,
}

/// What the fields of a request struct expand to.
pub(crate) struct Expanded {
    /// `ParamSpec` values for the reference.
    pub(crate) specs: Vec<TokenStream>,
    /// Statements that refuse absent or empty required parameters.
    pub(crate) presence: Vec<TokenStream>,
    /// Statements that read each field into a local of its name.
    pub(crate) reads: Vec<TokenStream>,
    /// The names of the fields.
    pub(crate) names: Vec<Ident>,
}

/// `#[derive(Group)]`.
pub(crate) fn expand_group(input: &DeriveInput) -> Result<TokenStream> {
    let name = &input.ident;
    let Expanded { specs, presence, reads, names } = expand_fields(input)?;
    Ok(quote! {
        impl crate::param::Group for #name {
            const PARAMS: &'static [crate::spec::ParamSpec] = &[#(#specs),*];

            fn check_required(
                params: &::moyun_wire::params::Params,
                prefix: &str,
            ) -> ::std::result::Result<(), crate::errors::ApiError> {
                let _ = (params, prefix);
                #(#presence)*
                Ok(())
            }

            fn read(
                params: &::moyun_wire::params::Params,
                prefix: &str,
            ) -> ::std::result::Result<Self, crate::errors::ApiError> {
                let _ = (params, prefix);
                #(#reads)*
                Ok(Self { #(#names),* })
            }
        }
    })
}

/// Expands every field of a request struct.
pub(crate) fn expand_fields(input: &DeriveInput) -> Result<Expanded> {
    let mut expanded = Expanded { specs: vec![], presence: vec![], reads: vec![], names: vec![] };
    for field in fields(input)? {
        let ident = field.ident.clone().expect("named fields have names");
        let attrs = ParamAttrs::of(field)?;
        let name = attrs.name.clone().unwrap_or_else(|| wire_name(&ident.to_string()));
        expanded.specs.push(attrs.spec(field, &name));
        expanded.presence.extend(attrs.presence(field, &name));
        let read = attrs.read(field, &name);
        expanded.reads.push(quote! { let #ident = #read; });
        expanded.names.push(ident);
    }
    Ok(expanded)
}

impl ParamAttrs {
    fn of(field: &Field) -> Result<ParamAttrs> {
        let mut attrs = ParamAttrs::default();
        for attr in field.attrs.iter().filter(|attr| attr.path().is_ident("param")) {
            attr.parse_nested_meta(|meta| {
                let key = meta.path.require_ident()?.to_string();
                match key.as_str() {
                    "required" => attrs.required = true,
                    "group" => attrs.group = true,
                    "json" => attrs.json = true,
                    "flatten" => attrs.flatten = true,
                    "preview" => attrs.preview = true,
                    "name" => attrs.name = Some(meta.value()?.parse::<LitStr>()?.value()),
                    "default" => attrs.default = Some(meta.value()?.parse()?),
                    "also" => attrs.also = Some(meta.value()?.parse::<LitStr>()?.value()),
                    "missing" => attrs.missing = Some(meta.value()?.parse()?),
                    "row" => attrs.row = Some(meta.value()?.parse()?),
                    "check" => attrs.check = Some(meta.value()?.parse()?),
                    "max_items" => attrs.max_items = Some(meta.value()?.parse::<LitInt>()?.base10_parse()?),
                    "range" => {
                        let content;
                        syn::parenthesized!(content in meta.input);
                        let from = signed(&content)?;
                        content.parse::<Token![,]>()?;
                        attrs.range = Some((from, signed(&content)?));
                    }
                    "len" => {
                        let content;
                        syn::parenthesized!(content in meta.input);
                        let from = content.parse::<LitInt>()?.base10_parse()?;
                        content.parse::<Token![,]>()?;
                        attrs.len = Some((from, content.parse::<LitInt>()?.base10_parse()?));
                    }
                    "one_of" => attrs.one_of = texts(meta.input)?,
                    "required_unless" => attrs.required_unless = texts(meta.input)?,
                    _ => return Err(Error::new_spanned(&meta.path, "unknown word in #[param(...)]")),
                }
                Ok(())
            })?;
        }
        Ok(attrs)
    }

    fn spec(&self, field: &Field, name: &str) -> TokenStream {
        let doc = doc(&field.attrs);
        let (required, preview) = (self.required || self.missing.is_some(), self.preview);
        let missing = option(self.missing.as_ref().map(|row| quote!(&#row)));
        let kind = self.kind(&field.ty);
        let default = match &self.default {
            None => quote!(None),
            Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) => quote!(Some(#text)),
            Some(expr) => {
                let text = quote!(#expr).to_string();
                quote!(Some(#text))
            }
        };
        let range = option(self.range.map(|(from, to)| quote!((#from, #to))));
        let len = option(self.len.map(|(from, to)| quote!((#from, #to))));
        let max_items = option(self.max_items.map(|count| quote!(#count)));
        let one_of = &self.one_of;
        quote! {
            crate::spec::ParamSpec {
                name: #name,
                kind: #kind,
                doc: #doc,
                required: #required,
                missing: #missing,
                preview: #preview,
                default: #default,
                limits: crate::spec::Limits {
                    range: #range,
                    len: #len,
                    one_of: &[#(#one_of),*],
                    max_items: #max_items,
                },
            }
        }
    }

    fn kind(&self, ty: &Type) -> TokenStream {
        let one = |ty: &Type| match (self.group, self.flatten) {
            (_, true) => quote!(crate::spec::ParamKind::Flat(<#ty as crate::param::Group>::PARAMS)),
            (true, _) => quote!(crate::spec::ParamKind::Group(<#ty as crate::param::Group>::PARAMS)),
            _ => quote!(<#ty as crate::param::Param>::KIND),
        };
        match arity(ty) {
            Arity::One(ty) | Arity::Optional(ty) => one(ty),
            Arity::Many(ty) => {
                let kind = one(ty);
                quote!(crate::spec::ParamKind::List(&#kind))
            }
        }
    }

    fn presence(&self, field: &Field, name: &str) -> Option<TokenStream> {
        let arity = arity(&field.ty);
        let nested = match (&arity, self.group, self.flatten) {
            (Arity::One(ty), _, true) => {
                quote!(<#ty as crate::param::Group>::check_required(params, prefix)?;)
            }
            (Arity::One(ty), true, _) => quote!(crate::param::check_group::<#ty>(params, prefix, #name)?;),
            (Arity::Optional(ty), true, _) => {
                quote!(crate::param::check_optional_group::<#ty>(params, prefix, #name)?;)
            }
            (Arity::Many(ty), true, _) => quote!(crate::param::check_groups::<#ty>(params, prefix, #name)?;),
            _ => quote!(),
        };
        let own = match (&arity, self.required) {
            (_, false) => quote!(),
            (Arity::Many(_), true) => quote!(crate::param::check_present_list(params, prefix, #name)?;),
            (_, true) => quote!(crate::param::check_present(params, prefix, #name)?;),
        };
        let own = match self.required_unless.as_slice() {
            [] => own,
            others => quote!(crate::param::check_present_unless(params, prefix, #name, &[#(#others),*])?;),
        };
        (!nested.is_empty() || !own.is_empty()).then(|| quote!(#own #nested))
    }

    fn read(&self, field: &Field, name: &str) -> TokenStream {
        let max = self.max_items.unwrap_or(usize::MAX);
        if self.flatten {
            let ty = &field.ty;
            return quote!(<#ty as crate::param::Group>::read(params, prefix)?);
        }
        if self.group {
            return match arity(&field.ty) {
                Arity::One(ty) => quote!(crate::param::group::<#ty>(params, prefix, #name)?),
                Arity::Optional(ty) => quote!(crate::param::optional_group::<#ty>(params, prefix, #name)?),
                Arity::Many(ty) => {
                    let row = self.row_or_default();
                    let reader = if self.json { quote!(json_groups) } else { quote!(groups) };
                    quote!(crate::param::#reader::<#ty>(params, prefix, #name, #max, #row)?)
                }
            };
        }
        let rules = self.rules();
        match arity(&field.ty) {
            Arity::Many(ty) => quote!(crate::param::list::<#ty>(params, prefix, #name, #max, &#rules)?),
            Arity::Optional(ty) => {
                let older = self
                    .also
                    .iter()
                    .map(|also| quote!(.or(crate::param::optional::<#ty>(params, prefix, #also, &#rules)?)));
                quote!(crate::param::optional::<#ty>(params, prefix, #name, &#rules)? #(#older)*)
            }
            Arity::One(ty) => match &self.default {
                None => quote!(crate::param::required::<#ty>(params, prefix, #name, &#rules)?),
                Some(default) => {
                    let default = match default {
                        Expr::Lit(ExprLit { lit: Lit::Str(_), .. }) => quote!(#default.into()),
                        _ => quote!(#default),
                    };
                    quote! {
                        crate::param::optional::<#ty>(params, prefix, #name, &#rules)?.unwrap_or_else(|| #default)
                    }
                }
            },
        }
    }

    fn rules(&self) -> TokenStream {
        let mut set = vec![];
        if let Some(row) = &self.row {
            set.push(quote!(row: &#row));
        }
        if let Some((from, to)) = self.range {
            set.push(quote!(range: Some((#from, #to))));
        }
        if let Some((from, to)) = self.len {
            set.push(quote!(len: Some((#from, #to))));
        }
        if !self.one_of.is_empty() {
            let one_of = &self.one_of;
            set.push(quote!(one_of: &[#(#one_of),*]));
        }
        if let Some(check) = &self.check {
            set.push(quote!(check: Some(#check)));
        }
        quote!(crate::param::Rules { #(#set,)* ..crate::param::Rules::PLAIN })
    }

    fn row_or_default(&self) -> TokenStream {
        match &self.row {
            Some(row) => quote!(&#row),
            None => quote!(crate::param::Rules::<String>::PLAIN.row),
        }
    }
}

fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or(quote!(None), |value| quote!(Some(#value)))
}

fn texts(input: &syn::parse::ParseBuffer<'_>) -> Result<Vec<LitStr>> {
    let content;
    syn::parenthesized!(content in input);
    Ok(content.parse_terminated(|input| input.parse::<LitStr>(), Token![,])?.into_iter().collect())
}

fn signed(input: &syn::parse::ParseBuffer<'_>) -> Result<i64> {
    let negative = input.parse::<Option<Token![-]>>()?.is_some();
    let value: i64 = input.parse::<LitInt>()?.base10_parse()?;
    Ok(if negative { -value } else { value })
}
