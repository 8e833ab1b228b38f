//! What the macros read off items: doc comments, wire names, field types.

use syn::{
    Attribute, Data, DeriveInput, Error, Expr, ExprLit, Field, Fields, GenericArgument, Lit, Meta,
    PathArguments, Result, Type, punctuated::Punctuated, token::Comma,
};

/// The doc comment as paragraphs, one leading space taken off each line.
pub(crate) fn doc(attrs: &[Attribute]) -> String {
    let lines: Vec<String> = attrs
        .iter()
        .filter(|attr| attr.path().is_ident("doc"))
        .filter_map(|attr| match &attr.meta {
            Meta::NameValue(meta) => match &meta.value {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
                _ => None,
            },
            _ => None,
        })
        .map(|line| line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned())
        .collect();
    lines.join("\n").trim().to_owned()
}

/// `v_switch_id` → `VSwitchId`.
pub(crate) fn wire_name(ident: &str) -> String {
    ident
        .trim_start_matches("r#")
        .split('_')
        .map(|word| {
            let mut chars = word.chars();
            chars
                .next()
                .map(|first| first.to_ascii_uppercase().to_string() + chars.as_str())
                .unwrap_or_default()
        })
        .collect()
}

/// The named fields of a struct.
pub(crate) fn fields(input: &DeriveInput) -> Result<&Punctuated<Field, Comma>> {
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Ok(&fields.named),
            _ => Err(Error::new_spanned(input, "the struct must have named fields")),
        },
        _ => Err(Error::new_spanned(input, "only a struct can be derived")),
    }
}

/// How often the value of a field can be there.
pub(crate) enum Arity<'a> {
    One(&'a Type),
    Optional(&'a Type),
    Many(&'a Type),
}

/// Reads `Option<T>`, `Vec<T>` and `&[T]` off a type.
pub(crate) fn arity(ty: &Type) -> Arity<'_> {
    if let Type::Reference(reference) = ty
        && let Type::Slice(slice) = &*reference.elem
    {
        return Arity::Many(&slice.elem);
    }
    if let Type::Path(path) = ty
        && let Some(last) = path.path.segments.last()
        && let PathArguments::AngleBracketed(arguments) = &last.arguments
        && let Some(GenericArgument::Type(inner)) = arguments.args.first()
    {
        if last.ident == "Option" {
            return Arity::Optional(inner);
        }
        if last.ident == "Vec" {
            return Arity::Many(inner);
        }
    }
    Arity::One(ty)
}
