//! `#[derive(Shape)]`: fields in order, lists in their wrapper.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Error, Field, LitStr, Result};

use crate::attrs::{Arity, arity, doc, fields, wire_name};

/// Expands the derive.
pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let ident = &input.ident;
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let (name, doc) = (ident.to_string(), doc(&input.attrs));
    let (mut specs, mut writes) = (vec![], vec![]);
    for field in fields(input)? {
        let (spec, write) = expand_field(field)?;
        specs.push(spec);
        writes.push(write);
    }
    Ok(quote! {
        impl #impl_generics ::moyun_wire::shape::Value for #ident #type_generics #where_clause {
            const KIND: ::moyun_wire::shape::Kind =
                ::moyun_wire::shape::Kind::Object(<Self as ::moyun_wire::shape::Shape>::SPEC);
            fn write(&self, out: &mut ::moyun_wire::out::Out) {
                out.object(|out| ::moyun_wire::shape::Shape::write_fields(self, out));
            }
        }

        impl #impl_generics ::moyun_wire::shape::Shape for #ident #type_generics #where_clause {
            const SPEC: &'static ::moyun_wire::shape::ShapeSpec =
                &::moyun_wire::shape::ShapeSpec { name: #name, doc: #doc, fields: &[#(#specs),*] };
            fn write_fields(&self, out: &mut ::moyun_wire::out::Out) {
                #(#writes)*
            }
        }
    })
}

fn expand_field(field: &Field) -> Result<(TokenStream, TokenStream)> {
    let ident = field.ident.as_ref().expect("named fields have names");
    let (mut name, mut item) = (wire_name(&ident.to_string()), None);
    let (mut array, mut flatten) = (false, false);
    for attr in field.attrs.iter().filter(|attr| attr.path().is_ident("shape")) {
        attr.parse_nested_meta(|meta| {
            if meta.path.is_ident("name") {
                name = meta.value()?.parse::<LitStr>()?.value();
            } else if meta.path.is_ident("list") {
                item = Some(meta.value()?.parse::<LitStr>()?);
            } else if meta.path.is_ident("array") {
                array = true;
            } else if meta.path.is_ident("flatten") {
                flatten = true;
            } else {
                return Err(Error::new_spanned(&meta.path, "unknown word in #[shape(...)]"));
            }
            Ok(())
        })?;
    }
    let doc = doc(&field.attrs);
    if flatten {
        let ty = &field.ty;
        let kind = quote!(::moyun_wire::shape::Kind::Flat(<#ty as ::moyun_wire::shape::Shape>::SPEC));
        let write = quote!(::moyun_wire::shape::Shape::write_fields(&self.#ident, out););
        return Ok((quote!(::moyun_wire::shape::FieldSpec { name: "", kind: #kind, doc: #doc }), write));
    }
    let (kind, write) = match (arity(&field.ty), item) {
        (Arity::Many(ty), Some(item)) => (
            quote! {
                ::moyun_wire::shape::Kind::List { item: #item, of: &<#ty as ::moyun_wire::shape::Value>::KIND }
            },
            quote!(out.list(::moyun_wire::name!(#name), ::moyun_wire::name!(#item), &self.#ident);),
        ),
        (Arity::Many(ty), None) if array => (
            quote!(::moyun_wire::shape::Kind::Array(&<#ty as ::moyun_wire::shape::Value>::KIND)),
            quote!(out.array(::moyun_wire::name!(#name), &self.#ident);),
        ),
        (Arity::Many(_), None) => {
            return Err(Error::new_spanned(
                field,
                "a list names its elements, #[shape(list = \"Instance\")], or is an array",
            ));
        }
        (_, Some(_)) => return Err(Error::new_spanned(field, "only a Vec can be a list")),
        (_, None) => {
            let ty = &field.ty;
            (
                quote!(<#ty as ::moyun_wire::shape::Value>::KIND),
                quote!(out.field(::moyun_wire::name!(#name), &self.#ident);),
            )
        }
    };
    Ok((quote!(::moyun_wire::shape::FieldSpec { name: #name, kind: #kind, doc: #doc }), write))
}
