//! The two envelopes: a normal reply and an error reply.

use std::sync::OnceLock;

use crate::name;
use crate::out::{Format, Out};
use crate::shape::{Kind, Shape, Value};

const XML_DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// A reply without its RequestId, so that it can be sent again under another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// The fields as JSON members, without braces.
    pub json: String,
    /// The fields as XML elements.
    pub xml: String,
}

impl Fragment {
    /// Writes a reply in both formats.
    pub fn of<S: Shape>(reply: &S) -> Fragment {
        Fragment { json: fields(Format::Json, reply), xml: fields(Format::Xml, reply) }
    }

    /// The whole body of a normal reply.
    pub fn body(&self, format: Format, action: &str, request_id: &str) -> String {
        normal(format, action, request_id, |out| {
            out.fragment(match format {
                Format::Json => &self.json,
                Format::Xml => &self.xml,
            });
        })
    }
}

/// A structure as it was written once, in each format that was asked for.
#[derive(Debug, Default)]
pub struct Written {
    json: OnceLock<String>,
    xml: OnceLock<String>,
}

impl Written {
    /// Writes the structure; `make` is asked for it the first time that its format is wanted.
    pub fn write<S: Shape>(&self, out: &mut Out, make: impl FnOnce() -> S) {
        let format = out.format();
        let written = match format {
            Format::Json => &self.json,
            Format::Xml => &self.xml,
        };
        out.object(|out| match written.get() {
            Some(written) => out.fragment(written),
            None => {
                let fields = out.noting(|out| make().write_fields(out));
                // Somebody else may have written the very same meanwhile.
                let _ = written.set(fields.to_owned());
            }
        });
    }
}

/// The fields of a structure, without what encloses them.
fn fields<S: Shape>(format: Format, shape: &S) -> String {
    let mut out = Out::new(format);
    shape.write_fields(&mut out);
    out.into_string()
}

/// The whole body of a normal reply.
pub fn success<S: Shape>(format: Format, action: &str, request_id: &str, reply: &S) -> String {
    normal(format, action, request_id, |out| reply.write_fields(out))
}

/// What an error reply says.
#[derive(Debug, Clone)]
pub struct ErrorReply<'a> {
    /// The request's own id.
    pub request_id: &'a str,
    /// The host that was asked.
    pub host_id: &'a str,
    /// The error code.
    pub code: &'a str,
    /// The sentence that goes with it.
    pub message: &'a str,
    /// Where to read more.
    pub recommend: Option<&'a str>,
    /// Which permission is missing, where policies refuse.
    pub access_denied: Option<&'a AccessDenied>,
}

/// Which permission a refused caller lacks: `AccessDeniedDetail`. Clients take every field for text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessDenied {
    /// The action in the words of policies.
    pub action: String,
    /// What kind of identity was refused.
    pub principal_type: &'static str,
    /// The account that the identity belongs to.
    pub principal_owner: String,
    /// How the identity is shown.
    pub principal_name: String,
    /// Which kind of policy decided.
    pub policy_type: &'static str,
    /// Whether a statement denies it or none allows it.
    pub no_permission_type: &'static str,
    /// The whole question, for whoever may decode it.
    pub diagnostic: String,
}

impl Value for AccessDenied {
    const KIND: Kind = Kind::Text;
    fn write(&self, out: &mut Out) {
        out.object(|out| {
            out.field(name!("AuthAction"), &self.action);
            out.field(name!("AuthPrincipalDisplayName"), &self.principal_name);
            out.field(name!("AuthPrincipalOwnerId"), &self.principal_owner);
            out.field(name!("AuthPrincipalType"), self.principal_type);
            out.field(name!("EncodedDiagnosticMessage"), &self.diagnostic);
            out.field(name!("NoPermissionType"), self.no_permission_type);
            out.field(name!("PolicyType"), self.policy_type);
        });
    }
}

impl ErrorReply<'_> {
    /// The whole body.
    pub fn body(&self, format: Format) -> String {
        enclose(format, "Error", |out| {
            out.field(name!("RequestId"), self.request_id);
            out.field(name!("HostId"), self.host_id);
            out.field(name!("Code"), self.code);
            out.field(name!("Message"), self.message);
            out.field(name!("Recommend"), &self.recommend);
            out.field(name!("AccessDeniedDetail"), &self.access_denied);
        })
    }
}

fn normal(format: Format, action: &str, request_id: &str, fields: impl FnOnce(&mut Out)) -> String {
    enclose(format, &format!("{action}Response"), |out| {
        out.field(name!("RequestId"), request_id);
        fields(out);
    })
}

fn enclose(format: Format, root: &str, fields: impl FnOnce(&mut Out)) -> String {
    let mut out = Out::new(format);
    match format {
        Format::Json => out.object(fields),
        Format::Xml => {
            out.raw(XML_DECLARATION);
            out.display(format_args!("<{root}>"));
            fields(&mut out);
            out.display(format_args!("</{root}>"));
        }
    }
    out.into_string()
}
